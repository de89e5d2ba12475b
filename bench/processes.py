"""Processes that a measurement starts, and ends."""

import http.client
import json
import resource
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from bench.run import Run

READY_WITHIN = 60.0
END_WITHIN = 25.0


@contextmanager
def service(run: Run, data: Path, *module: str) -> Iterator[int]:
    """A Python module as a server on the installation in `data`, ready for work; its port. It is ended afterwards."""
    port = free_port()
    log = data.with_name(f"{data.name}.log")
    with log.open("ab") as said:
        process = subprocess.Popen(
            [sys.executable, "-m", *module], env=run.environment(data, port), stdout=said, stderr=said
        )
    try:
        _wait_until_ready(process, port, log)
        yield port
    finally:
        process.terminate()
        try:
            process.wait(END_WITHIN)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def resident(port: int) -> int:
    """The resident memory in bytes of the process that listens on that port of loopback."""
    listening = f"0100007F:{port:04X} 00000000:0000 0A"
    sockets = Path("/proc/net/tcp").read_text().splitlines()
    inode = next(line.split()[9] for line in sockets if listening in line)
    for link in Path("/proc").glob("[0-9]*/fd/*"):
        with suppress(OSError):
            if link.readlink().name == f"socket:[{inode}]":
                pages = int((link.parent.parent / "statm").read_text().split()[1])
                return pages * resource.getpagesize()
    msg = f"nobody listens on port {port}"
    raise RuntimeError(msg)


def answer(module: str, *arguments: str, question: Any = None, env: Mapping[str, str] | None = None) -> Any:
    """Run a module of the bench in a process of its own; what it was asked on standard input, its answer as JSON."""
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments],
        input=None if question is None else json.dumps(question).encode(),
        stdout=subprocess.PIPE,
        check=True,
        env=env,
    )
    return json.loads(done.stdout)


def _wait_until_ready(process: "subprocess.Popen[bytes]", port: int, log: Path) -> None:
    end = time.monotonic() + READY_WITHIN
    while not _ready(port):
        if process.poll() is not None or time.monotonic() > end:
            msg = f"the service did not start: {log.read_text(errors='replace')[-2000:]}"
            raise RuntimeError(msg)
        time.sleep(0.1)


def _ready(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/readyz")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def free_port() -> int:
    """A port of loopback that nobody listens on right now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
