"""Speech engines: each fills the port of `audio.speech`."""
