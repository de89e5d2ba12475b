"""The answer to an invitation: words, and for a calendar that invited us ACCEPTED (RFC 5546)."""

from mobile_gateway.calendar.events import Answer as Participation
from mobile_gateway.calendar.events import Invitation, Method, Party
from mobile_gateway.calendar.replies import reply
from mobile_gateway.mail.handling.case import Case
from mobile_gateway.mail.handling.letters import Answer, reply_subject
from mobile_gateway.mail.layout import said


def accepted(case: Case, invitation: Invitation, told: str) -> Answer:
    """What was noted. It is an answer to the calendar where the sender is the organizer and has invited us.

    To another organizer nothing is answered: mail goes to registered addresses only.
    """
    ours = _invited_as(case, invitation)
    if ours is None:
        return Answer(reply_subject(case, "your-meeting"), said(told))
    subject = case.word("accepted", subject=invitation.summary or case.word("your-meeting"))
    return Answer(subject, said(told), calendar=reply(invitation, ours, Participation.ACCEPTED, case.now))


def _invited_as(case: Case, invitation: Invitation) -> Party | None:
    if invitation.method is not Method.REQUEST or invitation.organizer.address != case.person.email.lower():
        return None
    domain = case.parts.domain.lower()
    for attendee in invitation.attendees:
        if attendee.address == case.received.recipient.lower() or attendee.address.endswith(f"@{domain}"):
            return Party(attendee.address, attendee.name)
    return None
