"""`calepin demo`: a company to look at, in an installation of its own."""

from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn

from deploy import compose, schema
from deploy.cli.serve import run_all
from deploy.cli.settings import settings_or_exit
from deploy.settings import Settings
from server.domain.errors import NotFound
from server.usecases import devices, keys
from server.web.services import Services

SIGN_INS = (
    ("annie.gagnon@demo.example", "Annie Gagnon, rep, in French"),
    ("annie.gagnon@demo.example", "Annie Gagnon again, for a second device"),
    ("sarah.macdonald@demo.example", "Sarah MacDonald, rep, in English"),
    ("sylvie.desrosiers@demo.example", "Sylvie Desrosiers, manager of all territories, in French"),
)
WHO = "demo"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(demo)


def demo(
    serve: Annotated[bool, typer.Option("--serve", help="Then run the service and show how to sign in.")] = False,
) -> None:
    """Load a demo company with real recordings, if the installation is empty."""
    settings = settings_or_exit()
    given = compose.services(settings)
    schema.bring_up_to_date(given.database)
    _load(given)
    if serve:
        run_all(settings, ready=lambda: _show_sign_ins(settings, given))


def _load(given: Services) -> None:
    from deploy.demo import load

    if not load.is_empty(given):
        typer.echo("There is a company already; it is left as it is.")
        return
    columns = (TextColumn("{task.description:>14}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True)) as bars:
        tasks: dict[str, TaskID] = {}

        def show(noun: str, done: int, total: int) -> None:
            if noun not in tasks:
                tasks[noun] = bars.add_task(noun, total=total)
            bars.update(tasks[noun], completed=done, total=total)

        load.load(given, show)


def _show_sign_ins(settings: Settings, given: Services) -> None:
    console = Console()
    console.print(f"\n[bold]Calepin is at {settings.address}[/bold]")
    console.print("Open a link to sign in; each works once. Add a device or a phone with another.\n")
    with given.database.transaction() as session:
        for email, who in SIGN_INS:
            try:
                invitation = devices.invite(session, email, given.clock(), by=WHO)
            except NotFound:
                continue
            console.print(f"  {who}\n    {settings.address}/m/i/{invitation.code}", highlight=False, soft_wrap=True)
        key = keys.create(session, "demo", given.clock(), by=WHO)
    console.print(f"\n  integration key\n    {key}\n", highlight=False, soft_wrap=True)
