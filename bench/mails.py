"""Mail: taken against a bare listener, a brief from question to answer, and memory with much mail waiting."""

import secrets
import smtplib
import time
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path
from statistics import median, quantiles
from threading import Event
from typing import Any, Final

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from sqlalchemy import func, select

from bench import post
from bench.company import REP, Company, build
from bench.figures import Figure, side_by_side
from bench.post import Post
from bench.processes import free_port, service
from bench.resident import resident_of
from bench.run import Run
from server.domain.letters import MailState
from server.store.blobs import Blobs
from server.store.database import Database
from server.store.jobs import Outbox
from server.store.mails import Envelope as Way
from server.store.tables.mails import MailRow
from server.usecases import mails

COMPANY: Final = Company(clients=1_000, notes=1_000, portfolio=1_000)
DOMAIN: Final = "notes.bench"
OURS: Final = f"notes@{DOMAIN}"
SERVER: Final = "mx.bench"
RECORDING: Final = 73_000  # bytes; 100 KB as base64
GIVE_UP_AFTER: Final = 600.0
LOOK_EVERY: Final = 0.5


def taken(run: Run) -> list[Figure]:
    """Mails a second with a recording, fsynced, from one connection and from eight."""
    data = run.folder / "mails-taken"
    build(data, COMPANY, run.progress)
    ours, bare = free_port(), free_port()
    settings = {"CALEPIN_MAIL_DOMAIN": DOMAIN, "CALEPIN_SMTP_LISTEN": f"127.0.0.1:{ours}"}
    seconds = 1.0 if run.quick else 2.0
    rates: dict[tuple[int, int], list[float]] = {}
    with service(run, data, "bench.mail_server", str(bare), settings=settings):
        for number in range(rounds := run.rounds(7)):
            run.progress(f"round {number + 1} of {rounds}")
            for connections in (8, 1):
                for port in (bare, ours):
                    asked = Post(port, REP, OURS, seconds, connections, RECORDING)
                    rates.setdefault((port, connections), []).append(post.put(asked))
    name = "mail with a 100 KB recording, taken and durable"
    return [
        side_by_side(f"{name}: 8 at once", "mails/s", rates[ours, 8], rates[bare, 8], bar=0.5, at_least=True),
        side_by_side(f"{name}: one by one", "mails/s", rates[ours, 1], rates[bare, 1], bar=0.5, at_least=True),
    ]


class Next:
    """The next mail server: notes when the answer to a mail came."""

    def __init__(self) -> None:
        self.came = Event()

    async def handle_DATA(  # noqa: N802 - aiosmtpd's name
        self, _server: SMTP, _session: Session, _envelope: Envelope
    ) -> str:
        """Take it."""
        self.came.set()
        return "250 OK"


def answered(run: Run) -> list[Figure]:
    """Seconds from handing in `brief …` until the answer is with the next mail server."""
    data = run.folder / "mails-answered"
    build(data, COMPANY, run.progress)
    port, relay = free_port(), free_port()
    settings = {
        "CALEPIN_MAIL_DOMAIN": DOMAIN,
        "CALEPIN_SMTP_LISTEN": f"127.0.0.1:{port}",
        "CALEPIN_SMTP_RELAY": f"smtp://127.0.0.1:{relay}?tls=off",
        "CALEPIN_AUTHSERV_ID": SERVER,
    }
    questions = 25  # a rep gets thirty answers an hour
    following = Next()
    controller = Controller(following, hostname="127.0.0.1", port=relay)
    controller.start()
    try:
        with service(run, data, "deploy.cli", "serve", settings=settings):
            seconds = [_ask(port, following, number) for number in range(questions)][1:]
    finally:
        controller.stop()
    name = f"`brief NAME` by mail until the answer is handed on, {questions - 1} in a row"
    return [
        Figure(f"{name}: p95", "s", quantiles(seconds, n=20)[-1], bar=1.0),
        Figure(f"{name}: median", "s", median(seconds)),
    ]


def _ask(port: int, following: Next, number: int) -> float:
    message = EmailMessage()
    message["Authentication-Results"] = f"{SERVER}; dmarc=pass header.from=example.com"
    message["From"], message["To"], message["Subject"] = REP, OURS, f"brief Quincaillerie Tremblay {number + 1}"
    message["Message-ID"] = f"<{secrets.token_hex(8)}@bench>"
    message.set_content("")
    following.came.clear()
    with smtplib.SMTP("127.0.0.1", port) as connection:
        began = time.monotonic()
        connection.sendmail(REP, [OURS], message.as_bytes())
    if not following.came.wait(30):
        msg = "no answer within 30 s"
        raise RuntimeError(msg)
    return time.monotonic() - began


def waiting(run: Run) -> list[Figure]:
    """The most memory of the worker while it handles so many mails that came while it was away."""
    few, many = (100, 1_000) if run.quick else (200, 10_000)
    used = {count: _handle(run, count) for count in (few, many)}
    name = f"memory of the service, {many:,} mails waiting against {few}"
    return [side_by_side(name, "MB", [used[many]], [used[few]], bar=1.3)]


def _handle(run: Run, count: int) -> float:
    data = run.folder / f"mails-waiting-{count}"
    build(data, COMPANY, run.progress)
    database = Database(f"sqlite:///{data / 'calepin.sqlite'}")
    _leave(run, database, data, count)
    settings = {"CALEPIN_MAIL_DOMAIN": DOMAIN, "CALEPIN_SMTP_LISTEN": "", "CALEPIN_AUTHSERV_ID": SERVER}
    settings["CALEPIN_IMAP_URL"] = "imap://nobody:nothing@127.0.0.1:9/INBOX"  # mail may come in, and none does
    most = 0.0
    with service(run, data, "deploy.cli", "serve", settings=settings) as port:
        end = time.monotonic() + GIVE_UP_AFTER
        while (left := _left(database)) and time.monotonic() < end:
            most = max(most, resident_of(port))
            run.progress(f"{left:,} of {count:,} mails are left")
            time.sleep(LOOK_EVERY)
    database.close()
    if left:
        msg = f"{left} mails were not handled within {GIVE_UP_AFTER} s"
        raise RuntimeError(msg)
    return most


def _leave(run: Run, database: Database, data: Path, count: int) -> None:
    """Mails with 20 words each, as the listener leaves them."""
    run.progress(f"writing {count:,} mails")
    blobs, queue, now = Blobs(data), Outbox(), datetime.now(UTC)
    blobs.prepare()
    for first in range(0, count, 500):
        with database.transaction() as session:
            for number in range(first, min(first + 500, count)):
                _put(session, queue, blobs, number, now)


def _put(session: Any, queue: Outbox, blobs: Blobs, number: int, now: datetime) -> None:
    with blobs.incoming() as incoming:
        incoming.write(
            (
                f"Authentication-Results: {SERVER}; dmarc=pass header.from=example.com\r\n"
                f"From: {REP}\r\nTo: {OURS}\r\nSubject: Quincaillerie Tremblay {number}\r\n"
                f"Message-ID: <{number}@bench>\r\n\r\nVeut une soumission pour {number} palettes.\r\n"
            ).encode()
        )
        mails.take(session, queue, blobs, Way("smtp", REP, OURS), incoming, incoming.sync(), now)


def _left(database: Database) -> int:
    with database.reading() as session:
        query = select(func.count()).select_from(MailRow).where(MailRow.state == MailState.RECEIVED)
        return session.scalar(query) or 0
