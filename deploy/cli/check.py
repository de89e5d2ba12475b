"""`calepin check`: the configuration and every dependency, in words, each fault with its remedy."""

import os
import socket
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import typer
from rich.console import Console
from sqlalchemy.exc import SQLAlchemyError

from deploy import compose
from deploy.cli.settings import settings_or_exit
from deploy.settings import PREFIX, Settings
from mobile_gateway.mail.listener import listening
from mobile_gateway.mail.mailbox import Mailbox
from mobile_gateway.mail.sending import greet, parse_relay
from server.store import schema
from server.store.database import server_version
from server.web import health
from server.web.services import Services

OTHERS = frozenset({f"{PREFIX}ENV_FILE"})


class Fault(Exception):
    """Something that has to be put right, in a sentence with its remedy."""


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(check)


def check() -> None:
    """Look at the configuration and at everything it points to; ends with status 1 if something is wrong."""
    settings = settings_or_exit()
    console = Console(highlight=False, soft_wrap=True)
    faults = 0
    for what, look in _looks(settings):
        try:
            console.print(f"[green]ok[/green]     {what}: {look()}")
        except Fault as fault:
            faults += 1
            console.print(f"[red]wrong[/red]  {what}: {fault}")
    if faults:
        raise typer.Exit(1)


def _looks(settings: Settings) -> Iterator[tuple[str, Callable[[], str]]]:
    yield "settings", lambda: _settings(settings)
    yield "address", lambda: _address(settings)
    yield "data folder", lambda: _folder(settings.data)
    yield "database", lambda: _database(settings)
    yield "mail in", lambda: _mail_in(settings)
    yield "mail out", lambda: _mail_out(settings)
    if settings.mail and settings.imap_url:
        yield "mailbox", lambda: _mailbox(settings)
    yield "recordings", lambda: _decoding(settings)
    yield "speech to text", lambda: _speech(settings)


def _settings(settings: Settings) -> str:
    known = {PREFIX + name.upper() for name in Settings.model_fields} | OTHERS
    unknown = sorted(name for name in os.environ if name.startswith(PREFIX) and name not in known)
    if unknown:
        msg = f"{', '.join(unknown)} means nothing here. Remedy: check the spelling against docs/settings.md."
        raise Fault(msg)
    return f"{len(known) - len(OTHERS)} understood"


def _address(settings: Settings) -> str:
    public = settings.host not in ("127.0.0.1", "::1", "localhost")
    if public and not settings.address.startswith("https://"):
        msg = (
            f"{settings.host} can be reached from outside without TLS. Remedy: listen on 127.0.0.1 behind a proxy "
            "with TLS, and set CALEPIN_PUBLIC_URL to its https:// address."
        )
        raise Fault(msg)
    with socket.socket(socket.AF_INET6 if ":" in settings.host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError:
            return f"{settings.address} (port {settings.port} is in use, by Calepin itself if it is running)"
    return settings.address


def _folder(folder: Path) -> str:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder) as probe:
            probe.write(b"calepin")
            os.fsync(probe.fileno())
    except OSError as error:
        msg = f"{folder} cannot be written ({error.strerror}). Remedy: give it to the user who runs Calepin."
        raise Fault(msg) from error
    free = health.room(folder)
    if free < health.ROOM_NEEDED:
        msg = f"{folder} has only {free // 1_000_000} MB left. Remedy: make room, or set CALEPIN_DATA elsewhere."
        raise Fault(msg)
    return f"{folder.resolve()}, {free / 1e9:.1f} GB free"


def _database(settings: Settings) -> str:
    given: Services = compose.services(settings)
    try:
        given.database.ping()
        current = schema.is_current(given.database)
        name = server_version(given.database)
    except SQLAlchemyError as error:
        reason = str(getattr(error, "orig", error)).splitlines()[0]
        msg = f"it does not answer ({reason}). Remedy: check CALEPIN_DATABASE_URL, and that the server runs."
        raise Fault(msg) from error
    if not current:
        msg = f"{name}, but its schema is not current. Remedy: calepin migrate."
        raise Fault(msg)
    return f"{name}, schema current"


def _mail_in(settings: Settings) -> str:
    if not settings.mail:
        return "none, for CALEPIN_SMTP_LISTEN and CALEPIN_IMAP_URL are empty"
    if not settings.smtp_listen:
        return "no listening, for CALEPIN_SMTP_LISTEN is empty"
    try:
        return listening.look(settings.smtp_listen, settings.mail)
    except (ValueError, OSError) as error:
        raise Fault(str(error)) from error


def _mail_out(settings: Settings) -> str:
    if not settings.mail:
        return "none, for CALEPIN_SMTP_LISTEN and CALEPIN_IMAP_URL are empty"
    if not settings.smtp_relay:
        return "none, for CALEPIN_SMTP_RELAY is empty; answers wait until there is one"
    try:
        relay = parse_relay(settings.smtp_relay)
        return f"{relay.place} answers, {greet(relay, settings.mail)}"
    except (ValueError, OSError) as error:
        raise Fault(str(error)) from error


def _mailbox(settings: Settings) -> str:
    try:
        return Mailbox(compose.mail_parts(settings, compose.services(settings)), settings.imap_url).check()
    except (ValueError, OSError) as error:
        raise Fault(str(error)) from error


def _decoding(settings: Settings) -> str:
    from deploy.trial import trial

    fault = trial(settings.policy)
    if fault:
        raise Fault(fault)
    return "decoded, levelled and encoded in a limited process"


def _speech(settings: Settings) -> str:
    from deploy.speech_trial import TrialFailed, speech_trial

    try:
        engine = compose.transcriber(settings)
        if engine is None:
            return "none, for CALEPIN_SPEECH_MODEL and CALEPIN_SPEECH_URL are empty; recordings are linked without it"
        return speech_trial(engine)
    except (ValueError, TrialFailed) as fault:
        raise Fault(str(fault)) from fault
