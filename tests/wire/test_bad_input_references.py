"""Bad input: clients, activities and notes that do not exist, or are somebody else's."""

from collections.abc import Callable
from urllib.parse import quote

import httpx
import pytest

from tests.wire.conftest import ANNIE
from tests.wire.recordings import tone
from tests.wire.service import Service, settled

# C3 is Bob's client and A3 his activity; C4 is Bob's too, and shared with Annie.
Ask = Callable[[httpx.Client, str], httpx.Response]

ABOUT_CLIENTS: dict[str, Ask] = {
    "brief": lambda device, ref: device.get(f"/clients/{ref}/brief"),
    "brief as text": lambda device, ref: device.get(f"/clients/{ref}/brief?as=text"),
    "note": lambda device, ref: device.post("/notes", data={"text": "Rappeler", "client": ref}),
    "recording": lambda device, ref: device.post(
        f"/notes?client={ref}", content=tone(0.2), headers={"Content-Type": "audio/wav"}
    ),
    "activity": lambda device, ref: device.post(
        "/activities", json={"client": ref, "starts_at": "2026-05-04T10:00:00-04:00"}
    ),
}
ABOUT_ACTIVITIES: dict[str, Ask] = {
    "read": lambda device, ref: device.get(f"/activities/{ref}"),
    "change": lambda device, ref: device.patch(f"/activities/{ref}", json={"subject": "Suivi"}),
    "complete": lambda device, ref: device.post(f"/activities/{ref}/complete"),
    "note": lambda device, ref: device.post("/notes", data={"text": "Rappeler", "activity": ref}),
}
ABOUT_NOTES: dict[str, Ask] = {
    "read": lambda device, uid: device.get(f"/notes/{uid}"),
    "listen": lambda device, uid: device.get(f"/notes/{uid}/audio"),
    "original": lambda device, uid: device.get(f"/notes/{uid}/audio?as=original"),
    "correct": lambda device, uid: device.patch(f"/notes/{uid}", json={"text": "Autre"}),
    "link": lambda device, uid: device.patch(f"/notes/{uid}", json={"client": "C1"}),
}


def alike(missing: httpx.Response, hidden: httpx.Response) -> None:
    """Both are the same 404 to the letter, apart from the request's id and the time."""
    assert (missing.status_code, hidden.status_code) == (404, 404)
    assert without_id(missing) == without_id(hidden)
    varying = ("x-request-id", "date")
    assert [pair for pair in missing.headers.items() if pair[0] not in varying] == [
        pair for pair in hidden.headers.items() if pair[0] not in varying
    ]


def without_id(answer: httpx.Response) -> dict[str, object]:
    return {name: value for name, value in answer.json().items() if name != "request_id"}


@pytest.fixture(scope="module")
def bob_s_note(bob: httpx.Client) -> str:
    """A recording of Bob's that belongs to no client."""
    uid: str = bob.post("/notes", files={"audio": ("memo.wav", tone(0.3, 700), "audio/wav")}).json()["id"]
    assert settled(bob, uid)["link"]["client"] is None
    return uid


@pytest.mark.parametrize("how", ABOUT_CLIENTS)
def test_a_client_of_another_s_is_a_client_that_is_not_there(annie: httpx.Client, how: str) -> None:
    """On every road the two answers are one; and the client is there for whom it belongs to."""
    alike(ABOUT_CLIENTS[how](annie, "C9"), ABOUT_CLIENTS[how](annie, "C3"))
    assert ABOUT_CLIENTS[how](annie, "C4").is_success


@pytest.mark.parametrize("how", ABOUT_ACTIVITIES)
def test_an_activity_of_another_s_is_an_activity_that_is_not_there(annie: httpx.Client, how: str) -> None:
    """On every road the two answers are one, whether the activity's client is visible or not."""
    alike(ABOUT_ACTIVITIES[how](annie, "A9"), ABOUT_ACTIVITIES[how](annie, "A3"))


@pytest.mark.parametrize("how", ABOUT_NOTES)
def test_a_note_of_another_s_is_a_note_that_is_not_there(annie: httpx.Client, bob_s_note: str, how: str) -> None:
    """On every road the two answers are one, the recording's included."""
    alike(ABOUT_NOTES[how](annie, "0123456789abcdef01234567"), ABOUT_NOTES[how](annie, bob_s_note))


@pytest.mark.parametrize("change", [{"client": "C3"}, {"activity": "A3"}])
def test_an_own_note_cannot_be_given_to_what_one_does_not_see(annie: httpx.Client, change: dict[str, str]) -> None:
    """Linking by hand to a hidden client or activity is the same 404, and leaves the link as it was."""
    note = settled(annie, annie.post("/notes", data={"text": f"Pour {change}"}).json()["id"])
    absent = dict.fromkeys(change, "X9")
    alike(annie.patch(f"/notes/{note['id']}", json=absent), annie.patch(f"/notes/{note['id']}", json=change))
    assert annie.get(f"/notes/{note['id']}").json() == note


def test_a_search_does_not_find_what_one_does_not_see(annie: httpx.Client) -> None:
    """Another's client is in no list, and asking for its brief by name is a name that nobody has."""
    assert annie.get("/clients?q=Hardware Smith").json()["items"] == []
    alike(annie.get("/briefs?client=Zzyzx Qwfp"), annie.get("/briefs?client=Hardware Smith"))


@pytest.mark.parametrize("ref", ["2026/7", "É☃ n° 1", "a?b#c%2F", "complete"])
def test_a_reference_of_another_system_is_found_whatever_it_is_made_of(
    service: Service, key: str, annie: httpx.Client, ref: str
) -> None:
    """Slashes, accents and marks in references of clients and activities travel escaped in addresses and headers."""
    name = f"Chez {ref}"
    with service.office(key) as office:
        office.put("/clients", json=[{"ref": ref, "name": name, "manager": ANNIE}]).raise_for_status()
    assert annie.get(f"/clients/{quote(ref, safe='')}/brief").json()["client"]["name"] == name
    new = {"client": ref, "ref": ref, "starts_at": "2026-05-04T10:00:00-04:00"}
    planned = annie.post("/activities", json=new)
    assert planned.status_code == 201
    assert annie.get(planned.headers["location"].removeprefix("/api/v1")).json() == planned.json()
    noted = annie.post("/notes", data={"text": "Vu", "activity": ref})
    settled(annie, noted.json()["id"])
    done = annie.post(f"/activities/{quote(ref, safe='')}/complete")
    assert (done.status_code, done.json()["state"]) == (200, "done")


@pytest.mark.parametrize("ref", ["", "a\r\nSet-Cookie: calepin=x", "a\0b", "x" * 101])
def test_a_reference_that_would_break_a_header_is_refused(annie: httpx.Client, ref: str) -> None:
    """Control characters, nothing and too much are no reference: 422 names the field."""
    answer = annie.post("/activities", json={"client": "C1", "ref": ref, "starts_at": "2026-05-04T10:00"})
    assert (answer.status_code, answer.json()["field"]) == (422, "ref")


def test_no_road_has_made_a_note(annie: httpx.Client, bob: httpx.Client) -> None:
    """Refused notes are not kept, neither with the sender nor with the client's owner."""
    assert all(note["link"]["client"] != "C3" for note in annie.get("/notes?limit=200").json()["items"])
    assert bob.get("/clients/C3/brief").json()["notes"] == []
