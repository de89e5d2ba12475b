"""Resumable uploads, against @tus/server on Node.js (which never syncs) and a bare handler that streams and fsyncs."""

import base64
import http.client
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench import load
from bench.company import HEADERS, TOKEN, Company, add_devices, build
from bench.figures import Figure, side_by_side
from bench.load import Load
from bench.processes import free_port, resident, service
from bench.run import Run

COMPANY = Company(clients=1_000, notes=5_000, portfolio=1_000)
SMALL, LARGE = 100_000, 50_000_000
HALF_OPEN, HALF_OPEN_BAR = 500, 40.0  # MB
OURS, BARE, NODE = "/api/v1/uploads", "/bare/uploads", "/files"
_AMR = base64.b64encode(b"audio/amr").decode()
TUS = {"tus-resumable": "1.0.0", "content-type": "application/offset+octet-stream"}


def uploads(run: Run) -> list[Figure]:
    """Recordings of 100 KB by creation-with-upload a second, and MB a second of 50 MB in one piece."""
    data = run.folder / "resumable"
    build(data, COMPANY, run.progress)
    rates: dict[tuple[str, int, int], list[float]] = {}
    with service(run, data, "bench.server") as port, _node(run) as node:
        ports = {OURS: port, BARE: port} | ({NODE: node} if node else {})
        for number in range(rounds := run.rounds(7)):
            for size, connections in ((SMALL, 8), (SMALL, 1), (LARGE, 1)):
                run.progress(f"round {number + 1} of {rounds}: {size:,} bytes, {connections} at once")
                for path, where in ports.items():
                    rates.setdefault((path, size, connections), []).append(
                        load.put(_load(where, path, size, connections, run)).per_second
                    )
    return [*_figures(rates, NODE, 1.0, 0.8), *_figures(rates, BARE, None, None)]


def memory(run: Run) -> list[Figure]:
    """Resident memory of the service that 500 uploads add which have sent half of their bytes and fallen silent."""
    data = run.folder / "half-open"
    build(data, COMPANY, run.progress)
    add_devices(data, HALF_OPEN // 5)
    with service(run, data, "bench.server") as port:
        run.progress("one upload, to have everything loaded")
        load.put(_load(port, OURS, SMALL, 1, run))
        before = resident(port)
        open_ones = [_half_open(port, number) for number in range(HALF_OPEN)]
        run.progress(f"{HALF_OPEN} uploads are half-open")
        _until_all_have_come(data)
        added = resident(port) - before
        for connection in open_ones:
            connection.close()
    return [Figure(f"memory that {HALF_OPEN} half-open uploads add", "MB", added / 1e6, bar=HALF_OPEN_BAR)]


def _half_open(port: int, number: int) -> socket.socket:
    headers = TUS | {"upload-length": str(SMALL), "upload-metadata": f"filetype {_AMR}", "content-length": str(SMALL)}
    headers |= {"host": "127.0.0.1", "authorization": f"Bearer {TOKEN}-{number // 5}"}
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    connection = socket.create_connection(("127.0.0.1", port))
    connection.sendall(f"POST {OURS} HTTP/1.1\r\n{lines}\r\n".encode() + bytes(SMALL // 2))
    return connection


def _until_all_have_come(data: Path) -> None:
    end = time.monotonic() + 60
    while sum(path.stat().st_size for path in (data / "uploads").iterdir()) < HALF_OPEN * SMALL // 2:
        if time.monotonic() > end:
            msg = "the half-open uploads did not come"
            raise RuntimeError(msg)
        time.sleep(0.1)


def _load(port: int, path: str, size: int, connections: int, run: Run) -> Load:
    headers = HEADERS | TUS | {"upload-length": str(size), "upload-metadata": f"filetype {_AMR}"}
    seconds = (1.0 if run.quick else 2.0) * (1 if size == SMALL else 2)
    return Load(port, [path], seconds, connections, headers, size, expected=201)


def _figures(
    rates: dict[tuple[str, int, int], list[float]], yardstick: str, small: float | None, large: float | None
) -> list[Figure]:
    if (yardstick, SMALL, 1) not in rates:
        return []
    against = "@tus/server" if yardstick == NODE else "bare handler with fsync"
    figures = []
    for size, connections, bar in ((SMALL, 8, small), (SMALL, 1, small), (LARGE, 1, large)):
        ours, other = rates[OURS, size, connections], rates[yardstick, size, connections]
        how = f"{connections} at once" if connections > 1 else "one by one"
        if size == SMALL:
            name, unit = f"resumable upload of 100 KB, {how}, against {against}", "uploads/s"
        else:
            name, unit = f"resumable upload of 50 MB against {against}", "MB/s"
            ours, other = [rate * LARGE / 1e6 for rate in ours], [rate * LARGE / 1e6 for rate in other]
        figures.append(side_by_side(name, unit, ours, other, bar=bar, at_least=True))
    return figures


@contextmanager
def _node(run: Run) -> Iterator[int | None]:
    """The yardstick's port; None, and a remark, where it cannot be had."""
    folder = _installed(run)
    if folder is None:
        run.remarks.append("@tus/server: not measured, for there is no Node.js with npm, or it could not be installed.")
        yield None
        return
    files = run.folder / "tus-files"
    files.mkdir()
    port = free_port()
    process = subprocess.Popen(["node", str(folder / "server.mjs"), str(port), str(files)], stdout=subprocess.DEVNULL)
    try:
        _wait(port)
        yield port
    finally:
        process.terminate()
        process.wait()


def _installed(run: Run) -> Path | None:
    if not shutil.which("node") or not shutil.which("npm"):
        return None
    folder = run.keep / "tus"
    source = Path(__file__).parent / "tus"
    shutil.copytree(source, folder, dirs_exist_ok=True)
    run.progress("installing @tus/server")
    command = ["npm", "ci", "--silent", "--no-audit", "--no-fund", "--ignore-scripts"]
    done = subprocess.run(command, cwd=folder, check=False, capture_output=True)
    return folder if done.returncode == 0 else None


def _wait(port: int) -> None:
    for _ in range(200):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            connection.request("OPTIONS", NODE)
            connection.getresponse()
        except OSError:
            time.sleep(0.05)
        else:
            return
        finally:
            connection.close()
    msg = "@tus/server did not start"
    raise RuntimeError(msg)
