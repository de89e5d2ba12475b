"""`calepin invite` and `calepin key`: one-time codes for devices, keys for other systems."""

import json
from typing import Annotated

import segno
import typer

from deploy import compose
from deploy.cli.settings import settings_or_exit
from server.domain.errors import CalepinError
from server.domain.sentences import sentence
from server.office.devices import invitation_json
from server.store import schema
from server.usecases import devices, keys

WHO = "command line"
Json = Annotated[bool, typer.Option("--json", help="Print one line of JSON.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(invite)
    app.command()(key)


def invite(email: str, as_json: Json = False) -> None:
    """Invite a person to enrol a device: prints the code, the link and its QR code."""
    settings = settings_or_exit()
    given = compose.services(settings)
    schema.migrate(given.database)
    try:
        with given.database.transaction() as session:
            invitation = devices.invite(session, email, given.clock(), by=WHO)
    except CalepinError as error:
        words = sentence(error.code, settings.language, error.values)
        typer.echo(f"{email}: {words.title} {words.remedy}", err=True)
        raise typer.Exit(1) from error
    told = invitation_json(invitation, given.public_url)
    if as_json:
        typer.echo(json.dumps(told))
        return
    typer.echo(f"{invitation.person.name} can enrol one device until {told['expires_at']}:")
    typer.echo(f"  code {told['code']}\n  link {told['url']}\n")
    segno.make(told["url"], error="m").terminal(compact=True)


def key(
    name: str, as_json: Json = False, revoke: Annotated[bool, typer.Option(help="End every key of that name.")] = False
) -> None:
    """Make an integration key for another system; it is shown this once."""
    given = compose.services(settings_or_exit())
    schema.migrate(given.database)
    with given.database.transaction() as session:
        if revoke:
            typer.echo(f"{keys.revoke(session, name, given.clock(), by=WHO)} revoked")
            return
        made = keys.create(session, name, given.clock(), by=WHO)
    typer.echo(json.dumps({"name": name, "key": made}) if as_json else made)
