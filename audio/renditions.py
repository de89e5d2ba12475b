"""The forms in which a recording is handed out."""

from enum import StrEnum


class Rendition(StrEnum):
    """A form of the edited recording: Opus is made at once and kept, the others from it when asked for."""

    OPUS = "opus"
    AAC = "aac"
    MP3 = "mp3"
    AMR = "amr"

    @property
    def media_type(self) -> str:
        """The Content-Type it is served as."""
        return _MEDIA_TYPES[self]

    @property
    def suffix(self) -> str:
        """The file name's ending, with the dot."""
        return _SUFFIXES[self]


_MEDIA_TYPES = {
    Rendition.OPUS: "audio/ogg; codecs=opus",
    Rendition.AAC: "audio/mp4",
    Rendition.MP3: "audio/mpeg",
    Rendition.AMR: "audio/amr",
}
_SUFFIXES = {Rendition.OPUS: ".opus", Rendition.AAC: ".m4a", Rendition.MP3: ".mp3", Rendition.AMR: ".amr"}
