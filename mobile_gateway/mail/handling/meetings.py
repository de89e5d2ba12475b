"""Meetings by invitation (iMIP, RFC 6047): noted, moved and called off as the organizer's calendar says."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.orm import Session

from mobile_gateway.calendar.events import Invitation, Method
from mobile_gateway.calendar.invitations import read_invitation
from mobile_gateway.calendar.recurrence import Occurrence, occurrences
from mobile_gateway.mail.handling.acceptance import accepted
from mobile_gateway.mail.handling.case import Case
from mobile_gateway.mail.handling.letters import Answer, Question, reply_subject
from mobile_gateway.mail.handling.meeting_clients import Candidates, candidates
from mobile_gateway.mail.layout import numbered, said
from mobile_gateway.mail.reading import read
from server.domain.activities import Activity
from server.domain.clients import Client
from server.domain.errors import Invalid, NotFound
from server.domain.mails import Mail
from server.domain.times import NEWEST, OLDEST
from server.usecases import invitations
from server.usecases.invitations import Meeting, Slot

HORIZON: Final = timedelta(days=60)
MOST_TIMES: Final = 100
WANTED: Final = frozenset({Method.REQUEST, Method.PUBLISH, Method.CANCEL})


def wish(case: Case) -> Callable[[Session], Answer | None]:
    """What the calendar in the mail wants done; what cannot be read is answered with the remedy."""
    try:
        invitation = invited(case.mail, case)
    except Invalid:
        unreadable = Answer(reply_subject(case, "your-meeting"), said(case.word("meeting-unreadable")))
        return lambda _session: None if case.by_machine else unreadable
    if invitation is None or invitation.method not in WANTED:
        return lambda _session: None
    return lambda session: _take(session, case, invitation)


def invited(mail: Mail, case: Case) -> Invitation | None:
    """The first event of the mail's calendars; most hold the same one twice. Raises Invalid where none can be read."""
    fault: Invalid | None = None
    for calendar in mail.calendars:
        try:
            invitation = read_invitation(calendar.text, case.person.zone)
        except Invalid as error:
            fault = error
            continue
        if invitation is not None:
            return invitation
    if fault is not None:
        raise fault
    return None


def settle(session: Session, case: Case, mail_uid: str, ref: str) -> Answer:
    """Note the meeting of an earlier mail with the client that the rep chose for it. Raises NotFound."""
    blob = invitations.mail_of(session, mail_uid, case.person)
    if blob is None:
        return Answer(reply_subject(case, "your-meeting"), said(case.word("meeting-gone")))
    invitation = invited(read(case.parts.services.blobs.original(blob).read_bytes()), case)
    if invitation is None:
        raise NotFound
    answer = _note(session, case, invitation, ref)
    return answer or Answer(reply_subject(case, "your-meeting"), said(case.word("newer-meeting")))


def _take(session: Session, case: Case, invitation: Invitation) -> Answer | None:
    if invitation.cancelled:
        _call_off(session, case, invitation)
        return None
    policy = case.parts.services.policy
    known = invitations.known_client(session, case.person, policy, invitation.uid)
    found = Candidates(known, ()) if known else candidates(session, case, invitation)
    if found.client:
        return _note(session, case, invitation, found.client.ref)
    return _ask(case, invitation, found.choices)


def _call_off(session: Session, case: Case, invitation: Invitation) -> None:
    if invitation.recurrence_id is None:
        invitations.call_off(session, case.person, invitation.uid, invitation.sequence, case.now)
        return
    invitations.call_off_slots(session, case.person, _meeting(invitation, case.now))


def _note(session: Session, case: Case, invitation: Invitation, ref: str) -> Answer | None:
    """None for an invitation that is older than what is known."""
    policy = case.parts.services.policy
    noted = invitations.note(session, case.person, policy, ref, _meeting(invitation, case.now), case.now)
    if noted.outdated:
        return None
    return accepted(case, invitation, _told(case, noted.activities))


def _told(case: Case, activities: tuple[Activity, ...]) -> str:
    if not activities:
        return case.word("none-near", days=HORIZON.days)
    first, phrases = activities[0], case.phrases
    return case.word(
        "noted" if len(activities) == 1 else "noted-series",
        kind=phrases.word(first.kind),
        day=phrases.day(first.starts_at, phrases.today(case.now)),
        time=phrases.time(first.starts_at),
        client=first.client_name,
        count=len(activities),
        days=HORIZON.days,
    )


def _ask(case: Case, invitation: Invitation, found: Sequence[Client]) -> Answer:
    subject = invitation.summary or case.word("your-meeting")
    if not found:
        return Answer(reply_subject(case, "your-meeting"), said(case.word("no-client-meeting", subject=subject)))
    listed = numbered([", ".join(filter(None, (client.name, client.city))) for client in found])
    question = Question("invitation", case.received.uid, tuple({"client": client.ref} for client in found))
    text = f"{said(case.word('which-meeting', subject=subject))}\n{listed}\n"
    return Answer(reply_subject(case, "your-meeting"), text, question=question)


def _meeting(invitation: Invitation, now: datetime) -> Meeting:
    whole = invitation.recurrence_id is None
    sequences = {change.recurrence_id: change.sequence for change in invitation.recurrence.overrides}
    return Meeting(
        uid=invitation.uid,
        sequence=invitation.sequence if whole else 0,
        subject=invitation.summary,
        kind=invitations.kind_of(invitation.summary),
        slots=tuple(
            Slot(
                key=_key(each),
                starts_at=each.starts_at,
                ends_at=each.ends_at,
                cancelled=each.cancelled,
                sequence=sequences.get(each.recurrence_id, 0) if each.recurrence_id else 0,
            )
            for each in _times(invitation, now)
        ),
        whole=whole,
    )


def _times(invitation: Invitation, now: datetime) -> tuple[Occurrence, ...]:
    """The times that a mail speaks of singly, whenever they are; of a series those within the horizon."""
    single = not invitation.recurrence.repeats and not invitation.recurrence.overrides
    if single and invitation.starts_at and invitation.ends_at:
        return (Occurrence(None, invitation.starts_at, invitation.ends_at),)
    if invitation.recurrence_id is not None:
        return occurrences(invitation, OLDEST, NEWEST, MOST_TIMES).occurrences
    return occurrences(invitation, now, now + HORIZON, MOST_TIMES).occurrences


def _key(occurrence: Occurrence) -> str:
    return occurrence.recurrence_id.strftime("%Y%m%dT%H%M%SZ") if occurrence.recurrence_id else ""
