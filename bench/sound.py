"""What a recording costs: processor time against the ffmpeg program, and memory."""

import shutil

from bench.figures import Figure, side_by_side
from bench.run import Run
from bench.speech import encode
from bench.spent import spent

MINUTES = 5
FORMATS = (
    ("AMR", "amr", "libopencore_amrnb", 8_000, 1),
    ("M4A", "m4a", "aac", 48_000, 2),
    ("WebM", "webm", "libopus", 48_000, 1),
)


def processor(run: Run) -> list[Figure]:
    """Processor seconds an hour of sound for decoding, Opus and peaks; ffmpeg on one thread does without the peaks."""
    ffmpeg = shutil.which("ffmpeg")
    if ffmpeg is None:
        run.remarks.append("not measured: processor time against ffmpeg. Remedy: apt-get install ffmpeg")
        return []
    times = 1 if run.quick else 4
    figures = []
    for name, suffix, codec, rate, channels in FORMATS:
        run.progress(f"making {name}")
        path = run.folder / f"long.{suffix}"
        source = encode(path, codec, MINUTES * 60, rate=rate, channels=channels, times=times)
        hours = MINUTES * times / 60
        ours: list[float] = []
        theirs: list[float] = []
        for number in range(run.rounds(3)):
            run.progress(f"{name}, round {number + 1}")
            target = str(run.folder / "ours.ogg")
            ours.append(spent("--prepare", str(source), target).cpu / hours)
            theirs.append(spent(*_ffmpeg(ffmpeg, str(source), str(run.folder / "theirs.ogg"))).cpu / hours)
        what = f"decode + Opus + peaks, {name}, against ffmpeg"
        figures.append(side_by_side(what, "CPU s an hour", ours, theirs, bar=1.0))
    return figures


def memory(run: Run) -> list[Figure]:
    """The most memory of the process that reads an hour of 48 kHz stereo."""
    run.progress("making an hour of stereo")
    path = run.folder / "hour.m4a"
    hour = encode(path, "aac", MINUTES * 60, rate=48_000, channels=2, times=60 // MINUTES)
    run.progress("reading an hour of stereo")
    used = spent("--prepare", str(hour), str(run.folder / "hour.ogg"))
    return [Figure("memory for 60 min of 48 kHz stereo", "MB", used.memory, bar=90.0)]


def _ffmpeg(program: str, source: str, target: str) -> list[str]:
    quiet = [program, "-nostdin", "-v", "error", "-y", "-threads", "1", "-i", source]
    return [*quiet, "-vn", "-ac", "1", "-ar", "16000", "-c:a", "libopus", "-b:a", "24k", "-threads", "1", target]
