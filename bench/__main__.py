"""`make bench`: measure, each figure beside its yardstick in one run, and print the table of ratios."""

import argparse
import json
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

from rich.console import Console
from rich.status import Status

from bench import app, briefs, importing, linking, mails, resumable, sound, transcribing, uploads, waiting
from bench.figures import Figure, show
from bench.run import Run

MEASUREMENTS: dict[str, Callable[[Run], list[Figure]]] = {
    "briefs": briefs.throughput,
    "size": briefs.size,
    "uploads": uploads.uploads,
    "resumable": resumable.uploads,
    "half-open": resumable.memory,
    "processor": sound.processor,
    "memory": sound.memory,
    "waiting": waiting.processed,
    "transcribing": transcribing.factor,
    "final-link": transcribing.final_link,
    "import": importing.clients,
    "linking": linking.quality,
    "linking-speed": linking.speed,
    "mails": mails.taken,
    "answers": mails.answered,
    "mails-waiting": mails.waiting,
    "app": app.first_view,
}


def main() -> int:
    """Measure what was asked for; the number of bars that were missed."""
    asked = _arguments()
    names = asked.only or list(MEASUREMENTS)
    console = Console(stderr=True)
    figures: list[Figure] = []
    with tempfile.TemporaryDirectory(prefix="calepin-bench-") as name, console.status("") as status:
        folder = Path(name)
        keep = asked.keep or folder / "keep"
        keep.mkdir(parents=True, exist_ok=True)
        remarks: list[str] = []
        for measured in names:
            run = Run(folder, keep, asked.quick, partial(_tell, status, measured), remarks)
            figures += MEASUREMENTS[measured](run)
    show(figures, remarks)
    if asked.json:
        asked.json.write_text(json.dumps([figure.as_json() for figure in figures], indent=1))
    return sum(figure.kept is False for figure in figures)


def _tell(status: Status, measured: str, what: str) -> None:
    status.update(f"{measured}: {what}")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="shorter, on less data")
    parser.add_argument("--only", nargs="+", choices=list(MEASUREMENTS), help="only these")
    parser.add_argument("--keep", type=Path, help="folder for what takes long to make, for the next run")
    parser.add_argument("--json", type=Path, help="write the figures there too")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(min(main(), 1))
