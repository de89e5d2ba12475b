"""draft-ietf-httpbis-resumable-upload, interop version 8, at the wire: the same uploads in another language."""

from hashlib import sha256

import httpx
import pytest

from tests.wire.recordings import tone
from tests.wire.service import settled
from tests.wire.uploads import DRAFT, PARTIAL, TUS, create, note_of, offset_of, path_of

WAV = {"Content-Type": "audio/wav"}
PROBLEMS = "https://iana.org/assignments/http-problem-types#"


def append(device: httpx.Client, path: str, offset: int, content: bytes, complete: str = "?0") -> httpx.Response:
    headers = PARTIAL | {"Upload-Offset": str(offset), "Upload-Complete": complete}
    return device.patch(path, headers=headers, content=content)


def begin(device: httpx.Client, content: bytes, complete: str = "?0", query: str = "") -> httpx.Response:
    return device.post(f"/uploads{query}", headers=DRAFT | WAV | {"Upload-Complete": complete}, content=content)


def test_a_whole_recording_in_one_request(annie: httpx.Client) -> None:
    """The answer is the note, as from POST /notes; its fields came in the query."""
    content = tone(1, 941)
    answer = begin(annie, content, "?1", "?client=C2")
    assert (answer.status_code, answer.headers["upload-complete"]) == (201, "?1")
    assert answer.headers["upload-offset"] == str(len(content))
    assert answer.json()["id"] == note_of(answer)
    assert settled(annie, note_of(answer))["link"]["client"] == "C2"


def test_a_recording_that_is_gone_on_with(annie: httpx.Client) -> None:
    """Created with its beginning, asked for its offset, appended to, completed: the note is whole."""
    content = tone(1, 942)
    created = begin(annie, content[:100])
    assert (created.status_code, created.headers["upload-complete"]) == (201, "?0")
    assert "max-size=67108864" in created.headers["upload-limit"]
    path = path_of(created)
    asked = annie.head(path, headers=DRAFT)
    assert (asked.status_code, asked.headers["upload-offset"], asked.headers["upload-complete"]) == (204, "100", "?0")
    assert asked.headers["cache-control"] == "no-store"
    more = append(annie, path, 100, content[100:5_000])
    assert (more.status_code, more.headers["upload-offset"]) == (204, "5000")
    last = append(annie, path, 5_000, content[5_000:], "?1")
    assert (last.status_code, last.headers["upload-complete"], last.json()["id"]) == (200, "?1", note_of(last))
    original = annie.get(f"/notes/{note_of(last)}/audio?as=original").content
    assert sha256(original).hexdigest() == sha256(content).hexdigest()
    asked = annie.head(path, headers=DRAFT)
    assert (asked.headers["upload-complete"], asked.headers["upload-length"]) == ("?1", str(len(content)))


def test_reaching_the_length_completes_nothing_by_itself(annie: httpx.Client) -> None:
    """Here the sender says when it is complete, if need be with an empty request."""
    content = tone(1, 943)
    headers = DRAFT | WAV | {"Upload-Complete": "?0", "Upload-Length": str(len(content))}
    created = annie.post("/uploads", headers=headers, content=content)
    assert (created.headers["upload-offset"], created.headers["upload-complete"]) == (str(len(content)), "?0")
    last = append(annie, path_of(created), len(content), b"", "?1")
    assert (last.status_code, last.headers["upload-complete"]) == (200, "?1")


def test_refusals_have_the_types_of_the_draft(annie: httpx.Client) -> None:
    """A mismatching offset, a completed upload, an inconsistent length."""
    content = tone(1, 944)
    path = path_of(begin(annie, content[:100]))
    mismatch = append(annie, path, 50, content[50:])
    assert (mismatch.status_code, mismatch.headers["upload-offset"]) == (409, "100")
    told = mismatch.json()
    assert told["type"] == PROBLEMS + "mismatching-upload-offset"
    assert (told["expected-offset"], told["provided-offset"]) == (100, 50)
    headers = PARTIAL | {"Upload-Offset": "100", "Upload-Complete": "?1", "Upload-Length": "150"}
    inconsistent = annie.patch(path, headers=headers, content=content[100:])
    assert (inconsistent.status_code, inconsistent.json()["type"]) == (400, PROBLEMS + "inconsistent-upload-length")
    append(annie, path, 100, content[100:], "?1")
    completed = append(annie, path, len(content), b"more", "?1")
    assert (completed.status_code, completed.json()["type"]) == (409, PROBLEMS + "completed-upload")
    assert "content-location" in completed.headers


@pytest.mark.parametrize(
    "headers",
    [{}, {"Upload-Complete": "1"}, {"Upload-Complete": "?2"}, {"Upload-Offset": "0"}],
    ids=["none", "a number", "no boolean", "no completeness"],
)
def test_what_is_not_in_the_draft_s_words_is_malformed(annie: httpx.Client, headers: dict[str, str]) -> None:
    """Structured fields that are none count as absent, and without them nothing is created or changed."""
    assert annie.post("/uploads", headers=DRAFT | WAV | headers, content=b"abc").status_code == 400
    path = path_of(begin(annie, tone(1, 945)[:100]))
    assert annie.patch(path, headers=PARTIAL | headers, content=b"abc").status_code == 400
    assert offset_of(annie, path) == 100


def test_both_languages_speak_of_the_same_upload(annie: httpx.Client) -> None:
    """What one has begun the other goes on with."""
    content = tone(1, 946)
    path = create(annie, len(content))
    append(annie, path, 0, content[:300])
    assert offset_of(annie, path) == 300
    last = append(annie, path, 300, content[300:], "?1")
    assert note_of(annie.head(path, headers=TUS)) == note_of(last)


def test_an_upload_is_cancelled(annie: httpx.Client) -> None:
    """DELETE: 204, then it does not exist."""
    path = path_of(begin(annie, tone(1, 947)[:100]))
    assert annie.delete(path, headers=DRAFT).status_code == 204
    assert annie.head(path, headers=DRAFT).status_code == 404
