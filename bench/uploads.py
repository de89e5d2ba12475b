"""Uploads made durable, against a bare handler in the same process that streams to a file and fsyncs."""

from bench import load
from bench.company import HEADERS, Company, build
from bench.figures import Figure, side_by_side
from bench.load import Load
from bench.processes import service
from bench.run import Run

COMPANY = Company(clients=1_000, notes=5_000, portfolio=1_000)
RECORDING_BYTES = 100_000


def uploads(run: Run) -> list[Figure]:
    """Uploads a second of recordings of 100 KB, each a different one: from several devices at once, and from one."""
    data = run.folder / "uploads"
    build(data, COMPANY, run.progress)
    seconds = 1.0 if run.quick else 2.0
    headers = HEADERS | {"content-type": "audio/amr"}
    rates: dict[tuple[str, int], list[float]] = {}
    with service(run, data, "bench.server") as port:
        for number in range(rounds := run.rounds(7)):
            run.progress(f"round {number + 1} of {rounds}")
            for connections in (8, 1):
                for path in ("/bare/uploads", "/api/v1/notes"):
                    asked = Load(port, [path], seconds, connections, headers, RECORDING_BYTES, expected=201)
                    rates.setdefault((path, connections), []).append(load.put(asked).per_second)
    name = "upload of a 100 KB recording, durable"
    unit = "uploads/s"
    ours, bare = "/api/v1/notes", "/bare/uploads"
    return [
        side_by_side(f"{name}: 8 at once", unit, rates[ours, 8], rates[bare, 8], bar=0.5, at_least=True),
        side_by_side(f"{name}: one by one", unit, rates[ours, 1], rates[bare, 1], bar=0.5, at_least=True),
    ]
