"""Whether the service lives, whether it can take work, and its figures for Prometheus."""

import ipaddress
import shutil
from pathlib import Path
from typing import Final

from fastapi import APIRouter, Request, Response
from fastapi.responses import PlainTextResponse
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from sqlalchemy.exc import SQLAlchemyError

from server.store import notes, schema, transcripts
from server.web.services import Given, Services
from server.web.sign_in import integration

router = APIRouter(tags=["health"])

ROOM_NEEDED: Final = 64 * 1024 * 1024


class Figures:
    """The figures of one process."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.requests = Counter("calepin_requests", "Requests answered.", ("method", "status"), registry=self.registry)
        self.seconds = Histogram("calepin_request_seconds", "Time to answer.", registry=self.registry)
        self.waiting = Gauge("calepin_notes_waiting", "Notes received and not yet processed.", registry=self.registry)
        self.untranscribed = Gauge(
            "calepin_transcripts_waiting", "Recordings that wait for their transcript.", registry=self.registry
        )
        self.free = Gauge("calepin_disk_free_bytes", "Room left for recordings.", registry=self.registry)


@router.get("/livez", response_class=PlainTextResponse)
async def alive() -> str:
    """The process answers."""
    return "ok\n"


@router.get("/readyz", response_class=PlainTextResponse, responses={503: {"description": "Not ready; says why"}})
def ready(services: Given) -> Response:
    """200 when notes can be taken: the database answers, its schema is current, and there is room."""
    fault = fault_of(services)
    if fault:
        return PlainTextResponse(f"{fault}\n", 503, {"Retry-After": "5"})
    return PlainTextResponse("ok\n")


@router.get("/metrics", response_class=PlainTextResponse)
def metrics(request: Request, services: Given) -> Response:
    """Figures in Prometheus' text format: for loopback, or with an integration key."""
    if not _from_loopback(request):
        integration(request, services)
    figures: Figures = request.app.state.figures
    with services.database.reading() as session:
        figures.waiting.set(notes.count_waiting(session))
        figures.untranscribed.set(transcripts.count_waiting(session))
    figures.free.set(room(services.blobs.root))
    return Response(generate_latest(figures.registry), media_type=CONTENT_TYPE_LATEST)


def fault_of(services: Services) -> str | None:
    """Why no note can be taken right now, in one sentence; None when all is well."""
    try:
        if not schema.is_current(services.database):
            return "The database's schema is not current: run “calepin migrate”."
    except SQLAlchemyError as error:
        return f"The database does not answer ({type(error).__name__}): check CALEPIN_DATABASE_URL."
    try:
        free = room(services.blobs.root)
    except OSError:
        return "The data folder is not there: check CALEPIN_DATA."
    return None if free >= ROOM_NEEDED else "The disk is nearly full: make room in the data folder."


def room(folder: Path) -> int:
    """How many bytes can still be written there."""
    return shutil.disk_usage(folder).free


def _from_loopback(request: Request) -> bool:
    if "x-forwarded-for" in request.headers or "forwarded" in request.headers:
        return False  # a proxy on this machine speaks for somebody else
    try:
        return request.client is not None and ipaddress.ip_address(request.client.host).is_loopback
    except ValueError:
        return False
