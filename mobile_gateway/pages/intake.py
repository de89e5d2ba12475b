"""The recording form's body: read as a stream, and only from a page of ours."""

from fastapi import Request

from mobile_gateway.intake.bodies import FORM_OVERHEAD, Body
from mobile_gateway.intake.form import FormReader
from mobile_gateway.intake.media import FORM, UNKNOWN, essence
from mobile_gateway.intake.recording import RecordingWriter
from mobile_gateway.pages.forms import read_small
from mobile_gateway.pages.visitors import Visitor
from server.domain.errors import TooLarge
from server.usecases.notes import Incoming


async def read_recording_form(request: Request, visitor: Visitor, incoming: Incoming) -> Body:
    """The fields and the recording, which is written to `incoming` as it comes.

    The form's token stands before the recording and is checked before its first byte is kept. Raises NotAllowed,
    TooLarge, Unsupported, Invalid, ClientDisconnect.
    """
    content_type = request.headers.get("content-type", "")
    if essence(content_type) != FORM:  # a browser that cannot send files
        fields = await read_small(request)
        visitor.check_form(fields)
        return Body(fields, None)
    policy = visitor.policy
    announced = request.headers.get("content-length", "")
    if announced.isdigit() and int(announced) > policy.largest_upload + FORM_OVERHEAD:
        raise TooLarge(limit=f"{policy.largest_upload // (1024 * 1024)} MB")

    def open_recording(claimed_type: str) -> RecordingWriter:
        visitor.check_form(form.fields)
        return RecordingWriter(incoming, policy, claimed_type or UNKNOWN)

    form = FormReader(content_type, open_recording)
    async for chunk in request.stream():
        form.feed(chunk)
    form.close()
    visitor.check_form(form.fields)
    return Body(form.fields, form.recording)
