"""Bad input at the wire itself: bodies from strangers, and bodies that stop half-way."""

import json
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.wire.hostile import MEGABYTE, call, form, heard, left_behind
from tests.wire.recordings import tone
from tests.wire.service import Service, until

BODY = 200 * MEGABYTE
FORM = "multipart/form-data; boundary=cut"
CREDENTIALS = {"none": "", "wrong": "Authorization: Bearer cld_wrong\r\n", "cookie": "Cookie: calepin=cld_wrong\r\n"}
DOORS = [
    ("POST", "/api/v1/notes", "audio/wav"),
    ("POST", "/api/v1/notes", FORM),
    ("PUT", "/office/api/v1/clients", "text/csv"),
    ("POST", "/m/record", FORM),
]


def head(method: str, path: str, *lines: str) -> bytes:
    return "\r\n".join([f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", *lines, "", ""]).encode()


@pytest.mark.parametrize("credential", CREDENTIALS)
@pytest.mark.parametrize(("method", "path", "kind"), DOORS)
def test_a_stranger_s_body_is_refused_before_it_is_read(
    service: Service, method: str, path: str, kind: str, credential: str
) -> None:
    """401 comes after the headers alone: the sender of 200 MB has sent the first KB and is told to stop."""
    headers = [f"Content-Type: {kind}", f"Content-Length: {BODY}"]
    with call(service) as connection:
        connection.sendall(head(method, path, *headers)[:-2] + CREDENTIALS[credential].encode() + b"\r\n" + bytes(1024))
        answer = heard(connection)
    assert answer.startswith(b"HTTP/1.1 401 ")
    assert b"connection: close" in answer.lower()
    assert left_behind(service) == []


@pytest.mark.parametrize(("method", "path", "kind"), DOORS)
def test_a_stranger_who_asks_first_is_not_told_to_go_on(service: Service, method: str, path: str, kind: str) -> None:
    """To `Expect: 100-continue` the answer is 401 and never 100 (RFC 9110 section 10.1.1)."""
    with call(service) as connection:
        wanted = (f"Content-Type: {kind}", f"Content-Length: {BODY}", "Expect: 100-continue")
        connection.sendall(head(method, path, *wanted))
        assert heard(connection).startswith(b"HTTP/1.1 401 ")


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed: apt-get install curl")
@pytest.mark.parametrize("options", [(), ("-H", "Expect:"), ("-H", "Expect:", "-H", "Transfer-Encoding: chunked")])
@pytest.mark.parametrize(("method", "path", "kind"), DOORS[:3])
def test_curl_sends_little_of_a_stranger_s_200_mb(
    service: Service, tmp_path: Path, method: str, path: str, kind: str, options: tuple[str, ...]
) -> None:
    """A real client that streams 200 MB hears 401 while most of it has not left, and nothing is kept."""
    body = tmp_path / "body"
    with body.open("wb") as file:
        file.truncate(BODY)
    command = ["curl", "-s", "-X", method, "-T", str(body), "-H", f"Content-Type: {kind}", "-o", str(tmp_path / "said")]
    command += [*options, "-w", "%{http_code} %{size_upload}", service.url + path]
    status, sent = subprocess.run(command, check=False, capture_output=True, text=True, timeout=30).stdout.split()
    assert status == "401"
    assert int(sent) < 16 * MEGABYTE  # what the sockets' buffers took
    assert json.loads((tmp_path / "said").read_bytes())["status"] == 401
    assert left_behind(service) == []


def whole(kind: str) -> Iterator[bytes]:
    sound = tone(2, 333)
    return form([sound]) if kind == FORM else iter([sound])


def half(kind: str, *, chunked: bool) -> bytes:
    body = b"".join(whole(kind))
    cut = body[: len(body) // 2]
    return f"{len(cut):x}\r\n".encode() + cut + b"\r\n" if chunked else cut


@pytest.mark.parametrize("chunked", [False, True], ids=["announced", "chunked"])
@pytest.mark.parametrize("kind", ["audio/wav", FORM])
@pytest.mark.parametrize("ending", ["closed", "reset"])
def test_a_connection_that_is_cut_leaves_no_note(
    service: Service, annie: httpx.Client, kind: str, chunked: bool, ending: str
) -> None:
    """Half a recording is none: the temporary file is gone within a second or two, and there is no note."""
    before = annie.get("/notes").json()
    length = "Transfer-Encoding: chunked" if chunked else f"Content-Length: {len(b''.join(whole(kind)))}"
    with call(service) as connection:
        credential = f"Authorization: {annie.headers['authorization']}"
        connection.sendall(head("POST", "/api/v1/notes", f"Content-Type: {kind}", length, credential))
        connection.sendall(half(kind, chunked=chunked))
        until(lambda: left_behind(service), 5, "the upload has begun")
        if ending == "reset":
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
    until(lambda: left_behind(service) == [], 2, "the temporary file is gone")
    assert annie.get("/notes").json() == before
    assert "Traceback" not in service.log.read_text()


def test_a_body_that_never_comes_harms_nobody(service: Service, annie: httpx.Client) -> None:
    """While twenty senders have stopped in the middle of their bodies, others are served at once."""
    stuck = [call(service) for _ in range(20)]
    for connection in stuck:
        credential = f"Authorization: {annie.headers['authorization']}"
        connection.sendall(head("POST", "/api/v1/notes", "Content-Type: audio/wav", "Content-Length: 9000", credential))
        connection.sendall(tone(0.1))
    until(lambda: len(left_behind(service)) == len(stuck), 5, "all uploads have begun")
    began = time.monotonic()
    assert annie.get("/me").status_code == 200
    assert time.monotonic() - began < 2
    for connection in stuck:
        connection.close()
    until(lambda: left_behind(service) == [], 3, "the temporary files are gone")


@pytest.mark.parametrize("path", ["/livez", "/m/", "/api/v1/me", "/nowhere"])
def test_head_is_answered_without_content_and_without_a_fault(service: Service, path: str) -> None:
    """HEAD has the headers of GET, its length too, no content, and nothing for it in the log of errors."""
    asked = httpx.head(service.url + path)
    got = httpx.get(service.url + path)
    assert (asked.status_code, asked.headers["content-length"]) == (got.status_code, got.headers["content-length"])
    assert asked.content == b""
    assert "Traceback" not in service.log.read_text()
