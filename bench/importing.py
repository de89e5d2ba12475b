"""Bulk import from the command line, start of the process included."""

import csv
import sys
from pathlib import Path

from bench.figures import Figure
from bench.run import Run
from bench.spent import spent

CLIENTS = 200_000
CLIENTS_QUICK = 40_000


def clients(run: Run) -> list[Figure]:
    """Rows a second, and memory, for a CSV file of clients into an empty SQLite installation."""
    rows = CLIENTS_QUICK if run.quick else CLIENTS
    run.progress(f"writing {rows:,} clients")
    file = _written(run.folder / "clients.csv", rows)
    data = run.folder / "imported"
    run.progress(f"importing {rows:,} clients")
    used = spent(sys.executable, "-m", "deploy.cli", "import", str(file), env=run.environment(data))
    name = f"import of {rows:,} clients"
    return [
        Figure(f"{name}: speed", "rows/s", rows / used.seconds, bar=5_000.0, at_least=True),
        Figure(f"{name}: memory", "MB", used.memory, bar=300.0),
    ]


def _written(path: Path, rows: int) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("ref", "name", "alias", "category", "status", "territory", "city", "contact", "phone"))
        for number in range(rows):
            name = f"Quincaillerie Tremblay & Fils {number} ltée"
            alias = f"QTF {number}|Chez Tremblay {number}"
            phone = f"+1418555{number % 10_000:04d}"
            writer.writerow((f"C{number}", name, alias, "A", "active", "T1", "Québec", "Luc Gagnon", phone))
    return path
