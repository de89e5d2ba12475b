"""tus 1.0.0 at the wire: what each request is answered, and that a note comes of it once."""

import base64
import hashlib
from email.utils import parsedate_to_datetime
from hashlib import sha256

import httpx
import pytest

from tests.wire.recordings import tone
from tests.wire.service import Service, settled
from tests.wire.uploads import BYTES, TUS, create, files_of, metadata, note_of, offset_of, path_of, send


def whole(device: httpx.Client, note: str, content: bytes) -> None:
    """The note's recording is what was sent."""
    original = device.get(f"/notes/{note}/audio?as=original").raise_for_status().content
    assert sha256(original).hexdigest() == sha256(content).hexdigest()


def test_options_tells_what_can_be_done(service: Service) -> None:
    """Without a credential and without a version: that is how clients find out."""
    answer = httpx.options(f"{service.url}/api/v1/uploads")
    assert answer.status_code == 204
    assert answer.headers["tus-version"] == "1.0.0"
    assert set(answer.headers["tus-extension"].split(",")) == {
        *("creation", "creation-with-upload", "creation-defer-length", "checksum", "expiration", "termination")
    }
    assert answer.headers["tus-checksum-algorithm"] == "sha1,sha256"
    assert answer.headers["tus-max-size"] == str(64 * 1024 * 1024)
    assert answer.headers["accept-patch"] == "application/partial-upload"


def test_a_recording_in_three_pieces_becomes_one_note(service: Service, annie: httpx.Client) -> None:
    """Each piece is answered with where it stands; the last one names the note, which is linked as it was told."""
    content = tone(2, 901)
    path = create(annie, len(content), {"filename": "memo.wav", "client": "C2", "text": "Été"})
    assert offset_of(annie, path) == 0
    for start, end in ((0, 7), (7, 20_000)):
        answer = send(annie, path, start, content[start:end])
        assert (answer.status_code, answer.headers["upload-offset"]) == (204, str(end))
        assert "content-location" not in answer.headers
    answer = send(annie, path, 20_000, content[20_000:])
    assert (answer.status_code, answer.headers["upload-offset"]) == (204, str(len(content)))
    note = settled(annie, note_of(answer))
    assert (note["state"], note["text"], note["link"]["client"]) == ("processed", "Été", "C2")
    assert note["audio"]["type"] == "audio/wav"
    whole(annie, note["id"], content)
    assert files_of(service, path) == []


def test_a_finished_upload_tells_its_note_again_and_again(annie: httpx.Client) -> None:
    """Whoever lost the last answer finds out by HEAD, by an empty PATCH, or from the refusal of a repeated one."""
    content = tone(1, 902)
    path = create(annie, len(content))
    note = note_of(send(annie, path, 0, content))
    asked = annie.head(path, headers=TUS)
    assert (asked.headers["upload-offset"], asked.headers["upload-length"]) == (str(len(content)),) * 2
    empty = send(annie, path, len(content), b"")
    repeated = send(annie, path, 0, content)
    assert (asked.status_code, empty.status_code, repeated.status_code) == (200, 204, 409)
    assert {note_of(answer) for answer in (asked, empty, repeated)} == {note}
    listed = [item["id"] for item in annie.get("/notes?limit=200").json()["items"]]
    assert listed.count(note) == 1


def test_a_recording_comes_with_its_creation(service: Service, annie: httpx.Client) -> None:
    """One request is enough, and its answer is the finishing one."""
    content = tone(1, 903)
    headers = BYTES | metadata(filetype="audio/wav", activity="A1") | {"Upload-Length": str(len(content))}
    answer = annie.post("/uploads", headers=headers, content=content)
    assert (answer.status_code, answer.headers["upload-offset"]) == (201, str(len(content)))
    assert offset_of(annie, path_of(answer)) == len(content)
    note = settled(annie, note_of(answer))
    assert (note["link"]["client"], note["link"]["activity"]) == ("C1", "A1")
    whole(annie, note["id"], content)
    assert files_of(service, path_of(answer)) == []


def test_a_creation_brings_its_first_bytes(annie: httpx.Client) -> None:
    """What came with it is where the next piece begins."""
    content = tone(1, 904)
    headers = BYTES | metadata(filename="a.wav") | {"Upload-Length": str(len(content))}
    answer = annie.post("/uploads", headers=headers, content=content[:5_000])
    assert (answer.status_code, answer.headers["upload-offset"]) == (201, "5000")
    assert "content-location" not in answer.headers
    whole(annie, note_of(send(annie, path_of(answer), 5_000, content[5_000:])), content)


def test_the_length_may_be_told_later(annie: httpx.Client) -> None:
    """While it records, a device does not know it; once told it holds."""
    content = tone(1, 905)
    answer = annie.post("/uploads", headers=TUS | metadata(filename="a.wav") | {"Upload-Defer-Length": "1"})
    path = path_of(answer)
    send(annie, path, 0, content[:900])
    asked = annie.head(path, headers=TUS)
    assert (asked.headers["upload-defer-length"], "upload-length" in asked.headers) == ("1", False)
    send(annie, path, 900, content[900:])
    last = send(annie, path, len(content), b"", **{"Upload-Length": str(len(content))})
    assert last.status_code == 204
    whole(annie, note_of(last), content)


@pytest.mark.parametrize("algorithm", ["sha1", "sha256"])
def test_checksums_are_checked(annie: httpx.Client, algorithm: str) -> None:
    """460 leaves the offset where it was; the right one moves it."""
    content = tone(1, 906 + len(algorithm))
    path = create(annie, len(content))

    def checksum(data: bytes) -> dict[str, str]:
        digest = hashlib.new(algorithm, data, usedforsecurity=False).digest()
        return {"Upload-Checksum": f"{algorithm} {base64.b64encode(digest).decode()}"}

    wrong = send(annie, path, 0, content[:500], **checksum(b"other"))
    assert (wrong.status_code, wrong.json()["code"]) == (460, "checksum-mismatch")
    assert offset_of(annie, path) == 0
    assert send(annie, path, 0, content[:500], **checksum(content[:500])).status_code == 204
    whole(annie, note_of(send(annie, path, 500, content[500:], **checksum(content[500:]))), content)


def test_a_creation_with_a_wrong_checksum_creates_nothing(service: Service, annie: httpx.Client) -> None:
    """The bytes are not kept, and there is no upload to go on with."""
    before = files_of(service)
    digest = base64.b64encode(sha256(b"other").digest()).decode()
    headers = BYTES | metadata(filename="a.wav") | {"Upload-Length": "3", "Upload-Checksum": f"sha256 {digest}"}
    answer = annie.post("/uploads", headers=headers, content=b"abc")
    assert (answer.status_code, "location" in answer.headers) == (460, False)
    assert files_of(service) == before


def test_an_upload_says_when_it_expires(annie: httpx.Client) -> None:
    """Seven days after the last progress, in every answer."""
    content = tone(1, 909)
    created = annie.post("/uploads", headers=TUS | metadata(filename="a.wav") | {"Upload-Length": str(len(content))})
    sent = send(annie, path_of(created), 0, content[:10])
    for answer in (created, sent):
        left = parsedate_to_datetime(answer.headers["upload-expires"]) - parsedate_to_datetime(answer.headers["date"])
        assert abs(left.total_seconds() - 7 * 86_400) < 10


def test_an_upload_can_be_ended(service: Service, annie: httpx.Client) -> None:
    """DELETE removes it with its bytes; a note that was made of it stays."""
    content = tone(1, 910)
    path = create(annie, len(content))
    send(annie, path, 0, content[:10])
    assert annie.delete(path, headers=TUS).status_code == 204
    assert files_of(service, path) == []
    assert annie.head(path, headers=TUS).status_code == 404
    assert send(annie, path, 10, content[10:]).status_code == 404
    done = create(annie, len(content))
    note = note_of(send(annie, done, 0, content))
    assert annie.delete(done, headers=TUS).status_code == 204
    assert annie.get(f"/notes/{note}").status_code == 200


def test_a_client_that_can_only_post_says_what_it_means(annie: httpx.Client) -> None:
    """X-HTTP-Method-Override stands for PATCH, HEAD and DELETE; without it POST is not for an upload."""
    content = tone(1, 911)
    path = create(annie, len(content))
    override = {"X-HTTP-Method-Override": "PATCH", "Upload-Offset": "0"}
    assert annie.post(path, headers=BYTES | override, content=content[:100]).status_code == 204
    asked = annie.post(path, headers=TUS | {"X-HTTP-Method-Override": "HEAD"})
    assert (asked.status_code, asked.headers["upload-offset"]) == (200, "100")
    assert annie.post(path, headers=TUS | {"X-HTTP-Method-Override": "DELETE"}).status_code == 204
    assert annie.post(path, headers=TUS).status_code == 405


def test_one_key_creates_one_upload(annie: httpx.Client) -> None:
    """A creation whose answer was lost is repeated: the same upload, with its progress; its body is not read again."""
    content = tone(1, 912)
    headers = metadata(filename="a.wav", client="C1") | {"Upload-Length": str(len(content)), "Idempotency-Key": "once"}
    first = annie.post("/uploads", headers=TUS | headers)
    send(annie, path_of(first), 0, content[:100])
    again = annie.post("/uploads", headers=BYTES | headers, content=content)
    assert (again.status_code, again.headers["location"]) == (201, first.headers["location"])
    assert again.headers["upload-offset"] == "100"
    note = note_of(send(annie, path_of(first), 100, content[100:]))
    assert note_of(annie.post("/uploads", headers=TUS | headers)) == note
    other = annie.post("/uploads", headers=TUS | headers | {"Upload-Length": "5"})
    assert (other.status_code, other.json()["code"]) == (422, "key-reused")


def test_the_same_recording_by_both_doors_is_one_note(annie: httpx.Client) -> None:
    """What came by POST /notes before comes as an upload: the note that is there."""
    content = tone(1, 913)
    note = annie.post("/notes", files={"audio": ("a.wav", content, "audio/wav")}).json()["id"]
    headers = BYTES | metadata(filename="a.wav") | {"Upload-Length": str(len(content))}
    assert note_of(annie.post("/uploads", headers=headers, content=content)) == note
    assert note_of(send(annie, create(annie, len(content)), 0, content)) == note


def test_an_empty_upload_with_a_text_is_a_text(annie: httpx.Client) -> None:
    """No type and no bytes: what was written counts, as with an empty body for POST /notes."""
    answer = annie.post("/uploads", headers=TUS | metadata(text="Rappeler lundi") | {"Upload-Length": "0"})
    assert answer.status_code == 201
    note = annie.get(f"/notes/{note_of(answer)}").json()
    assert (note["kind"], note["text"]) == ("text", "Rappeler lundi")
