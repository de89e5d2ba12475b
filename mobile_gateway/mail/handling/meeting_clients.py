"""Which client a meeting is with."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy.orm import Session

from mobile_gateway.calendar.events import Invitation
from mobile_gateway.calendar.matching import match
from mobile_gateway.calendar.public_domains import PUBLIC_DOMAINS
from mobile_gateway.mail.handling.case import Case
from server.domain.clients import Client
from server.usecases import clients, contacts, invitations

MOST: Final = 3


@dataclass(frozen=True, slots=True)
class Candidates:
    """The client that is clearly meant, or those that may be, the likeliest first."""

    client: Client | None
    choices: tuple[Client, ...]


def candidates(session: Session, case: Case, invitation: Invitation) -> Candidates:
    """Whom the guests' addresses and the words of an invitation name among the clients that the rep may see."""
    policy = case.parts.services.policy
    portfolio = invitations.portfolio(session, case.person, policy)
    found = match(invitation, portfolio, contacts.addresses(session, case.person, policy), _own(case))
    if found.client:
        return Candidates(found.client, ())
    likely = [each.client for each in found.candidates]
    # A name that is only nearly said is worth asking about.
    near = (
        clients.find(session, case.person, policy, invitation.summary, MOST)
        if not likely and invitation.summary
        else []
    )
    return Candidates(None, tuple(likely or [each.client for each in near]))


def _own(case: Case) -> set[str]:
    domain = case.person.email.rpartition("@")[2].lower()
    company = set() if domain in PUBLIC_DOMAINS else {domain}
    return {case.parts.domain.lower(), case.person.email.lower(), *company}
