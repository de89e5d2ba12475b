"""Bulk files from other systems: a table a request, received whole before its first row is looked at."""

from collections.abc import Awaitable, Callable
from typing import Any, Final

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool

from server.domain.errors import TooLarge
from server.domain.sentences import Language
from server.store import audit
from server.store.blobs import Incoming
from server.usecases.imports import NOUNS, Importer, Outcome, Rehearsal, import_rows
from server.usecases.imports.tables import Kind, Media, from_content_type, read
from server.web.problems import language_of
from server.web.services import Given, Services
from server.web.sign_in import integration, place_of

router = APIRouter(prefix="/office/api/v1", tags=["imports"])

LARGEST_TABLE: Final = 256 * 1024 * 1024
_ROWS: Final = {"type": "array", "items": {"type": "object", "additionalProperties": True}}
_FILE: Final = {"type": "string", "format": "binary"}
_BODY: Final = {
    "requestBody": {
        "required": True,
        "content": {kind.value: {"schema": _ROWS if kind is Kind.JSON else _FILE} for kind in Kind},
    }
}
_REFUSALS: Final[dict[int | str, dict[str, Any]]] = {
    401: {"description": "No integration key, or one that is not good"},
    413: {"description": "The table is too large"},
    415: {"description": "The content type is no table's"},
}


def outcome_json(outcome: Outcome, language: Language) -> dict[str, Any]:
    """What an import answers; of very many rejected rows the first are listed, `rejected_count` counts them all."""
    return {
        "created": outcome.created,
        "updated": outcome.updated,
        "unchanged": outcome.unchanged,
        "rejected": [
            {"row": rejected.row, "field": rejected.field or None, "error": rejected.told(language)}
            for rejected in outcome.rejected
        ],
        "rejected_count": outcome.rejected_count,
        "unknown_columns": list(outcome.unknown_columns),
    }


def record_import(services: Services, who: str, noun: str, outcome: Outcome, place: str = "") -> None:
    """Say in the audit log who brought in what, and with which result."""
    with services.database.transaction() as session:
        audit.record(
            session,
            services.clock(),
            who,
            "import",
            place=place,
            about=noun,
            created=outcome.created,
            updated=outcome.updated,
            unchanged=outcome.unchanged,
            rejected=outcome.rejected_count,
        )


def _endpoint(noun: str) -> Callable[..., Awaitable[dict[str, Any]]]:
    async def import_table(request: Request, services: Given, dry_run: bool = False) -> dict[str, Any]:
        system = await run_in_threadpool(integration, request, services)
        media = from_content_type(request.headers.get("content-type", ""))
        with services.blobs.incoming() as incoming:
            await _receive(request, incoming)
            outcome = await run_in_threadpool(_import, services, noun, incoming, media, dry_run=dry_run)
        if not dry_run:
            await run_in_threadpool(record_import, services, system, noun, outcome, place_of(request))
        return outcome_json(outcome, language_of(request))

    return import_table


async def _receive(request: Request, incoming: Incoming) -> None:
    """The body into a temporary file. Raises TooLarge at the limit, ClientDisconnect when the connection is cut."""
    announced = request.headers.get("content-length", "")
    too_large = TooLarge("table-too-large", limit=f"{LARGEST_TABLE // (1024 * 1024)} MB")
    if announced.isdigit() and int(announced) > LARGEST_TABLE:
        raise too_large
    async for chunk in request.stream():
        if incoming.size + len(chunk) > LARGEST_TABLE:
            raise too_large
        incoming.write(chunk)


def _import(services: Services, noun: str, incoming: Incoming, media: Media, *, dry_run: bool) -> Outcome:
    importer = Importer(services.database, services.queue, services.policy)
    with incoming.path.open("rb") as table:
        return import_rows(importer, noun, read(table, media), rehearsal=Rehearsal() if dry_run else None)


for _noun in NOUNS:
    router.put(
        f"/{_noun}",
        name=f"import_{_noun}",
        summary=f"Bring in {_noun} by their reference; ?dry_run=1 only says what would be.",
        openapi_extra=_BODY,
        responses=_REFUSALS,
    )(_endpoint(_noun))
