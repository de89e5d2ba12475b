"""Bodies of notes: read as a stream, with limits, after the sender is known."""
