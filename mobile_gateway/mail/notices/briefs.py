"""The brief before a meeting: by mail and to phones, once for each time that it is planned for."""

from datetime import timedelta
from typing import Final

from sqlalchemy.orm import Session

from mobile_gateway.briefs.enclosed import as_page, as_text
from mobile_gateway.mail import words
from mobile_gateway.mail.parts import MailParts
from server.domain.briefs import Brief
from server.domain.errors import NotFound
from server.domain.letters import Letter
from server.domain.push import PushKind
from server.usecases import briefs, mails, push, reminders
from server.usecases.briefs import Asked
from server.usecases.push import Notice
from server.usecases.reminders import Meeting
from server.web.phrases import phrases

LATE: Final = timedelta(minutes=10)  # after the start, nobody reads it any more


def write_briefs(parts: MailParts) -> int:
    """Write the briefs that are due, and take back those not yet sent whose activity was moved or called off; how many.

    Without a relay only phones are told. The subject names no client, for it shows on a locked screen. A rep who may
    not see the client any more gets none.
    """
    services = parts.services
    now = services.clock()
    with services.database.reading() as session:
        stale = reminders.called_off(session)
        meetings = reminders.meetings(session, now)
        due = [(meeting, found) for meeting in meetings if (found := _brief(session, parts, meeting))]
    if not stale and not due:
        return 0
    with services.database.transaction() as session:
        for uid in stale:
            reminders.withdraw(session, uid)
        for meeting, brief in due:
            if parts.relay:
                mails.send(session, services.queue, _letter(parts, meeting, brief), now)
            push.notify(session, services.queue, _notice(meeting), now)
    return len(stale) + len(due)


def _brief(session: Session, parts: MailParts, meeting: Meeting) -> Brief | None:
    services = parts.services
    asked = Asked(meeting.person, services.policy, services.clock())
    try:
        return briefs.brief(session, services.briefs, asked, meeting.activity.client_ref)
    except NotFound:
        return None


def _notice(meeting: Meeting) -> Notice:
    activity = meeting.activity
    return Notice(meeting.key, meeting.person.id, PushKind.BRIEF, activity.client_ref, activity.starts_at + LATE)


def _letter(parts: MailParts, meeting: Meeting, brief: Brief) -> Letter:
    person, activity = meeting.person, meeting.activity
    written = phrases(person.language, person.timezone)
    subject = words.word(
        person.language, "next-meeting", kind=written.word(activity.kind), time=written.time(activity.starts_at)
    )
    return Letter(
        key=meeting.key,
        rep_id=person.id,
        recipient=person.email,
        subject=subject,
        text=as_text(brief, written, parts.services.public_url),
        html=as_page(brief, written, parts.services.public_url),
        automatic=False,
        until=activity.starts_at + LATE,
    )
