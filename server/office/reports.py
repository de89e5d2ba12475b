"""Reports for the manager's systems."""

from datetime import timedelta
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import JSONResponse

from server.domain.errors import Invalid
from server.domain.times import read_instant
from server.reports import renderings
from server.reports.disbursements import disbursements
from server.reports.notes import notes
from server.reports.tables import Period, Report
from server.web.services import Given, Services
from server.web.sign_in import integration

router = APIRouter(prefix="/office/api/v1", tags=["reports"])

REPORTS = {"notes": notes, "disbursements": disbursements}
Format = Literal["json", "csv", "xlsx", "svg"]
Day = Annotated[str | None, Query(max_length=40)]


@router.get("/reports/{name}", response_class=Response)
def read_report(
    request: Request,
    services: Given,
    name: Literal["notes", "disbursements"],
    since: Annotated[Day, Query(alias="from")] = None,
    until: Annotated[Day, Query(alias="to")] = None,
    form: Annotated[Format, Query(alias="format")] = "json",
) -> Response:
    """One report over a period, `from` and up to `to` (a day is meant whole); without them the last 30 days."""
    integration(request, services)
    period = _period(services, since, until)
    with services.database.reading() as session:
        report = REPORTS[name](session, period)
    return _rendered(report, form)


def _period(services: Services, since: str | None, until: str | None) -> Period:
    zone = ZoneInfo(services.policy.timezone)
    end = read_instant(until, zone, "to") if until else services.clock()
    if until and len(until) == len("2026-12-31"):
        end += timedelta(days=1)  # a day is meant whole
    start = read_instant(since, zone, "from") if since else end - timedelta(days=30)
    if start > end:
        raise Invalid(field="from", reason="after “to”")
    return Period(start, end)


def _rendered(report: Report, form: Format) -> Response:
    if form == "json":
        return JSONResponse(renderings.as_json(report))
    render = {"csv": renderings.as_csv, "xlsx": renderings.as_workbook, "svg": renderings.as_svg}[form]
    named = {"Content-Disposition": f'attachment; filename="{report.name}.{form}"'} if form != "svg" else {}
    return Response(render(report), media_type=renderings.TYPES[form], headers=named)
