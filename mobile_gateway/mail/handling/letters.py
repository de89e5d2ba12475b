"""Answers: to the sender's registered address only."""

import re
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy.orm import Session

from mobile_gateway.mail.handling.case import Case
from mobile_gateway.mail.layout import as_subject, said
from server.domain.errors import CalepinError
from server.domain.letters import Letter
from server.domain.sentences import sentence
from server.usecases import mails

LONGEST_MESSAGE_ID: Final = 900
_OURS: Final = re.compile(r"([0-9a-f]{24})@(.+)")
_REPLY: Final = re.compile(r"(?:\s*(?:re|aw|sv|ref)\s*:)+\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Question:
    """Numbered choices: what they are about (`brief`, `invitation`), of what, and what each of them stands for."""

    about: str
    subject: str
    choices: tuple[dict[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What the sender is told. `calendar` is an iCalendar object, `question` what they can answer with a digit."""

    subject: str
    text: str
    html: str | None = None
    calendar: str | None = None
    question: Question | None = None


def send(session: Session, case: Case, answer: Answer, number: int = 0) -> None:
    """Have the answer sent, once for this mail and number; nothing when the sender had enough answers this hour."""
    key = f"answer-{case.received.uid}" + (f"-{number}" if number else "")
    letter = Letter(
        key=key,
        rep_id=case.person.id,
        recipient=case.person.email,
        subject=as_subject(answer.subject),
        text=answer.text,
        html=answer.html,
        calendar=answer.calendar,
        in_reply_to=answerable(case),
    )
    uid = mails.send(session, case.parts.services.queue, letter, case.now)
    asked = answer.question
    if uid is not None and asked is not None:
        mails.ask(session, uid, case.person.id, asked.about, asked.subject, asked.choices)


def answerable(case: Case) -> str | None:
    """The Message-ID that an answer refers to; None where there is none, or one that no header holds."""
    message_id = case.mail.message_id
    return message_id if message_id and len(message_id) <= LONGEST_MESSAGE_ID else None


def refusal(case: Case, error: CalepinError) -> Answer:
    """What was refused and what to do about it."""
    told = sentence(error.code, case.person.language, error.values)
    return Answer(case.word("your-mail"), said(told.title, told.remedy))


def reply_subject(case: Case, otherwise: str) -> str:
    """`Re:` and the sender's own subject, or other words where they wrote none.

    A client's name is on a lock screen only where the sender's own subject has put it there.
    """
    own = _REPLY.sub("", case.mail.subject, count=1).strip()
    return f"Re: {own}" if own else case.word(otherwise)


def our_mail(case: Case) -> str | None:
    """The uid of the mail of ours that this one answers, by its In-Reply-To or References."""
    answered = (case.mail.in_reply_to, *reversed(case.mail.references))
    return next((uid for named in answered if (uid := uid_of(named, case.parts.domain))), None)


def uid_of(message_id: str | None, domain: str) -> str | None:
    """The uid in a Message-ID of ours, `UID@domain`."""
    found = _OURS.fullmatch((message_id or "").strip("<> ").lower())
    return found[1] if found and found[2] == domain.lower() else None
