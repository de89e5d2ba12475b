"""Bad input: the same thing twice, the same key for two things, and what only one of the databases would refuse."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from threading import Barrier

import httpx
import pytest

from tests.wire.conftest import ANNIE, found_company
from tests.wire.databases import database_of
from tests.wire.hostile import left_behind, other_tone
from tests.wire.recordings import tone
from tests.wire.service import Service

AT_ONCE = 8


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def service(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A service on each kind of database."""
    with database_of(request, request.param) as url:
        running = Service(tmp_path_factory.mktemp(request.param) / "data", database_url=url).start()
        found_company(running)
        yield running
        running.end()


def at_once(device: httpx.Client, requests: list[dict[str, object]]) -> list[httpx.Response]:
    """The answers to uploads that are all sent at the same moment, each on a connection of its own."""
    gate = Barrier(len(requests))

    def send(fields: dict[str, object]) -> httpx.Response:
        with httpx.Client(base_url=device.base_url, headers=device.headers, timeout=30) as client:
            client.get("/me").raise_for_status()
            gate.wait()
            return client.request("POST", "/notes", **fields)  # type: ignore[arg-type]

    with ThreadPoolExecutor(len(requests)) as senders:
        return list(senders.map(send, requests))


def names(device: httpx.Client) -> list[str]:
    return [note["id"] for note in device.get("/notes?limit=200").json()["items"]]


@pytest.mark.parametrize("keyed", [False, True], ids=["same bytes", "same bytes and key"])
def test_the_same_recording_at_once_is_one_note(service: Service, annie: httpx.Client, keyed: bool) -> None:
    """Eight senders of one recording get one note: one of them 201, the others 200, and one file lies on the disk."""
    content = other_tone(10 + keyed)
    upload = {"files": {"audio": ("memo.wav", content, "audio/wav")}}
    key = {"headers": {"Idempotency-Key": "memo-1"}} if keyed else {}
    answers = at_once(annie, [upload | key] * AT_ONCE)
    assert sorted(answer.status_code for answer in answers) == [200] * (AT_ONCE - 1) + [201]
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert len({answer.headers["location"] for answer in answers}) == 1
    assert names(annie).count(answers[0].json()["id"]) == 1
    assert left_behind(service).count(sha256(content).hexdigest()) == 1


def test_one_key_for_different_contents_at_once_is_one_note(annie: httpx.Client) -> None:
    """Of eight contents that race for one key the first is kept; the others are told 422 and are not kept."""
    before = len(names(annie))
    key = {"headers": {"Idempotency-Key": "race"}}
    answers = at_once(annie, [{"data": {"text": f"Note {number}"}} | key for number in range(AT_ONCE)])
    assert sorted(answer.status_code for answer in answers) == [201] + [422] * (AT_ONCE - 1)
    assert {answer.json()["code"] for answer in answers if answer.status_code == 422} == {"key-reused"}
    assert len(names(annie)) == before + 1


def test_a_key_answers_for_its_content_and_no_other(annie: httpx.Client) -> None:
    """The same key and content give the note that is there; other content under the key is 422 and not kept."""
    key = {"Idempotency-Key": "memo-2"}
    form = {"text": "Veut 40 caisses", "client": "C1"}
    first = annie.post("/notes", data=form, headers=key)
    again = annie.post("/notes", data=form, headers=key)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json()["id"] == again.json()["id"]
    before = names(annie)
    for other in ({"data": form | {"text": "Autre"}}, {"data": form | {"client": "C2"}}, {"data": {"text": "Autre"}}):
        refused = annie.post("/notes", headers=key, **other)
        assert (refused.status_code, refused.json()["code"]) == (422, "key-reused")
    recording = annie.post("/notes", headers=key, files={"audio": ("memo.wav", tone(0.2), "audio/wav")})
    assert recording.status_code == 422
    assert names(annie) == before


def test_a_key_is_one_rep_s_own(annie: httpx.Client, bob: httpx.Client) -> None:
    """Two reps may choose the same key; and the same recording from two reps is two notes."""
    for fields in ({"data": {"text": "Rappeler"}}, {"files": {"audio": ("memo.wav", other_tone(20), "audio/wav")}}):
        key = {"Idempotency-Key": f"shared-{'files' in fields}"}
        answers = [device.post("/notes", headers=key, **fields) for device in (annie, bob)]  # type: ignore[arg-type]
        assert [answer.status_code for answer in answers] == [201, 201]
        assert answers[0].json()["id"] != answers[1].json()["id"]


@pytest.mark.parametrize("kind", ["audio/" + "x" * 300, "audio/amr; name=" + "x" * 300, "audio/\xe9"])
@pytest.mark.parametrize("as_form", [False, True], ids=["raw", "form"])
def test_a_type_of_any_length_is_taken(annie: httpx.Client, kind: str, as_form: bool) -> None:
    """What a device calls its recording may be longer than a column; the recording is kept all the same."""
    content = other_tone(30 + len(kind) + as_form)
    if as_form:
        answer = annie.post("/notes", files={"audio": ("memo", content, kind)})
    else:
        answer = annie.post("/notes", content=content, headers={b"Content-Type": kind.encode("latin-1")})
    assert answer.status_code == 201, answer.text


@pytest.mark.parametrize(
    "path", ["/clients/%00/brief", "/clients/%ff/brief", "/clients/%ED%A0%80/brief", "/notes/%00", "/activities/%00"]
)
def test_an_address_with_bytes_that_are_no_text_is_not_found(annie: httpx.Client, path: str) -> None:
    """NUL and broken UTF-8 in a path name nothing that is there."""
    assert annie.get(path).status_code == 404


@pytest.mark.parametrize(
    "content", [b'{"text": "a\\u0000b"}', b'{"text": "\\ud800"}', b'{"text": "a", "client": "\\udfff"}']
)
def test_text_with_marks_that_are_no_letters_is_no_fault(annie: httpx.Client, content: bytes) -> None:
    """NUL and halves of surrogate pairs in a note's JSON are left out or refused, never a 500."""
    answer = annie.post("/notes", content=content, headers={"Content-Type": "application/json"})
    assert answer.status_code in (200, 201, 404, 422), answer.text


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("PATCH", "/notes/{note}", {"text": "a\0b"}),
        ("PATCH", "/notes/{note}", {"client": "C\0"}),
        ("POST", "/activities", {"client": "C1", "starts_at": "2026-05-04T10:00", "subject": "a\0b"}),
        ("POST", "/activities", {"client": "C1", "starts_at": "2026-05-04T10:00", "ref": "a\0b"}),
        ("POST", "/activities", {"client": "C\0", "starts_at": "2026-05-04T10:00"}),
        ("PATCH", "/activities/A2", {"result": "a\0b"}),
        ("GET", "/clients?q=%00", None),
        ("GET", "/briefs?client=%00", None),
        ("GET", "/notes?since=%00", None),
        ("GET", "/notes?cursor=%00", None),
        ("POST", "/enrolments", {"code": "a\0b", "name": "a\0b", "platform": "a\0b"}),
        ("POST", "/enrolments", {"code": "{code}", "name": "a\0b", "platform": "a\0b"}),
    ],
)
def test_nul_is_no_fault_anywhere(
    service: Service, key: str, annie: httpx.Client, method: str, path: str, body: dict[str, str] | None
) -> None:
    """PostgreSQL takes no NUL in a text: it is left out or refused on both databases, never a 500."""
    note = annie.post("/notes", data={"text": "Rappeler"}).json()["id"]
    if body and body.get("code") == "{code}":
        with service.office(key) as office:
            body = body | {"code": office.post("/devices", json={"rep": ANNIE}).json()["code"]}
    answer = annie.request(method, path.format(note=note), json=body)
    assert answer.status_code < 500, answer.text
    office_answer = httpx.post(
        f"{service.url}/office/api/v1/devices", json={"rep": "a\0b"}, headers={"Authorization": f"Bearer {key}"}
    )
    assert office_answer.status_code in (404, 422)
