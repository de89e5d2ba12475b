"""Which client an invitation means, or between which ones to ask."""

from collections.abc import Mapping

import pytest

from mobile_gateway.calendar.events import Invitation
from mobile_gateway.calendar.invitations import read_invitation
from mobile_gateway.calendar.matching import Match, match
from server.domain.clients import Client
from tests.mobile_gateway.calendar import samples
from tests.mobile_gateway.calendar.samples import event


def _client(number: int, ref: str, name: str) -> Client:
    return Client(number, ref, name, "A", "active", None, "Québec", "")


TREMBLAY = _client(1, "C-0412", "Boulangerie Tremblay inc.")
GARAGE = _client(2, "C-0977", "Garage Roy ltée")
ATELIER = _client(3, "C-1003", "Atelier Paul Bédard")
GARAGE_TREMBLAY = _client(4, "C-2001", "Garage Tremblay")
PORTFOLIO = (TREMBLAY, GARAGE, ATELIER, GARAGE_TREMBLAY)
CONTACTS: Mapping[str, tuple[str, ...]] = {
    "jtremblay@boulangerie.example": ("C-0412",),
    "achats@garage-roy.example": ("C-0977",),
    "paul@gmail.com": ("C-1003",),
    "comptable@conseil.example": ("C-0412", "C-0977"),
    "a@groupe.example": ("C-0977",),
    "b@groupe.example": ("C-1003",),
    "secret@elsewhere.example": ("C-9999",),
}
OWN = ("here.example", "notes@calepin.example")


def _match(summary: str = "Rencontre", *attendees: str, location: str = "", description: str = "") -> Match:
    invited = [f"ATTENDEE:mailto:{address}" for address in attendees]
    words = (f"SUMMARY:{summary}", f"LOCATION:{location}", f"DESCRIPTION:{description}")
    read = read_invitation(event("DTSTART:20260307T100000Z", "ORGANIZER:mailto:marie@here.example", *words, *invited))
    assert read is not None
    return match(read, PORTFOLIO, CONTACTS, OWN)


def _read(text: str) -> Invitation:
    invitation = read_invitation(text)
    assert invitation is not None
    return invitation


@pytest.mark.parametrize(
    ("found", "client", "code"),
    [
        (_match("Rencontre", "JTremblay@boulangerie.example"), TREMBLAY, "attends"),
        (_match("Rencontre", "stagiaire@garage-roy.example"), GARAGE, "attends-domain"),
        (_match("Revue annuelle, boulangerie TREMBLAY"), TREMBLAY, "named"),
        (_match("Rencontre", location="Garage Roy\\, 12 rue Saint-Jean"), GARAGE, "named"),
        (_match("Dossier C-1003"), ATELIER, "named"),
        (_match("Rencontre", "paul@gmail.com"), ATELIER, "attends"),
        (_match("Rencontre", "comptable@conseil.example", location="Garage Roy"), GARAGE, "named"),
    ],
)
def test_a_clear_invitation_has_its_client(found: Match, client: Client, code: str) -> None:
    """By a contact's address, a domain of one client, a name in subject or place, a reference."""
    assert found.client == client
    assert found.candidates[0].client == client
    assert found.candidates[0].evidence[0].code == code


@pytest.mark.parametrize(
    ("found", "refs"),
    [
        (_match("Rencontre", "jtremblay@boulangerie.example", "achats@garage-roy.example"), ["C-0412", "C-0977"]),
        (_match("Rencontre", "comptable@conseil.example"), ["C-0412", "C-0977"]),
        (_match("Chez Tremblay"), ["C-0412", "C-2001"]),
        (_match("Rencontre", description="On reparle de Garage Roy"), ["C-0977"]),
        (_match("Garage Roy", "jtremblay@boulangerie.example"), ["C-0412", "C-0977"]),
    ],
)
def test_an_unclear_invitation_has_candidates(found: Match, refs: list[str]) -> None:
    """Two clients invited, one accountant of two, a name that two bear, a mention in passing, a contradiction."""
    assert found.client is None
    assert sorted(candidate.client.ref for candidate in found.candidates) == refs
    assert all(candidate.evidence for candidate in found.candidates)


@pytest.mark.parametrize(
    "found",
    [
        _match(),
        _match("Rencontre", "someone@gmail.com"),
        _match("Rencontre", "third@groupe.example"),
        _match("Rencontre", "secret@elsewhere.example", "other@elsewhere.example"),
        _match("Rencontre", "colleague@here.example", "notes@calepin.example"),
    ],
)
def test_what_says_nothing_has_no_candidates(found: Match) -> None:
    """Public mail domains, domains of several clients, clients that the rep may not see, our own people."""
    assert found == Match(None, ())


def test_the_name_decides_between_two_that_are_invited() -> None:
    """Both sides attend; the subject says whose meeting it is."""
    found = _match("Garage Roy", "jtremblay@boulangerie.example", "achats@garage-roy.example")
    assert found.client == GARAGE
    assert [candidate.client for candidate in found.candidates] == [GARAGE, TREMBLAY]


def test_real_dialects_find_their_clients() -> None:
    """Outlook's and Google's samples by address and name together."""
    assert match(_read(samples.OUTLOOK_REQUEST), PORTFOLIO, CONTACTS, OWN).client == TREMBLAY
    assert match(_read(samples.GOOGLE_SERIES), PORTFOLIO, CONTACTS, OWN).client == GARAGE
    assert match(_read(samples.APPLE_REQUEST), PORTFOLIO, CONTACTS, OWN).client is None
