"""A real service: `calepin serve` as a process tree of its own, spoken to over loopback."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self
from urllib.request import urlopen

import httpx

START_WITHIN = 60.0
END_WITHIN = 25.0
NOT_HANDED_ON = ("CALEPIN_", "PYTHONDONTWRITEBYTECODE")


def free_port() -> int:
    """A port of loopback that nobody listens on right now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@dataclass
class Service:
    """One installation in a folder of its own; `start` and `kill` may follow one another any number of times."""

    data: Path
    database_url: str = ""
    settings: Mapping[str, str] = field(default_factory=dict)
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """The base address, without a slash at its end."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> Path:
        """What the process tree has said so far."""
        return self.data.with_name(self.data.name + ".log")

    @property
    def environment(self) -> dict[str, str]:
        """The environment of every process of this installation."""
        own = {"CALEPIN_DATA": str(self.data), "CALEPIN_HOST": "127.0.0.1", "CALEPIN_PORT": str(self.port)}
        own["CALEPIN_SMTP_LISTEN"] = ""
        if self.database_url:
            own["CALEPIN_DATABASE_URL"] = self.database_url
        # Services start often here: their modules are compiled once, also where Python is told to keep no bytecode.
        own["PYTHONPYCACHEPREFIX"] = str(Path(sys.prefix) / "bytecode-of-tests")
        foreign = {name: value for name, value in os.environ.items() if not name.startswith(NOT_HANDED_ON)}
        return foreign | own | dict(self.settings)

    def start(self) -> Self:
        """Start it and wait until it can take work."""
        command = [sys.executable, "-m", "deploy.cli", "serve"]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(command, env=self.environment, stdout=log, stderr=log)
        until(self._ready, START_WITHIN, "the service is ready")
        return self

    def stop(self) -> int:
        """SIGTERM, and wait; the exit status."""
        assert self.process is not None
        self.process.terminate()
        return self.process.wait(END_WITHIN)

    def kill(self) -> None:
        """SIGKILL to the main process, as a power cut would; its worker notices by itself."""
        assert self.process is not None
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(END_WITHIN)

    def end(self) -> None:
        """Whatever state it is in, afterwards it is gone; nobody waits for a tidy ending."""
        if self.process is not None and self.process.poll() is None:
            self.kill()

    def command(self, *arguments: str) -> str:
        """What `calepin …` prints; it must succeed."""
        command = [sys.executable, "-m", "deploy.cli", *arguments]
        done = subprocess.run(command, env=self.environment, check=True, capture_output=True, text=True, timeout=120)
        return done.stdout

    def key(self, name: str = "tests") -> str:
        """A new integration key."""
        return str(json.loads(self.command("key", name, "--json"))["key"])

    def office(self, key: str) -> httpx.Client:
        """A client of the integration API."""
        headers = {"Authorization": f"Bearer {key}"}
        return httpx.Client(base_url=f"{self.url}/office/api/v1", headers=headers, timeout=30)

    def device(self, email: str, key: str) -> httpx.Client:
        """A newly enrolled device of this rep; the client speaks for it."""
        with self.office(key) as office:
            code = office.post("/devices", json={"rep": email}).raise_for_status().json()["code"]
        body = {"code": code, "name": "Bold 9900", "platform": "BlackBerry OS 7"}
        token = httpx.post(f"{self.url}/api/v1/enrolments", json=body).raise_for_status().json()["token"]
        headers = {"Authorization": f"Bearer {token}"}
        return httpx.Client(base_url=f"{self.url}/api/v1", headers=headers, timeout=30)

    def _ready(self) -> bool:
        assert self.process is not None
        assert self.process.poll() is None, self.log.read_text(errors="replace")[-3000:]
        try:  # asked twenty times a second: httpx would read the certificates of the world each time
            with urlopen(f"{self.url}/readyz", timeout=2) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False


def until(true: Callable[[], Any], seconds: float, what: str) -> Any:
    """Ask again and again, at most that long, until the answer is true; the answer."""
    end = time.monotonic() + seconds
    while True:
        if answer := true():
            return answer
        assert time.monotonic() < end, f"not within {seconds} s: {what}"
        time.sleep(0.05)


def settled(device: httpx.Client, note_id: str, seconds: float = 30) -> dict[str, Any]:
    """The note, once its jobs are done."""

    def done() -> dict[str, Any] | None:
        note: dict[str, Any] = device.get(f"/notes/{note_id}").raise_for_status().json()
        return note if note["state"] != "received" else None

    note: dict[str, Any] = until(done, seconds, f"note {note_id} is processed")
    return note
