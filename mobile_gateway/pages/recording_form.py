"""The form to record a note, or to write one."""

import secrets

from mobile_gateway.pages.visitors import Visitor
from server.domain.errors import CalepinError
from server.domain.sentences import sentence
from server.usecases import activities, clients


def recording_form(
    visitor: Visitor, *, client: str = "", activity: str = "", who: str = "", problem: CalepinError | None = None
) -> str:
    """The page with the form, for a client or an activity where one is given by reference; `who` is a typed name.

    Raises NotFound for what the visitor may not see.
    """
    language = visitor.rep.language
    return visitor.draw(
        "record.html",
        about=_about(visitor, client, activity),
        client=client,
        activity=activity,
        who=who[:100],
        problem=sentence(problem.code, language, problem.values) if problem else None,
        # A form that is sent twice makes one note.
        key=secrets.token_hex(12),
    )


def _about(visitor: Visitor, client: str, activity: str) -> str:
    with visitor.services.database.reading() as session:
        if activity:
            found = activities.one(session, visitor.rep, visitor.policy, activity)
            phrases = visitor.phrases
            day, time = phrases.day(found.starts_at, visitor.today), phrases.time(found.starts_at)
            return f"{found.client_name} ({phrases.word(found.kind)}, {day} {time})"
        return clients.one(session, visitor.rep, visitor.policy, client).name if client else ""
