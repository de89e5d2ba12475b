"""The morning's digest: what is planned for the day, a line each."""

from mobile_gateway.mail import words
from mobile_gateway.mail.layout import said
from mobile_gateway.mail.parts import MailParts
from server.domain.activities import Activity
from server.domain.brief_text import clean, shorten
from server.domain.letters import Letter
from server.usecases import mails, reminders
from server.usecases.reminders import Day
from server.web.phrases import Phrases, phrases


def write_digests(parts: MailParts) -> int:
    """Write the digests that are due; how many. A day without activities has none."""
    services = parts.services
    now = services.clock()
    with services.database.reading() as session:
        due = reminders.days(session, services.policy, now)
    if not due:
        return 0
    with services.database.transaction() as session:
        for day in due:
            mails.send(session, services.queue, _letter(parts, day), now)
    return len(due)


def _letter(parts: MailParts, day: Day) -> Letter:
    person = day.person
    written = phrases(person.language, person.timezone)
    lines = "\n".join(_line(activity, written) for activity in day.activities)
    return Letter(
        key=day.key,
        rep_id=person.id,
        recipient=person.email,
        subject=words.word(person.language, "your-day", day=written.weekday(day.date)),
        text=f"{lines}\n\n{said(words.word(person.language, 'your-day-more', url=f'{parts.services.public_url}/m/'))}",
        automatic=False,
        until=day.ends_at,
    )


def _line(activity: Activity, written: Phrases) -> str:
    """`09:00 visit Boulangerie Tremblay`; the day is in the subject."""
    return shorten(f"{written.time(activity.starts_at)} {written.word(activity.kind)} {clean(activity.client_name)}")
