"""A digit in answer to a question of ours."""

from typing import Any

from sqlalchemy.orm import Session

from mobile_gateway.mail.handling import briefs, meetings
from mobile_gateway.mail.handling.case import Case
from mobile_gateway.mail.handling.letters import Answer, our_mail, reply_subject
from mobile_gateway.mail.layout import said
from server.usecases import mails, notes
from server.usecases.mails import Answered


def settle(session: Session, case: Case, digit: int) -> Answer:
    """Do what the sender chose. Raises what that raises, NotFound above all."""
    chosen = mails.answer(session, case.person, our_mail(case), digit, case.now)
    if chosen is None:
        return Answer(reply_subject(case, "your-mail"), said(case.word("no-question")))
    if chosen.about == "brief":
        return briefs.one(session, case, str(chosen.choice["client"]))
    if chosen.about == "invitation":
        return meetings.settle(session, case, chosen.subject, str(chosen.choice["client"]))
    return _link(session, case, chosen)


def _link(session: Session, case: Case, chosen: Answered) -> Answer:
    changes: dict[str, Any] = {name: chosen.choice[name] for name in ("client", "activity") if name in chosen.choice}
    note = notes.amend(session, case.person, case.parts.services.policy, chosen.subject, changes)
    told = case.word("linked", client=note.client_name or note.client or "?")
    return Answer(reply_subject(case, "your-note"), said(told))
