"""`calepin relink`: link again what nobody has confirmed, after names, rules or the agenda have changed."""

from datetime import datetime
from typing import Annotated
from zoneinfo import ZoneInfo

import typer
from rich.console import Console
from rich.progress import track
from rich.table import Table

from deploy import compose, schema
from deploy.cli.settings import settings_or_exit
from server.domain.errors import Invalid
from server.domain.sentences import sentence
from server.domain.times import read_instant
from server.usecases import processing
from server.usecases.processing import Difference, Portfolios
from server.web.services import Services

MOST_SHOWN = 200


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(relink)


def relink(
    since: Annotated[str, typer.Option(help="Notes recorded from then on: a day or a time, 2026-11-01.")],
    apply: Annotated[bool, typer.Option("--apply", help="Write it; without this nothing is changed.")] = False,
) -> None:
    """Show what linking anew would change, as a table. A link that a person has confirmed is never touched."""
    settings = settings_or_exit()
    try:
        start = read_instant(since, ZoneInfo(settings.timezone), "--since")
    except Invalid as error:
        told = sentence(error.code, settings.language, error.values)
        typer.echo(f"{told.title} {told.remedy}", err=True)
        raise typer.Exit(2) from error
    given = compose.services(settings)
    schema.bring_up_to_date(given.database)
    found = _differences(given, start)
    _show(found)
    if apply:
        _apply(given, [uid for uid, _ in found])
        typer.echo(f"{len(found)} notes were linked anew.")
    elif found:
        typer.echo("Nothing was changed. Add --apply to do so.")


def _differences(given: Services, since: datetime) -> list[tuple[str, Difference]]:
    portfolios = Portfolios()
    with given.database.reading() as session:
        notes = processing.relinkable(session, since)
        progress = track(notes, f"Looking at {len(notes):,} notes", console=Console(stderr=True), transient=True)
        looked_at = ((uid, processing.difference(session, given.policy, uid, portfolios)) for uid in progress)
        return [(uid, difference) for uid, difference in looked_at if difference]


def _apply(given: Services, notes: list[str]) -> None:
    portfolios = Portfolios()
    for uid in notes:
        with given.database.transaction() as session:
            processing.link_note(session, given.policy, uid, portfolios)


def _show(found: list[tuple[str, Difference]]) -> None:
    table = Table("recorded", "rep", "note", "was", "would be", "sure", title=f"{len(found)} notes would change")
    for _, one in found[:MOST_SHOWN]:
        when = f"{one.recorded_at:%Y-%m-%d %H:%M}"
        table.add_row(when, one.rep, one.text, one.before, one.after, f"{one.confidence:.2f}")
    Console(soft_wrap=True).print(table)
    if len(found) > MOST_SHOWN:
        typer.echo(f"… and {len(found) - MOST_SHOWN} more.")
