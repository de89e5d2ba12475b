"""Briefs: against a bare endpoint in the same process, and in a large company against a small one."""

import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from bench import load
from bench.company import HEADERS, PAGES, Company, build
from bench.figures import Figure, side_by_side
from bench.load import Load
from bench.processes import service
from bench.run import Run

USUAL = Company(clients=50_000, notes=250_000, portfolio=25_000)
SMALL = Company(clients=1_000, notes=5_000, portfolio=1_000)
LARGE = Company(clients=1_000_000, notes=5_000_000, portfolio=4_000)
LARGE_QUICK = Company(clients=100_000, notes=500_000, portfolio=4_000)
KNOWN = 300


def throughput(run: Run) -> list[Figure]:
    """Requests a second of one process: briefs asked before, briefs asked for the first time, bare pages."""
    data = run.folder / "briefs"
    build(data, USUAL, run.progress)
    paths = USUAL.brief_paths()
    random.Random(1).shuffle(paths)
    known, unknown = paths[:KNOWN], paths[KNOWN:]
    pages = [f"/bare/pages/{number}" for number in range(1, PAGES + 1)]
    seconds = 1.0 if run.quick else 2.0
    rates: dict[str, list[float]] = {"bare": [], "known": [], "unknown": []}
    with service(run, data, "bench.server") as port:
        for warm_up in (pages, known):
            load.put(Load(port, warm_up, 1.0, headers=HEADERS))
        for number in range(rounds := run.rounds(7)):
            run.progress(f"round {number + 1} of {rounds}")
            share = unknown[number::rounds]
            rates["bare"].append(load.put(Load(port, pages, seconds, headers=HEADERS)).per_second)
            rates["known"].append(load.put(Load(port, known, seconds, headers=HEADERS)).per_second)
            rates["unknown"].append(load.put(Load(port, share, seconds, headers=HEADERS, once=True)).per_second)
    return [
        side_by_side("brief as JSON", "requests/s", rates["known"], rates["bare"], bar=0.7, at_least=True),
        side_by_side("brief as JSON, never asked before", "requests/s", rates["unknown"], rates["bare"]),
    ]


def size(run: Run) -> list[Figure]:
    """The time to an answer in a large company against a small one, when asked for the first time and again."""
    company = LARGE_QUICK if run.quick else LARGE
    small, large = run.folder / "small", run.keep / f"company-{company.clients}"
    build(small, SMALL, run.progress)
    if not _complete(large).exists():
        build(large, company, run.progress)
        _complete(large).touch()
    rounds = run.rounds(5)
    asked = {path: _asked(of, rounds) for path, of in ((small, SMALL), (large, company))}
    first: dict[Path, list[float]] = {small: [], large: []}
    again: dict[Path, list[float]] = {small: [], large: []}
    with service(run, small, "bench.server") as small_port, service(run, large, "bench.server") as large_port:
        for path, port in ((small, small_port), (large, large_port)):
            load.put(Load(port, asked[path].pop(), 60.0, connections=1, headers=HEADERS, once=True))
        for number in range(rounds):
            run.progress(f"round {number + 1} of {rounds}")
            for path, port in ((small, small_port), (large, large_port)):
                once = Load(port, asked[path][number], 60.0, connections=1, headers=HEADERS, once=True)
                first[path].append(load.put(once).median_ms)
                again[path].append(load.put(replace(once, paths=[*once.paths] * 3)).median_ms)
    name = f"brief, {company.clients:,} clients against {SMALL.clients:,}"
    return [
        side_by_side(f"{name}: asked again", "ms, median", again[large], again[small], bar=1.3),
        side_by_side(f"{name}: never asked before", "ms, median", first[large], first[small], bar=1.3),
    ]


def _complete(data: Path) -> Path:
    return data / "complete"


def _asked(company: Company, rounds: int) -> list[Sequence[str]]:
    """Clients of the rep drawn at random: a share to warm up with, and one for each round."""
    paths = company.brief_paths()
    random.Random(2).shuffle(paths)
    share = SMALL.portfolio // (rounds + 1)
    return [paths[start * share : (start + 1) * share] for start in range(rounds + 1)]
