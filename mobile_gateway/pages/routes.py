"""All the pages under `/m`."""

from fastapi import APIRouter

from mobile_gateway.pages import find, note, notes, record, settings, sign_in, style, today

router = APIRouter(prefix="/m", include_in_schema=False)
for part in (style, sign_in, today, find, record, notes, note, settings):
    router.include_router(part.router)
