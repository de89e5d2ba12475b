"""How long a rep waits: from 201 to the note in the brief, with the whole service running."""

import http.client
import json
import time
from collections.abc import Mapping
from statistics import median, quantiles
from typing import Any

from bench.company import HEADERS, Company, build
from bench.figures import Figure
from bench.processes import service
from bench.run import Run
from bench.speech import encode, rotated

COMPANY = Company(clients=1_000, notes=1, portfolio=1_000)
GIVE_UP_AFTER = 30.0
LOOK_EVERY = 0.02


def processed(run: Run) -> list[Figure]:
    """Seconds from the acknowledgement of a 60 s AMR note until it is processed and its client's brief shows it."""
    data = run.folder / "waiting"
    build(data, COMPANY, run.progress)
    amr = encode(run.folder / "minute.amr", "libopencore_amrnb", 60, rate=8_000).read_bytes()
    notes = 20 if run.quick else 100
    with service(run, data, "deploy.cli", "serve") as port:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        _wait(connection, rotated(amr, notes + 1))  # the worker may still be starting
        seconds = []
        for number in range(notes):
            run.progress(f"note {number + 1} of {notes}")
            seconds.append(_wait(connection, rotated(amr, number)))
        connection.close()
    name = f"60 s AMR note, 201 to the brief, {notes} in a row"
    return [
        Figure(f"{name}: p95", "s", quantiles(seconds, n=20)[-1], bar=2.0),
        Figure(f"{name}: median", "s", median(seconds)),
    ]


def _wait(connection: http.client.HTTPConnection, recording: bytes) -> float:
    headers = HEADERS | {"content-type": "audio/amr"}
    note = _ask(connection, "POST", "/api/v1/notes?client=C1", headers, recording)["id"]
    began = time.monotonic()
    while time.monotonic() - began < GIVE_UP_AFTER:
        state = _ask(connection, "GET", f"/api/v1/notes/{note}", HEADERS)["state"]
        brief = _ask(connection, "GET", "/api/v1/clients/C1/brief", HEADERS)
        if state == "processed" and note in {shown["id"] for shown in brief["notes"]}:
            return time.monotonic() - began
        time.sleep(LOOK_EVERY)
    msg = f"note {note} was not in the brief within {GIVE_UP_AFTER} s"
    raise RuntimeError(msg)


def _ask(
    connection: http.client.HTTPConnection,
    method: str,
    path: str,
    headers: Mapping[str, str],
    body: bytes | None = None,
) -> dict[str, Any]:
    connection.request(method, path, body, dict(headers))
    reply = connection.getresponse()
    told: dict[str, Any] = json.loads(reply.read())
    if reply.status >= 400:
        msg = f"{method} {path}: {reply.status} {told}"
        raise RuntimeError(msg)
    return told
