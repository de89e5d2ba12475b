"""Why a recording could not be made playable: a code for programs, a sentence for people."""

SENTENCES = {
    "empty": "The recording is empty: nothing arrived but its name. Record it again.",
    "not-audio": "This is not a recording that Calepin knows. "
    "Send AMR, 3GP, M4A, WebM, Ogg, MP3, FLAC, QCP, CAF or WAV.",
    "no-sound": "There is no sound in this file, only pictures or data. Record it again with the microphone on.",
    "truncated": "The end of the recording is missing, and nothing can be played without it. "
    "Send it again if the device still has it whole.",
    "broken": "The recording is damaged and nothing in it can be trusted. Send it again, or record it again.",
    "unsupported": "The sound in this file is stored in a way that Calepin cannot play "
    "(its encoding, sample rate or number of channels). Convert it to M4A or WAV and send it again.",
    "too-long": "The recording is longer than allowed. Send it in shorter parts.",
    "limits": "Reading this recording took more time or memory than any honest recording needs. "
    "Convert it to M4A or WAV and send it again.",
}


class Unreadable(Exception):
    """The recording itself is at fault; trying again with the same bytes gives the same answer.

    `code` is one of the keys of SENTENCES and never changes its meaning; `sentence` says it in English with the remedy.
    """

    def __init__(self, code: str) -> None:
        super().__init__(f"{code}: {SENTENCES[code]}")
        self.code = code
        self.sentence = SENTENCES[code]

    def __reduce__(self) -> tuple[type["Unreadable"], tuple[str]]:
        return type(self), (self.code,)
