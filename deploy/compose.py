"""The composition root: names the concrete classes and puts them together. Everything else is given what it needs."""

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial
from importlib.metadata import version
from typing import Literal

from fastapi import APIRouter, FastAPI

from audio.limits import Limits
from audio.speech import Transcriber
from deploy.settings import Settings
from mobile_gateway import activities, audio, clients, devices, notes
from mobile_gateway.app import routes as pocket
from mobile_gateway.briefs import routes as briefs
from mobile_gateway.calendar import routes as calendar
from mobile_gateway.mail.parts import MailParts
from mobile_gateway.mail.service import MailService
from mobile_gateway.pages import routes as pages
from mobile_gateway.push import routes as push
from mobile_gateway.push.sending import send_push
from mobile_gateway.uploads import routes as uploads
from mobile_gateway.uploads.writers import Writers
from server.jobs.kinds import Kind, Routine, Source
from server.jobs.parts import WorkerParts
from server.jobs.uploads import SWEEP_EVERY
from server.jobs.uploads import sweep as sweep_uploads
from server.office import audit, imports, reports
from server.office import devices as office_devices
from server.office import notes as office_notes
from server.store import jobs, mails
from server.store import push as stored_pushes
from server.store.blobs import Blobs
from server.store.database import Database
from server.store.jobs import Outbox
from server.web import health, problems
from server.web.headers import Envelope
from server.web.lingering import Lingering
from server.web.services import Services

Face = Literal["gateway", "office", "mail", "all"]

GATEWAY = (
    devices.router,
    notes.router,
    uploads.router,
    audio.router,
    briefs.router,
    clients.router,
    activities.router,
    calendar.router,
    pages.router,
    push.router,
    pocket.router,
)
OFFICE = (imports.router, office_devices.router, office_notes.router, audit.router, reports.router)


def clock() -> datetime:
    """What time it is."""
    return datetime.now(UTC)


def services(settings: Settings) -> Services:
    """What the web processes work with; makes the folders, connects to nothing."""
    database = Database(settings.database)
    blobs = Blobs(settings.data.resolve())
    blobs.prepare()
    return _given(settings, database, blobs)


def worker_parts(settings: Settings) -> WorkerParts:
    """What a worker process works with."""
    blobs = Blobs(settings.data.resolve())
    blobs.prepare()
    return WorkerParts(Database(settings.database), blobs, settings.policy, clock, transcriber=transcriber(settings))


def transcriber(settings: Settings) -> Transcriber | None:
    """The speech engine; none where there is neither a model folder nor a server. Nothing is started or connected.

    Raises ValueError with a sentence where the server's address is written wrongly.
    """
    if settings.speech_model is not None:
        from audio.engines.whisper import WhisperTranscriber

        return WhisperTranscriber(settings.speech_model, Limits(longest=float(settings.policy.longest_note)))
    if settings.speech_url:
        from audio.engines.remote import RemoteTranscriber

        return RemoteTranscriber(settings.speech_url, settings.speech_key, settings.speech_server_model)
    return None


def mail_kinds(settings: Settings, worker: WorkerParts) -> tuple[Kind, ...]:
    """The jobs of the mail gateway; none where there is no mail domain.

    What is to be sent waits while there is no relay; the sweep sends it once there is one.
    """
    if not settings.mail:
        return ()
    from mobile_gateway.mail.handling import handle_mail
    from mobile_gateway.mail.sending import send_mail

    parts = mail_parts(settings, _given(settings, worker.database, worker.blobs))
    waiting = Source(jobs.send_mail, mails.outgoing_waiting) if settings.smtp_relay else None
    return (
        Kind("handle_mail", partial(handle_mail, parts), Source(jobs.handle_mail, mails.waiting)),
        Kind("send_mail", partial(send_mail, parts), waiting),
    )


def mail_routines(settings: Settings, worker: WorkerParts) -> tuple[Routine, ...]:
    """What reps are told by the clock: the next meeting's brief, also on their phones; the rest where mail is sent."""
    from mobile_gateway.mail import notices

    parts = mail_parts(settings, _given(settings, worker.database, worker.blobs))
    briefs_due = Routine("briefs-due", 10.0, partial(notices.write_briefs, parts))
    if not parts.relay:
        return (briefs_due,)
    return (
        briefs_due,
        Routine("receipts", 1.0, partial(notices.write_receipts, parts)),
        Routine("digests-by-mail", 30.0, partial(notices.write_digests, parts)),
    )


def _given(settings: Settings, database: Database, blobs: Blobs) -> Services:
    domain = settings.mail
    return Services(database, blobs, Outbox(), settings.policy, clock, settings.address, mail_domain=domain)


def push_kinds(settings: Settings, worker: WorkerParts) -> tuple[Kind, ...]:
    """The job that tells phones something."""
    given = Services(worker.database, worker.blobs, Outbox(), settings.policy, clock, settings.address)
    return (Kind("send_push", partial(send_push, given), Source(jobs.send_push, stored_pushes.waiting)),)


def routines(worker: WorkerParts) -> tuple[Routine, ...]:
    """What a worker does from time to time besides its jobs."""
    sweep = partial(sweep_uploads, worker.database, worker.blobs, worker.clock)
    return (Routine("uploads", SWEEP_EVERY, sweep),)


def mail_parts(settings: Settings, given: Services) -> MailParts:
    """What the mail gateway works with."""
    return MailParts(given, settings.mail, settings.authserv_id, settings.smtp_relay if settings.mail else "")


def mail_service(settings: Settings, given: Services) -> MailService:
    """The ways in for mail; raises ValueError with a sentence where one of them is written wrongly."""
    return MailService(mail_parts(settings, given), settings.smtp_listen, settings.imap_url)


def web_app(given: Services, face: Face) -> FastAPI:
    """The application of one face, or of both; that of mail has nothing but its health to tell."""
    app = FastAPI(title="Calepin", version=version("calepin"), docs_url=None, redoc_url=None)
    app.state.services = given
    app.state.writers = Writers()
    app.state.figures = figures = health.Figures()
    for router in (health.router, *_routers(face)):
        app.include_router(router)
    problems.install(app)
    app.add_middleware(Envelope, https=given.secure, figures=figures)
    app.add_middleware(Lingering)
    return app


def _routers(face: Face) -> Sequence[APIRouter]:
    if face == "gateway":
        return GATEWAY
    if face == "office":
        return OFFICE
    return (*GATEWAY, *OFFICE) if face == "all" else ()
