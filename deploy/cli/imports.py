"""`calepin import`: bulk files from the command line, through the same code as the office API."""

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from deploy import compose, schema
from deploy.cli.settings import settings_or_exit
from server.domain.errors import CalepinError
from server.domain.sentences import Language, sentence
from server.office.imports import outcome_json, record_import
from server.usecases.imports import NOUNS, Importer, Outcome, Rehearsal, import_rows
from server.usecases.imports.tables import Media, from_name, read
from server.web.services import Services

WHO = "command line"
MOST_SHOWN = 50


@dataclass(frozen=True, slots=True)
class BulkFile:
    """A file with its noun and the kind of table that it is, both from its name."""

    path: Path
    noun: str
    media: Media


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("import")(import_files)


def import_files(
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILE…",
            help="CSV, XLSX, JSON or NDJSON, named after what is in it: clients.csv, 2026-notes.xlsx.",
            exists=True,
            dir_okay=False,
            readable=True,
        ),
    ],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would be; nothing is written.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one line of JSON for each file.")] = False,
) -> None:
    """Bring in reps, clients, contacts, activities, disbursements and notes. Ends with 1 if a row was rejected."""
    settings = settings_or_exit()
    language = settings.language
    bulk = sorted((_bulk_file(path, language) for path in files), key=lambda file: list(NOUNS).index(file.noun))
    given = compose.services(settings)
    schema.bring_up_to_date(given.database)
    outcomes = _import_all(given, bulk, dry_run=dry_run, quiet=as_json)
    for file, outcome in zip(bulk, outcomes, strict=True):
        if as_json:
            typer.echo(json.dumps({"file": str(file.path), "noun": file.noun} | outcome_json(outcome, language)))
        else:
            _show(file, outcome, language)
    if any(outcome.rejected_count for outcome in outcomes):
        raise typer.Exit(1)


def noun_of(name: str) -> str | None:
    """The noun of a bulk file by its name (`2026-clients (2).csv`), or None where it names none, or several."""
    words = set(re.findall(r"[a-z]+", Path(name).stem.lower()))
    found = [noun for noun in NOUNS if noun in words]
    return found[0] if len(found) == 1 else None


def _bulk_file(path: Path, language: Language) -> BulkFile:
    noun = noun_of(path.name)
    if noun is None:
        nouns = ", ".join(NOUNS)
        typer.echo(f"{path}: the name must say what is in the file, with one of: {nouns}.", err=True)
        raise typer.Exit(2)
    try:
        return BulkFile(path, noun, from_name(path.name))
    except CalepinError as error:
        words = sentence(error.code, language, error.values)
        typer.echo(f"{path}: {words.title} {words.remedy}", err=True)
        raise typer.Exit(2) from error


def _import_all(given: Services, files: Sequence[BulkFile], *, dry_run: bool, quiet: bool) -> list[Outcome]:
    rehearsal = Rehearsal() if dry_run else None
    columns: Iterable[Any] = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.fields[rows]:,} rows"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), disable=quiet, transient=True) as bars:
        return [_import_one(given, file, rehearsal, bars) for file in files]


def _import_one(given: Services, file: BulkFile, rehearsal: Rehearsal | None, bars: Progress) -> Outcome:
    importer = Importer(given.database, given.queue, given.policy)
    bar = bars.add_task(file.path.name, total=file.path.stat().st_size, rows=0)
    with file.path.open("rb") as table:

        def progress(rows: int) -> None:
            bars.update(bar, completed=table.tell(), rows=rows)

        outcome = import_rows(importer, file.noun, read(table, file.media), rehearsal=rehearsal, progress=progress)
    if rehearsal is None:
        record_import(given, WHO, file.noun, outcome)
    return outcome


def _show(file: BulkFile, outcome: Outcome, language: Language) -> None:
    console = Console()
    console.print(
        f"{file.path}: {outcome.created} created, {outcome.updated} updated, {outcome.unchanged} unchanged, "
        f"{outcome.rejected_count} rejected",
        highlight=False,
        markup=False,
    )
    if outcome.unknown_columns:
        console.print(f"  unknown columns: {', '.join(outcome.unknown_columns)}", highlight=False, markup=False)
    if not outcome.rejected:
        return
    table = Table("row", "field", "what is wrong, and what to do")
    for rejected in outcome.rejected[:MOST_SHOWN]:
        table.add_row(str(rejected.row), _escaped(rejected.field), _escaped(rejected.told(language)))
    console.print(table)
    if outcome.rejected_count > MOST_SHOWN:
        console.print(f"  and {outcome.rejected_count - MOST_SHOWN} more (--json lists them)", highlight=False)


def _escaped(text: str) -> str:
    # What stood in the file must neither be taken for markup nor reach the terminal as a command.
    return escape("".join(mark if mark.isprintable() else "\ufffd" for mark in text))
