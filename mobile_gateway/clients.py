"""Clients over HTTP: found by name, typing errors forgiven."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request

from server.domain.clients import Client
from server.usecases import clients
from server.web.services import Given
from server.web.sign_in import signed_in

router = APIRouter(prefix="/api/v1", tags=["clients"])


@router.get("/clients")
def find_clients(
    request: Request,
    services: Given,
    q: Annotated[str, Query(max_length=200)] = "",
    limit: Annotated[int, Query(ge=1, le=2000)] = 20,
) -> dict[str, Any]:
    """The clients of the rep that fit `q`, best match first; without `q` the first ones by name."""
    signed = signed_in(request, services)
    with services.database.reading() as session:
        matches = clients.find(session, signed.rep, services.policy, q, limit)
    return {"items": [client_json(match.client) for match in matches]}


def client_json(client: Client) -> dict[str, Any]:
    """A client as a list shows it."""
    return {
        "ref": client.ref,
        "name": client.name,
        "category": client.category or None,
        "status": client.status or None,
        "city": client.city or None,
        "phone": client.phone or None,
        "manager": client.manager,
        "aliases": client.aliases,
    }
