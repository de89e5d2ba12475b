"""What a shipped recording is, and how it relates to an agenda."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path

from deploy.demo.chance import Row
from deploy.demo.people import BY_EMAIL
from deploy.demo.world import World

FOLDER = Path(__file__).with_name("recordings")


@dataclass(frozen=True)
class Format:
    """How a device stores sound: FFmpeg's names of container and encoder, hertz, bits a second (0: fixed)."""

    suffix: str
    media_type: str
    container: str
    encoder: str
    rate: int
    bit_rate: int = 0


AMR = Format("amr", "audio/amr", "amr", "libopencore_amrnb", 8000, 12200)
THREE_GP = Format("3gp", "audio/3gpp", "3gp", "libopencore_amrnb", 8000, 7950)
M4A = Format("m4a", "audio/mp4", "ipod", "aac", 16000, 32000)
WEBM = Format("webm", "audio/webm", "webm", "libopus", 48000, 24000)
WAV = Format("wav", "audio/wav", "wav", "pcm_s16le", 8000)
MU_LAW = Format("wav", "audio/wav", "wav", "pcm_mulaw", 8000)


@dataclass(frozen=True)
class AfterVisit:
    """Recorded so many minutes after the end of the rep's visit to ``client`` that has no note yet."""

    client: str
    minutes: int


@dataclass(frozen=True)
class DuringVisit:
    """Recorded so many minutes into the rep's visit to ``client`` that has no note yet."""

    client: str
    minutes: int


@dataclass(frozen=True)
class Evening:
    """Recorded at ten past eight, so many days before (one at least), when nothing is in the agenda."""

    days_before: int


@dataclass(frozen=True)
class Recording:
    """A spoken note: ``client`` and ``text`` are what the rep chose and typed when sending it, mostly nothing."""

    name: str
    format: Format
    rep: str
    device: str
    when: AfterVisit | DuringVisit | Evening
    said: str
    client: str = ""
    text: str = ""

    @property
    def file(self) -> str:
        """The name of the file in the folder of recordings."""
        return f"{self.name}.{self.format.suffix}"

    @property
    def path(self) -> Path:
        """Where the file lies."""
        return FOLDER / self.file

    @property
    def media_type(self) -> str:
        """The type to send it as."""
        return self.format.media_type

    @property
    def language(self) -> str:
        """The language spoken: ``fr`` or ``en``."""
        return BY_EMAIL[self.rep].language


def visit_of(world: World, recording: Recording) -> Row | None:
    """Return the activity of ``world`` that the recording tells of, or None where it was not made around one.

    LookupError where the agenda lacks the visit: a recording and the known clients then disagree.
    """
    return None if isinstance(recording.when, Evening) else _visit(world, recording.rep, recording.when.client)


def recorded_at(world: World, recording: Recording) -> datetime:
    """Return when the recording was made, in the rep's zone; never after ``world.now``. LookupError as ``visit_of``."""
    zone, when = BY_EMAIL[recording.rep].zone(world.zone), recording.when
    if isinstance(when, Evening):
        day = world.now.astimezone(zone).date() - timedelta(days=when.days_before)
        return datetime.combine(day, time(20, 10), zone)
    visit = _visit(world, recording.rep, when.client)
    edge = visit["ends_at" if isinstance(when, AfterVisit) else "starts_at"]
    return (datetime.fromisoformat(edge) + timedelta(minutes=when.minutes)).astimezone(zone)


def _visit(world: World, rep: str, client: str) -> Row:
    """Return the past visit of ``rep`` to ``client`` that has no note yet."""
    for row in world.activities:
        past = datetime.fromisoformat(row["ends_at"]) <= world.now
        if past and row["state"] == "planned" and (row["rep"], row["client"]) == (rep, client):
            return row
    remedy = f"No past visit of {rep} to {client} waits for a note: mark the client as visited in known.py."
    raise LookupError(remedy)
