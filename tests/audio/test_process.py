"""The limited process: what it can reach, what is told apart when it ends."""

import copy
import errno
import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from audio.faults import SENTENCES
from audio.limits import Limits
from audio.process import ask
from audio.recordings import Unreadable, prepare
from tests.audio import sounds

ROOT = Path(__file__).resolve().parents[2]

CONFINED = """
import json, os, socket, subprocess, sys
from audio.limits import Limits, confine

def outcome(work):
    try:
        work()
    except OSError as fault:
        return fault.errno
    return 0

for descriptor in (3, 4):
    os.dup2(0, descriptor)
os.closerange(5, 256)
confine(Limits(file_bytes=10), os.getppid())
print(json.dumps({
    "file": outcome(lambda: open("/etc/passwd")),
    "socket": outcome(lambda: socket.socket()),
    "pipe": outcome(lambda: os.pipe()),
    "program": outcome(lambda: subprocess.run(["/bin/true"])),
}))
"""


def test_a_confined_process_reaches_nothing() -> None:
    """No file, no socket, no pipe, no other program: the table of descriptors is full for good."""
    done = subprocess.run(
        [sys.executable, "-c", CONFINED], stdin=subprocess.DEVNULL, capture_output=True, check=True, cwd=ROOT
    )

    outcomes = json.loads(done.stdout)
    assert {outcomes[name] for name in ("file", "socket", "pipe", "program")} == {errno.EMFILE}


PARENT = """
import os, subprocess, sys, time
child = "import os, time; from audio.limits import Limits, confine; "
child += "[os.dup2(0, d) for d in (3, 4)]; confine(Limits(), os.getppid()); "
child += "print(os.getpid(), flush=True); time.sleep(60)"
process = subprocess.Popen([sys.executable, "-c", child], stdout=subprocess.PIPE)
print(process.stdout.readline().decode(), flush=True)
time.sleep(60)
"""


def alive(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a process that its parent died")
def test_a_confined_process_dies_with_its_parent() -> None:
    """kill -9 of the service leaves no decoder behind."""
    with subprocess.Popen([sys.executable, "-c", PARENT], stdout=subprocess.PIPE, cwd=ROOT) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        assert alive(child)
        parent.kill()
    until = time.monotonic() + 5
    while alive(child) and time.monotonic() < until:
        time.sleep(0.01)

    assert not alive(child)


def test_no_secret_is_passed_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The environment of the service, proxies and passwords included, does not reach the process."""
    seen = tmp_path / "seen"
    modules = tmp_path / "modules"
    modules.mkdir()
    monkeypatch.setenv("CALEPIN_SMTP_RELAY", "smtp://user:secret@host")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    spy = modules / "pydub.py"
    spy.write_text(
        f"import json, os; json.dump(dict(os.environ), open({str(seen)!r}, 'w')); raise ImportError('spied')"
    )
    monkeypatch.syspath_prepend(modules)

    with pytest.raises(ChildProcessError, match="spied"):
        prepare(sounds.wav(tmp_path / "in", sounds.speech(1).tobytes()), tmp_path / "out.opus")
    assert set(json.loads(seen.read_text())) <= {"PATH", "PYTHONPATH", "LC_CTYPE", "__CF_USER_TEXT_ENCODING"}


def request_on(tmp_path: Path, scratch: Path, rendition: Path) -> dict[str, object]:
    source = sounds.wav(tmp_path / "in", sounds.speech(1).tobytes())
    descriptors = [
        os.open(source, os.O_RDONLY),
        os.open(scratch, os.O_RDWR | os.O_CREAT, 0o600),
        os.open(rendition, os.O_RDWR | os.O_CREAT, 0o600),
    ]
    try:
        return ask({"do": "prepare", "format": "wav"}, *descriptors, Limits())
    finally:
        for descriptor in descriptors:
            os.close(descriptor)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the device that is always full")
@pytest.mark.parametrize("full", ["scratch", "rendition"])
def test_a_full_disk_is_not_the_recordings_fault(tmp_path: Path, full: str) -> None:
    """Wherever it runs out of room, the job hears OSError and can try again."""
    places = {"scratch": tmp_path / "scratch", "rendition": tmp_path / "out", full: Path("/dev/full")}

    with pytest.raises(OSError, match="space") as fault:
        request_on(tmp_path, **places)
    assert fault.value.errno == errno.ENOSPC


def test_a_missing_folder_is_not_the_recordings_fault(tmp_path: Path) -> None:
    """Neither is a target that cannot be written, nor a source that is gone."""
    source = sounds.wav(tmp_path / "in", sounds.speech(1).tobytes())

    with pytest.raises(FileNotFoundError):
        prepare(source, tmp_path / "gone" / "out.opus")
    with pytest.raises(FileNotFoundError):
        prepare(tmp_path / "gone", tmp_path / "out.opus")


def stopped(source: Path, *, late: bool) -> object:
    """What `prepare` says when its process is told to stop, at once or `late`: when it has set itself up."""
    outcome: list[object] = []

    def work() -> None:
        try:
            outcome.append(prepare(source, source.parent / "out.opus").seconds)
        except OSError as fault:
            outcome.append(fault)

    thread = threading.Thread(target=work)
    thread.start()
    while thread.is_alive():
        for child in Path(f"/proc/self/task/{thread.native_id}/children").read_text().split():
            ignored = Path(f"/proc/{child}/status").read_text().partition("SigIgn:")[2].split()[0]
            if not late or int(ignored, 16) >> (signal.SIGTERM - 1) & 1:
                os.kill(int(child), signal.SIGTERM)
                thread.join()
    return outcome[0]


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_being_told_to_stop_is_not_the_recordings_fault(tmp_path: Path) -> None:
    """A service manager signals the whole group: the process finishes what it began, or the job tries again."""
    source = sounds.wav(tmp_path / "in", sounds.speech(20).tobytes())

    assert isinstance(stopped(source, late=False), InterruptedError)
    assert stopped(source, late=True) == pytest.approx(20.0)


def test_a_refusal_can_be_copied() -> None:
    """It keeps its code and its sentence where a queue serialises it."""
    refusal = copy.copy(Unreadable("too-long"))

    assert (refusal.code, refusal.sentence) == ("too-long", SENTENCES["too-long"])
