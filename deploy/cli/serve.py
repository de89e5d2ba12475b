"""`calepin serve` and `calepin migrate`."""

import logging
import os
import resource
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from threading import Event, Thread
from typing import Annotated, Final

import typer

from deploy import compose, schema
from deploy.cli.settings import settings_or_exit
from deploy.settings import Settings
from deploy.supervisor import Supervisor
from server.web.services import Services

log = logging.getLogger("calepin.serve")


class Part(StrEnum):
    """What a process does."""

    ALL = "all"
    GATEWAY = "gateway"
    OFFICE = "office"
    WORKER = "worker"
    MAIL = "mail"


FACES: Final[dict[Part, compose.Face]] = {Part.GATEWAY: "gateway", Part.OFFICE: "office", Part.MAIL: "mail"}


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(serve)
    app.command()(migrate)


def migrate() -> None:
    """Bring the database up to date."""
    schema.bring_up_to_date(compose.services(settings_or_exit()).database)
    typer.echo("The database is up to date.")


def serve(
    role: Annotated[
        Part, typer.Option(help="Which part of the service; all of them in one process tree by default.")
    ] = Part.ALL,
    with_parent: Annotated[bool, typer.Option(hidden=True)] = False,
) -> None:
    """Run the service, migrating the database first. SIGTERM ends it cleanly."""
    settings = settings_or_exit()
    if role is Part.WORKER:
        _work(settings, with_parent=with_parent)
        return
    if role is Part.MAIL and not settings.mail:
        typer.echo("There is no way in for mail. Remedy: set CALEPIN_SMTP_LISTEN or CALEPIN_IMAP_URL.", err=True)
        raise typer.Exit(2)
    given = compose.services(settings)
    schema.bring_up_to_date(given.database)
    if role is Part.ALL:
        run_all(settings)
    else:
        _listen(settings, FACES[role])


def run_all(settings: Settings, ready: Callable[[], None] = lambda: None) -> None:
    """Run both faces here and a worker beside them, on a database that is up to date, until a signal comes."""
    worker = [sys.executable, "-m", "deploy.cli", "serve", "--role", "worker", "--with-parent"]
    with Supervisor(worker):
        _listen(settings, "all", ready)


def _listen(settings: Settings, face: compose.Face, ready: Callable[[], None] = lambda: None) -> None:
    import uvicorn

    _allow_many_open_files()
    given = compose.services(settings)
    given.blobs.drop_leftovers()
    app = compose.web_app(given, face)
    ready()
    # uvicorn ends by raising the signal once more, which must not cut the rest of our own ending short.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: None)
    log.info("listening on http://%s:%d, for devices %s", settings.host, settings.port, settings.address)
    with _mail(settings, given, face):
        uvicorn.run(
            app,
            host=settings.host,
            port=settings.port,
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=bool(settings.trusted_proxies),
            forwarded_allow_ips=settings.trusted_proxies or None,
            timeout_keep_alive=15,
            timeout_graceful_shutdown=10,
            backlog=512,
        )


def _allow_many_open_files() -> None:
    # Each upload that goes on takes two, a connection and a file; the usual limit of 1,024 is for programs of old.
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


@contextmanager
def _mail(settings: Settings, given: Services, face: compose.Face) -> Iterator[None]:
    """Take mail beside what the block does, where this process has to."""
    if not settings.mail or face in ("gateway", "office"):
        yield
        return
    try:
        service = compose.mail_service(settings, given)
    except ValueError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from error
    with service.taking() as taking:
        if face == "mail" and not taking:
            typer.echo("No mail can come in. Remedy: calepin check says what is wrong.", err=True)
            raise typer.Exit(1)
        yield


def _work(settings: Settings, *, with_parent: bool) -> None:
    from server.jobs import worker
    from server.jobs.exclusive import WorkerRunning

    stop = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    if with_parent:
        Thread(target=_end_with_parent, daemon=True).start()
    parts = compose.worker_parts(settings)
    schema.bring_up_to_date(parts.database)
    try:
        kinds = (*compose.mail_kinds(settings, parts), *compose.push_kinds(settings, parts))
        routines = (*compose.routines(parts), *compose.mail_routines(settings, parts))
        unfinished = worker.run(parts, stop, kinds=kinds, routines=routines)
    except WorkerRunning as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from error
    if unfinished:
        # Their threads would keep the interpreter from ending; they are done again at the next start.
        logging.shutdown()
        os._exit(0)
    if parts.transcriber is not None:
        parts.transcriber.close()


def _end_with_parent() -> None:
    # The parent holds the other end of our standard input: however it ends, even by SIGKILL, reading does too.
    # The bare descriptor: a thread inside a buffered reader would make the interpreter's own ending fatal.
    while os.read(0, 4096):
        pass
    os._exit(1)
