"""What both protocols tell of an upload."""

from datetime import datetime
from email.utils import format_datetime

from server.domain.uploads import Upload

PATH = "/api/v1/uploads"


def location(upload: Upload) -> str:
    """Where the upload is."""
    return f"{PATH}/{upload.uid}"


def note_location(upload: Upload) -> dict[str, str]:
    """Where the note is that the upload has become."""
    return {"Content-Location": f"/api/v1/notes/{upload.note}"} if upload.note else {}


def http_date(moment: datetime) -> str:
    """An instant as RFC 9110 section 5.6.7 writes it."""
    return format_datetime(moment, usegmt=True)
