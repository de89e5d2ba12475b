"""Bad input: more than is allowed, in bytes or in minutes."""

import select
from collections.abc import Iterator

import httpx
import pytest

from tests.wire.conftest import found_company
from tests.wire.hostile import MEGABYTE, amr, call, form, heard, left_behind
from tests.wire.recordings import tone
from tests.wire.service import Service, settled

FORM = "multipart/form-data; boundary=cut"
MINUTE_OF_WAV = 2 * 8_000 * 60


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A service that takes a megabyte and a minute at most."""
    narrow = {"CALEPIN_LARGEST_UPLOAD_MB": "1", "CALEPIN_LONGEST_NOTE_MINUTES": "1"}
    running = Service(tmp_path_factory.mktemp("narrow") / "data", settings=narrow).start()
    found_company(running)
    yield running
    running.end()


def refused(answer: httpx.Response, limit: str) -> None:
    """A 413 whose sentence names the limit."""
    assert answer.status_code == 413
    assert limit in answer.json()["title"]
    assert answer.json()["code"] == "too-large"


def post(device: httpx.Client, *lines: str) -> bytes:
    """The head of an upload."""
    credential = f"Authorization: {device.headers['authorization']}"
    return "\r\n".join(["POST /api/v1/notes HTTP/1.1", "Host: 127.0.0.1", credential, *lines, "", ""]).encode()


@pytest.mark.parametrize(("kind", "announced"), [("audio/mpeg", MEGABYTE + 1), (FORM, 2 * MEGABYTE + 1)])
def test_an_announced_excess_is_refused_at_once(
    service: Service, annie: httpx.Client, kind: str, announced: int
) -> None:
    """Content-Length admits it: 413 comes before the first byte of the body."""
    with call(service) as connection:
        wanted = (f"Content-Type: {kind}", f"Content-Length: {announced}", "Expect: 100-continue")
        connection.sendall(post(annie, *wanted))
        assert heard(connection).startswith(b"HTTP/1.1 413 ")


def chunks(kind: str, megabytes: int) -> Iterator[bytes]:
    """The body of an upload that is far too large."""
    pieces = (bytes(MEGABYTE // 4) for _ in range(4 * megabytes))
    return form(pieces, kind="audio/mpeg") if kind == FORM else pieces


@pytest.mark.parametrize("kind", ["audio/mpeg", FORM])
def test_an_excess_that_nobody_announced_stops_at_the_limit(service: Service, annie: httpx.Client, kind: str) -> None:
    """A chunked body is refused while it streams, long before its end, and nothing of it stays."""
    before = annie.get("/notes").json()
    sent = 0
    with call(service) as connection:
        connection.sendall(post(annie, f"Content-Type: {kind}", "Transfer-Encoding: chunked"))
        for piece in chunks(kind, 100):
            connection.sendall(f"{len(piece):x}\r\n".encode() + piece + b"\r\n")
            sent += len(piece)
            if select.select([connection], [], [], 0.01)[0]:
                break
        assert heard(connection).startswith(b"HTTP/1.1 413 ")
    assert sent < 20 * MEGABYTE
    assert left_behind(service) == []
    assert annie.get("/notes").json() == before


@pytest.mark.parametrize("kind", ["audio/mpeg", FORM])
def test_who_listens_only_at_the_end_hears_the_refusal_too(annie: httpx.Client, kind: str) -> None:
    """A client that sends all of its chunks before it reads the answer finds the 413, not a broken connection."""
    refused(annie.post("/notes", content=chunks(kind, 20), headers={"Content-Type": kind}), "1 M")


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("audio/wav", tone(1) + bytes(MINUTE_OF_WAV + 64 * 1024)),
        ("audio/amr", amr(120)),
        ("audio/amr", b"\x23!AMR-WB\n" + bytes(61 * 50 * 60 + 64 * 1024)),
    ],
    ids=["WAV", "AMR", "AMR-WB"],
)
@pytest.mark.parametrize("as_form", [False, True], ids=["raw", "form"])
def test_more_minutes_than_allowed_are_told_by_the_bytes(
    service: Service, annie: httpx.Client, kind: str, content: bytes, as_form: bool
) -> None:
    """Formats with a fixed rate are refused as too long while they come in, well below the largest upload."""
    assert len(content) < MEGABYTE + 64 * 1024
    if as_form:
        answer = annie.post("/notes", files={"audio": ("memo", content, kind)})
    else:
        answer = annie.post("/notes", content=content, headers={"Content-Type": kind})
    refused(answer, "1 min")
    assert left_behind(service) == []


def test_the_largest_upload_itself_is_taken(annie: httpx.Client) -> None:
    """The limit is what is allowed, to the byte; the form around it does not count."""
    content = (b"ID3" + bytes(MEGABYTE))[:MEGABYTE]
    answer = annie.post("/notes", files={"audio": ("memo.mp3", content, "audio/mpeg")})
    assert answer.status_code == 201
    assert answer.json()["audio"]["bytes"] == MEGABYTE
    refused(annie.post("/notes", files={"audio": ("memo.mp3", content + b"\0", "audio/mpeg")}), "1 M")


def test_what_turns_out_too_long_is_kept_and_failed(annie: httpx.Client) -> None:
    """Where the bytes do not tell, decoding does: the note is failed with the reason, its recording still there."""
    content = amr(70, mode=0)
    note = settled(annie, annie.post("/notes", files={"audio": ("memo.amr", content, "audio/amr")}).json()["id"])
    assert note["state"] == "failed"
    assert "longue" in note["reason"] or "long" in note["reason"]
    assert annie.get(f"/notes/{note['id']}/audio?as=original").content == content


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"text": "x" * 20_001}, 422),
        ({"text": "x" * 130 * 1024}, 413),
        ({"text": "Rappeler", "client": "C" * 101}, 422),
        ({"text": "Rappeler", "lat": "91"}, 422),
        ({"text": "Rappeler", "lat": "nan"}, 422),
        ({"text": "Rappeler", "recorded_at": "9" * 40}, 422),
        ({f"field{number}": "x" for number in range(50)}, 422),
        ({}, 422),
    ],
    ids=["text", "a field", "reference", "latitude", "no number", "time", "number of fields", "nothing"],
)
def test_fields_have_limits_too(annie: httpx.Client, fields: dict[str, str], status: int) -> None:
    """What is too long, too many or out of range is refused with the field's name, and no note is made."""
    before = annie.get("/notes").json()
    answer = annie.post("/notes", files={name: (None, value) for name, value in fields.items()} or {"a": (None, "")})
    assert answer.status_code == status, answer.text
    assert annie.get("/notes").json() == before


def test_an_idempotency_key_has_a_length(annie: httpx.Client) -> None:
    """256 characters are no key: 422 names the header."""
    before = annie.get("/notes").json()
    answer = annie.post("/notes", data={"text": "Rappeler"}, headers={"Idempotency-Key": "k" * 256})
    assert (answer.status_code, answer.json()["field"]) == (422, "Idempotency-Key")
    assert annie.get("/notes").json() == before
