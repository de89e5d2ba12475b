"""The calendar feed, and what a rep wants by mail."""

import httpx
import pytest
from icalendar import Calendar

from tests.wire.service import Service


@pytest.fixture
def feed(annie: httpx.Client) -> str:
    """A new address of Annie's feed."""
    address: str = annie.post("/me/calendar").raise_for_status().json()["url"]
    return address


def events(text: str) -> dict[str, Calendar]:
    """The events of a calendar by their summary."""
    calendar = Calendar.from_ical(text)
    return {str(event["summary"]): event for event in calendar.walk("VEVENT")}


def test_a_calendar_program_reads_the_agenda_with_the_brief_inside(feed: str) -> None:
    """Without a credential but the address: private events, the brief in what is ahead, nobody else invited."""
    answer = httpx.get(feed).raise_for_status()
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    found = events(answer.text)
    ahead = found["Suivi (Garage Roy & Fils ltée)"]
    assert str(ahead["description"]).startswith("Garage Roy & Fils ltée\n")
    assert (str(ahead["class"]), ahead.get("attendee"), ahead.get("organizer")) == ("PRIVATE", None, None)
    assert str(found["Suivi (Boulangerie Tremblay inc.)"]["uid"]).startswith("activity-A1@")
    assert "Hardware" not in answer.text


def test_it_is_not_sent_again_while_it_is_the_same(feed: str, annie: httpx.Client) -> None:
    """304 for its ETag; a change to an activity changes both, and raises the event's sequence."""
    first = httpx.get(feed)
    again = httpx.get(feed, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    annie.patch("/activities/A2", json={"subject": "Devis"}).raise_for_status()
    changed = httpx.get(feed, headers={"If-None-Match": first.headers["etag"]})
    assert changed.status_code == 200
    before, after = events(first.text), events(changed.text)
    moved = after["Devis (Garage Roy & Fils ltée)"]
    assert moved["sequence"] > before["Suivi (Garage Roy & Fils ltée)"]["sequence"]
    annie.patch("/activities/A2", json={"subject": "Suivi"}).raise_for_status()


def test_a_new_address_ends_the_old_one_and_deleting_ends_it(feed: str, annie: httpx.Client) -> None:
    """Not found, exactly as an address that never was."""
    newer = annie.post("/me/calendar").json()["url"]
    never = newer.replace("/calendar/", "/calendar/x")
    assert [httpx.get(address).status_code for address in (feed, newer, never)] == [404, 200, 404]
    assert annie.delete("/me/calendar").status_code == 204
    assert httpx.get(newer).status_code == 404
    assert httpx.get(f"{newer}{'x' * 5000}.ics").status_code == 404


def test_a_rep_says_what_they_want_by_mail(annie: httpx.Client, bob: httpx.Client) -> None:
    """Receipts, the minutes before a meeting and the digest's hour; nobody else's are touched."""
    before = annie.get("/me").json()["mail"]
    assert before == {"address": None, "receipt": "trouble", "brief_minutes": 15, "digest_hour": None}
    changed = annie.patch("/me", json={"receipt": "always", "brief_minutes": 30, "digest_hour": 7})
    assert changed.json()["mail"] == before | {"receipt": "always", "brief_minutes": 30, "digest_hour": 7}
    assert annie.patch("/me", json={"digest_hour": None}).json()["mail"]["digest_hour"] is None
    assert annie.get("/me").json()["mail"]["receipt"] == "always"
    assert bob.get("/me").json()["mail"] == before


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"receipt": "sometimes"},
        {"brief_minutes": -1},
        {"brief_minutes": 241},
        {"digest_hour": 24},
        {"receipt": None},
    ],
)
def test_a_wish_that_cannot_be_is_refused(annie: httpx.Client, body: dict[str, object]) -> None:
    """422 with the field that is wrong, and nothing changes."""
    before = annie.get("/me").json()["mail"]
    refused = annie.patch("/me", json=body)
    assert refused.status_code == 422
    assert annie.get("/me").json()["mail"] == before


def test_without_mail_no_address_is_given(service: Service, annie: httpx.Client) -> None:
    """This service takes none: 404 with the remedy."""
    refused = annie.post("/me/mail-address")
    assert (refused.status_code, refused.json()["type"].rpartition(":")[2].rpartition("/")[2]) == (404, "no-mail")
    assert httpx.get(f"{service.url}/calendar/.ics").status_code == 404
