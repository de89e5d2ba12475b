"""Activities over HTTP: the agenda, planning, completing."""

from datetime import datetime
from typing import Annotated, Any, Literal
from urllib.parse import quote

from fastapi import APIRouter, Query, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

from server.domain.activities import Activity, State
from server.domain.errors import Invalid
from server.domain.people import Person
from server.domain.times import read_instant, wire
from server.usecases import activities
from server.web.services import Given
from server.web.sign_in import signed_in

router = APIRouter(prefix="/api/v1", tags=["activities"])

# No control characters: a reference is part of addresses and headers.
Reference = Annotated[str, Field(min_length=1, max_length=100, pattern=r"^[^\x00-\x1f\x7f]+$")]
Time = Annotated[str, Field(max_length=40)]


class NewActivity(BaseModel):
    """A visit, call or meeting that is planned; `ends_at` is an hour later where it is not given."""

    client: Reference
    kind: Literal["visit", "call", "meeting"] = "visit"
    starts_at: Time
    ends_at: Time | None = None
    subject: Annotated[str, Field(max_length=activities.LONGEST_SUBJECT)] = ""
    ref: Reference | None = None


class ActivityChanges(BaseModel):
    """What changes; only the fields that are given."""

    kind: Literal["visit", "call", "meeting"] = "visit"
    starts_at: Time = ""
    ends_at: Time = ""
    subject: Annotated[str, Field(max_length=activities.LONGEST_SUBJECT)] = ""
    result: Annotated[str, Field(max_length=activities.LONGEST_RESULT)] = ""
    state: State = State.PLANNED


class Completion(BaseModel):
    """How it went, in a few words; may be left out."""

    result: Annotated[str, Field(max_length=activities.LONGEST_RESULT)] = ""


@router.get("/activities")
def list_activities(
    request: Request,
    services: Given,
    since: Annotated[str | None, Query(max_length=40)] = None,
    until: Annotated[str | None, Query(max_length=40)] = None,
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
) -> dict[str, Any]:
    """The rep's own activities that overlap the span, in the order of their start."""
    rep = signed_in(request, services).rep
    start, end = _span(rep, since, until)
    with services.database.reading() as session:
        found = activities.listed(session, rep, services.policy, since=start, until=end, limit=limit)
    return {"items": [activity_json(activity) for activity in found]}


@router.post("/activities", status_code=201)
def plan_activity(request: Request, services: Given, new: NewActivity) -> JSONResponse:
    """Plan an activity with a client of the rep's."""
    rep = signed_in(request, services).rep
    with services.database.transaction() as session:
        planned = activities.plan(session, rep, services.policy, new.model_dump())
    return JSONResponse(activity_json(planned), 201, {"Location": f"/api/v1/activities/{quote(planned.ref, safe='')}"})


@router.get("/activities/{ref:path}")
def read_activity(request: Request, services: Given, ref: str) -> dict[str, Any]:
    """One activity that the rep may see."""
    rep = signed_in(request, services).rep
    with services.database.reading() as session:
        return activity_json(activities.one(session, rep, services.policy, ref))


@router.patch("/activities/{ref:path}")
def amend_activity(request: Request, services: Given, ref: str, changes: ActivityChanges) -> dict[str, Any]:
    """Change an activity; `state: done` obeys the closing rule."""
    rep = signed_in(request, services).rep
    said = changes.model_dump(exclude_unset=True)
    if not said:
        raise Invalid(field="state", reason="nothing to change")
    with services.database.transaction() as session:
        return activity_json(activities.amend(session, rep, services.policy, ref, said))


@router.post("/activities/{ref:path}/complete")
def complete_activity(
    request: Request, services: Given, ref: str, completion: Completion | None = None
) -> dict[str, Any]:
    """Say that it took place: 409 `note-required` where the rule wants a note first."""
    rep = signed_in(request, services).rep
    result = completion.result if completion else ""
    with services.database.transaction() as session:
        return activity_json(activities.complete(session, rep, services.policy, ref, result))


def activity_json(activity: Activity) -> dict[str, Any]:
    """An activity as the wire shows it; times in UTC."""
    return {
        "ref": activity.ref,
        "client": activity.client_ref,
        "client_name": activity.client_name,
        "kind": activity.kind,
        "subject": activity.subject,
        "starts_at": wire(activity.starts_at),
        "ends_at": wire(activity.ends_at),
        "state": activity.state,
        "result": activity.result or None,
        "noted": activity.noted,
    }


def _span(rep: Person, since: str | None, until: str | None) -> tuple[datetime | None, datetime | None]:
    start = read_instant(since, rep.zone, "since") if since else None
    end = read_instant(until, rep.zone, "until") if until else None
    return start, end
