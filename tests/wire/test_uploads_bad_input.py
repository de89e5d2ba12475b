"""Bad input to uploads: nothing of it is stored, and what was safe stays."""

import base64
import hashlib
import os
import socket
import time

import httpx
import pytest

from tests.wire.hostile import MEGABYTE, amr, call, heard
from tests.wire.recordings import tone
from tests.wire.service import Service, until
from tests.wire.uploads import BYTES, TUS, create, files_of, head, metadata, offset_of, send

BODY = 60 * MEGABYTE
NAMED = metadata(filename="memo.wav")
STRANGERS = {"none": {}, "wrong": {"Authorization": "Bearer cld_wrong"}, "cookie": {"Cookie": "calepin=cld_wrong"}}


@pytest.mark.parametrize("credential", STRANGERS)
def test_of_a_stranger_not_a_byte_is_stored(service: Service, annie: httpx.Client, credential: str) -> None:
    """401 after the headers alone, for a creation as for an upload that exists, whose offset stays."""
    path = create(annie, BODY)
    send(annie, path, 0, b"RIFF")
    before = files_of(service)
    for method, where, offset in (("POST", "/uploads", ""), ("PATCH", path, "Upload-Offset: 4\r\n")):
        told = BYTES | {"Content-Length": str(BODY), "Upload-Length": str(BODY)} | STRANGERS[credential]
        lines = "".join(f"{name}: {value}\r\n" for name, value in told.items())
        with call(service) as connection:
            first = f"{method} /api/v1{where} HTTP/1.1\r\nHost: 127.0.0.1\r\n{lines}{offset}\r\n"
            connection.sendall(first.encode() + bytes(1024))
            assert heard(connection).startswith(b"HTTP/1.1 401 ")
    assert files_of(service) == before
    assert [file.stat().st_size for file in files_of(service, path)] == [4]
    assert offset_of(annie, path) == 4


def test_another_rep_s_upload_answers_as_nothing(annie: httpx.Client, bob: httpx.Client) -> None:
    """HEAD, PATCH and DELETE of Bob's are answered as for an id that never was, to the letter."""
    path = create(annie, 1000)
    answers = []
    for where in (path, "/uploads/000000000000000000000000"):
        told = [bob.head(where, headers=TUS), send(bob, where, 0, b"x"), bob.delete(where, headers=TUS)]
        answers.append([(a.status_code, a.headers.get("upload-offset"), a.text[:100]) for a in told])
    assert answers[0] == answers[1]
    assert {status for status, _, _ in answers[0]} == {404}
    assert offset_of(annie, path) == 0


@pytest.mark.parametrize("version", [None, "0.2.2", "1.0.1", ""])
def test_another_version_is_refused(annie: httpx.Client, version: str | None) -> None:
    """412 names the one that is spoken; nothing is created, changed or told."""
    path = create(annie, 100)
    headers = {name: value for name, value in BYTES.items() if name != "Tus-Resumable"}
    headers |= {} if version is None else {"Tus-Resumable": version}
    answers = [
        annie.post("/uploads", headers=headers | NAMED | {"Upload-Length": "3"}, content=b"abc"),
        annie.patch(path, headers=headers | {"Upload-Offset": "0"}, content=b"abc"),
        annie.head(path, headers=headers),
        annie.delete(path, headers=headers),
    ]
    assert [answer.status_code for answer in answers] == [412] * 4
    assert {answer.headers["tus-version"] for answer in answers} == {"1.0.0"}
    assert offset_of(annie, path) == 0


@pytest.mark.parametrize("length", ["-1", "abc", "", "1.5", "1e9", "9" * 30, "0x10", "１２"])
def test_lengths_that_are_none(annie: httpx.Client, length: str) -> None:
    """400, and the field is named."""
    answer = annie.post("/uploads", headers=[*(TUS | NAMED).items(), ("Upload-Length", length.encode())])
    assert (answer.status_code, answer.json()["code"]) == (400, "malformed")


@pytest.mark.parametrize(
    "headers",
    [{}, {"Upload-Defer-Length": "2"}, {"Upload-Defer-Length": "1", "Upload-Length": "5"}],
    ids=["none", "another deferral", "both"],
)
def test_a_creation_says_its_length_or_that_it_will(annie: httpx.Client, headers: dict[str, str]) -> None:
    """Neither, both, or another deferral than 1: 400."""
    assert annie.post("/uploads", headers=TUS | NAMED | headers).status_code == 400


def test_more_than_the_largest_upload(annie: httpx.Client) -> None:
    """413 at creation, and where the length comes later."""
    limit = 64 * MEGABYTE
    assert annie.post("/uploads", headers=TUS | NAMED | {"Upload-Length": str(limit + 1)}).status_code == 413
    answer = annie.post("/uploads", headers=TUS | NAMED | {"Upload-Defer-Length": "1"})
    path = answer.headers["location"].removeprefix("/api/v1")
    assert send(annie, path, 0, b"x", **{"Upload-Length": str(limit + 1)}).status_code == 413
    assert offset_of(annie, path) == 0


def test_a_recording_longer_than_the_longest_note(service: Service, annie: httpx.Client) -> None:
    """Its first bytes tell the rate, its length the rest: 413 at once, and the upload is gone."""
    content = amr(10)
    path = create(annie, 40 * MEGABYTE, {"filetype": "audio/amr"})
    answer = send(annie, path, 0, content)
    assert (answer.status_code, answer.json()["title"]) == (413, "C'est plus que la limite de 60 min.")
    assert files_of(service, path) == []
    assert annie.head(path, headers=TUS).status_code == 404


@pytest.mark.parametrize("said", ["client !!!", "client QzE", "client QzE=,client QzI=", ",", "text /w=="])
def test_metadata_that_are_none(annie: httpx.Client, said: str) -> None:
    """Not base64, not UTF-8, twice the same key: 400."""
    answer = annie.post("/uploads", headers=TUS | {"Upload-Length": "5", "Upload-Metadata": said})
    assert (answer.status_code, answer.json()["field"]) == (400, "Upload-Metadata")


@pytest.mark.parametrize(
    ("fields", "status", "code"),
    [
        ({"client": "C3"}, 404, "client-not-found"),
        ({"client": "C999"}, 404, "client-not-found"),
        ({"activity": "A3"}, 404, "activity-not-found"),
        ({"client": "C2", "activity": "A1"}, 409, "activity-of-another-client"),
        ({"lat": "91"}, 422, "invalid"),
        ({"recorded_at": "yesterday"}, 422, "invalid"),
        ({"client": "x" * 101}, 422, "invalid"),
        ({"filetype": "image/png"}, 415, "unsupported"),
        ({"filetype": "text/html"}, 415, "unsupported"),
    ],
)
def test_metadata_that_no_note_could_have(
    service: Service, annie: httpx.Client, fields: dict[str, str], status: int, code: str
) -> None:
    """Refused as by POST /notes, before a byte is read; another's client answers like none."""
    before = files_of(service)
    headers = BYTES | metadata(**fields) | {"Upload-Length": "5"}
    answer = annie.post("/uploads", headers=headers, content=b"12345")
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert files_of(service) == before


def test_a_client_that_was_taken_away_meanwhile(
    service: Service, annie: httpx.Client, key: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Looked at again at the end: 404 like one that never was, no note, and the bytes are still there."""
    rows = [{"ref": "C9", "name": "Épicerie Roy", "manager": "annie@example.com"}]
    with service.office(key) as office:
        office.put("/clients", json=rows).raise_for_status()
        content = tone(1, 960)
        path = create(annie, len(content), {"filename": "a.wav", "client": "C9"})
        send(annie, path, 0, content[:100])
        office.put("/clients", json=[rows[0] | {"manager": "bob@example.com"}]).raise_for_status()
        answer = send(annie, path, 100, content[100:])
        assert (answer.status_code, answer.json()["code"]) == (404, "client-not-found")
        assert offset_of(annie, path) == 100
        office.put("/clients", json=rows).raise_for_status()
    assert send(annie, path, 100, content[100:]).status_code == 204


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Upload-Offset": "1"}, 409),
        ({"Upload-Offset": "-1"}, 400),
        ({"Upload-Offset": "x"}, 400),
        ({}, 400),
        ({"Upload-Offset": "0", "Content-Type": "audio/wav"}, 415),
        ({"Upload-Offset": "0", "Content-Type": "application/partial-upload"}, 415),
        ({"Upload-Offset": "0", "Upload-Checksum": "md5 AAAA"}, 400),
        ({"Upload-Offset": "0", "Upload-Checksum": "sha1 ?"}, 400),
        ({"Upload-Offset": "0", "Upload-Length": "99"}, 400),
    ],
)
def test_a_patch_that_is_wrong_writes_nothing(
    service: Service, annie: httpx.Client, headers: dict[str, str], status: int
) -> None:
    """The status says why, and the upload stands where it stood."""
    path = create(annie, 100)
    answer = annie.patch(path, headers=BYTES | headers, content=b"abc")
    assert answer.status_code == status
    assert answer.headers["tus-resumable"] == "1.0.0"
    assert files_of(service, path) == []
    assert offset_of(annie, path) == 0


@pytest.mark.parametrize("announced", [True, False])
def test_more_than_the_length_leaves_nothing_of_that_request(
    service: Service, annie: httpx.Client, announced: bool
) -> None:
    """Not even the bytes that would have fitted; what was safe before is gone on with."""
    content = tone(1, 961 + announced)
    path = create(annie, len(content))
    send(annie, path, 0, content[:50])
    more = content[50:] + b"x"
    answer = send(annie, path, 50, more if announced else iter([more[:100], more[100:]]))
    assert (answer.status_code, answer.json()["code"]) == (413, "overflow")
    assert offset_of(annie, path) == 50
    assert [file.stat().st_size for file in files_of(service, path)] == [50]
    assert send(annie, path, 50, content[50:]).status_code == 204


def test_a_creation_with_more_than_its_length_creates_nothing(service: Service, annie: httpx.Client) -> None:
    """Neither an upload nor a file."""
    before = files_of(service)
    answer = annie.post("/uploads", headers=BYTES | NAMED | {"Upload-Length": "2"}, content=b"abc")
    assert (answer.status_code, "location" in answer.headers) == (413, False)
    assert files_of(service) == before


def test_a_thousand_creations_without_a_body_fill_nothing(service: Service, key: str) -> None:
    """A hundred are open at most, none of them has a file, and the next ones are told what to do."""
    with service.device("annie@example.com", key) as device:
        before = files_of(service)
        answers = [device.post("/uploads", headers=TUS | NAMED | {"Upload-Length": "999999"}) for _ in range(1000)]
        assert [answer.status_code for answer in answers].count(201) == 100
        refused = answers[-1]
        assert (refused.status_code, refused.json()["code"]) == (429, "too-many-uploads")
        assert refused.headers["retry-after"] == "60"
        assert files_of(service) == before
        assert device.get("/me").status_code == 200
        device.delete(answers[0].headers["location"].removeprefix("/api/v1"), headers=TUS)
        create(device, 5)


def test_a_device_sends_so_much_at_once_and_no_more(service: Service, annie: httpx.Client) -> None:
    """The ninth body at the same time is told to wait; when one has ended there is a place."""
    paths = [create(annie, 1000) for _ in range(9)]
    stuck = []
    for path in paths[:8]:
        connection = call(service)
        connection.sendall(head(annie, "PATCH", path, BYTES | {"Upload-Offset": "0", "Content-Length": "10"}) + b"12")
        stuck.append(connection)
    until(lambda: all(files_of(service, path) for path in paths[:8]), 5, "all of them have begun")
    assert send(annie, paths[8], 0, b"x").status_code == 429
    stuck.pop().close()
    until(lambda: send(annie, paths[8], 0, b"x").status_code == 204, 5, "there is a place again")
    for connection in stuck:
        connection.close()


@pytest.mark.parametrize("ending", ["closed", "reset"])
def test_what_came_of_a_broken_connection_is_kept(service: Service, annie: httpx.Client, ending: str) -> None:
    """HEAD tells it, and the rest makes the note whole."""
    content = tone(2, 963 + len(ending))
    path = create(annie, len(content))
    told = BYTES | {"Upload-Offset": "0", "Content-Length": str(len(content))}
    with call(service) as connection:
        connection.sendall(head(annie, "PATCH", path, told) + content[:10_000])
        until(lambda: sum(file.stat().st_size for file in files_of(service, path)) == 10_000, 5, "they have come")
        if ending == "reset":
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
    until(lambda: offset_of(annie, path) == 10_000, 5, "what came is kept")
    answer = send(annie, path, 10_000, content[10_000:])
    note = answer.headers["content-location"].removeprefix("/api/v1")
    assert annie.get(f"{note}/audio?as=original").content == content


def test_what_came_of_a_broken_connection_with_a_checksum_is_not_kept(service: Service, annie: httpx.Client) -> None:
    """Nobody can say whether those bytes are right."""
    content = tone(1, 971)
    digest = base64.b64encode(hashlib.sha256(content).digest()).decode()
    path = create(annie, len(content))
    told = BYTES | {"Upload-Offset": "0", "Content-Length": str(len(content)), "Upload-Checksum": f"sha256 {digest}"}
    with call(service) as connection:
        connection.sendall(head(annie, "PATCH", path, told) + content[:1_000])
        until(lambda: files_of(service, path), 5, "they have come")
    time.sleep(0.2)
    assert offset_of(annie, path) == 0
    sent = send(annie, path, 0, content, **{"Upload-Checksum": f"sha256 {digest}"})
    assert sent.status_code == 204


def test_a_half_open_patch_does_not_block_its_own_resume(service: Service, annie: httpx.Client) -> None:
    """The phone has gone through a tunnel, its connection hangs: HEAD and PATCH on a new one are served at once."""
    content = tone(2, 972)
    path = create(annie, len(content))
    told = BYTES | {"Upload-Offset": "0", "Content-Length": str(len(content))}
    with call(service) as hanging:
        hanging.sendall(head(annie, "PATCH", path, told) + content[:9_000])
        until(lambda: sum(file.stat().st_size for file in files_of(service, path)) == 9_000, 5, "they have come")
        began = time.monotonic()
        assert offset_of(annie, path) == 9_000
        assert send(annie, path, 9_000, content[9_000:]).status_code == 204
        assert time.monotonic() - began < 2
        assert heard(hanging).startswith(b"HTTP/1.1 409 ")


def test_a_patch_takes_over_from_one_that_hangs(service: Service, annie: httpx.Client) -> None:
    """Without asking first, from the offset that was acknowledged last."""
    content = tone(2, 973)
    path = create(annie, len(content))
    told = BYTES | {"Upload-Offset": "0", "Content-Length": str(len(content))}
    with call(service) as hanging:
        hanging.sendall(head(annie, "PATCH", path, told) + os.urandom(9_000))
        until(lambda: sum(file.stat().st_size for file in files_of(service, path)) == 9_000, 5, "they have come")
        answer = send(annie, path, 0, content)
        assert answer.status_code == 204
        assert heard(hanging).startswith(b"HTTP/1.1 409 ")
    note = answer.headers["content-location"].removeprefix("/api/v1")
    assert annie.get(f"{note}/audio?as=original").content == content


@pytest.mark.parametrize("left", [None, 50])
def test_an_upload_whose_bytes_are_gone_is_gone(service: Service, annie: httpx.Client, left: int | None) -> None:
    """A database that was restored without its files: nothing is made up in their place, the client begins anew."""
    path = create(annie, 1000)
    send(annie, path, 0, bytes(100))
    (file,) = files_of(service, path)
    file.unlink() if left is None else os.truncate(file, left)
    answer = send(annie, path, 100, bytes(900))
    assert (answer.status_code, answer.json()["code"]) == (404, "upload-not-found")
    assert annie.head(path, headers=TUS).status_code == 404
    assert files_of(service, path) == []
