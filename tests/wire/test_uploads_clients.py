"""Real clients of resumable uploads: tus-js-client, tuspy and curl, interrupted and resumed."""

import gc
import json
import shutil
import subprocess
import warnings
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from threading import Thread
from typing import Any

import httpx
import pytest
from tusclient.client import TusClient

from tests.wire.conftest import ANNIE, found_company
from tests.wire.recordings import tone
from tests.wire.service import Service, settled, until
from tests.wire.uploads import BYTES, TUS, create, files_of, metadata, note_of

SCRIPTS = Path(__file__).parent / "tus"
needs_node = pytest.mark.skipif(
    shutil.which("node") is None or shutil.which("npm") is None,
    reason="nodejs and npm are not installed: apt-get install nodejs npm",
)
needs_curl = pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed: apt-get install curl")


@pytest.fixture(scope="module")
def script(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The script that uploads with tus-js-client, which is installed beside it as its lock file has it."""
    folder = tmp_path_factory.mktemp("tus")
    shutil.copytree(SCRIPTS, folder, dirs_exist_ok=True)
    install = ["npm", "ci", "--silent", "--no-audit", "--no-fund", "--ignore-scripts"]
    subprocess.run(install, cwd=folder, check=True, capture_output=True, timeout=120)
    return folder / "upload.mjs"


def token_of(device: httpx.Client) -> str:
    return device.headers["authorization"].removeprefix("Bearer ")


def recording(folder: Path, hertz: int, seconds: float = 8) -> Path:
    """A file with a recording of its own."""
    path = folder / f"{hertz}.wav"
    path.write_bytes(tone(seconds, hertz))
    return path


def whole(device: httpx.Client, note: str, path: Path) -> None:
    """The note's recording is the file."""
    original = device.get(f"/notes/{note}/audio?as=original").raise_for_status().content
    assert sha256(original).hexdigest() == sha256(path.read_bytes()).hexdigest()


def by_script(script: Path, device: httpx.Client, file: Path, **options: Any) -> dict[str, Any]:
    """What tus-js-client says of an upload."""
    url = str(device.base_url).rstrip("/") + "/uploads"
    command = ["node", str(script), url, token_of(device), str(file), json.dumps(options)]
    done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=60)
    assert done.stdout, done.stderr
    said: dict[str, Any] = json.loads(done.stdout)
    return said


def last_note(said: dict[str, Any]) -> str:
    """The note that the finishing answer named."""
    name: str = said["answers"][-1][2]
    return name.removeprefix("/api/v1/notes/")


@needs_node
@pytest.mark.parametrize(
    "options",
    [{}, {"chunkSize": 30_000}, {"uploadDataDuringCreation": True}, {"overridePatchMethod": True}],
    ids=["in one piece", "in pieces", "with its creation", "by POST alone"],
)
def test_tus_js_client_uploads(script: Path, annie: httpx.Client, tmp_path: Path, options: dict[str, Any]) -> None:
    """However it is told to send, a linked note comes of it, bit for bit."""
    file = recording(tmp_path, 500 + len(str(options)))
    said = by_script(script, annie, file, **options)
    assert said["done"], said
    assert settled(annie, last_note(said))["link"]["client"] == "C1"
    whole(annie, last_note(said), file)


@needs_node
def test_tus_js_client_goes_on_where_it_stopped(script: Path, annie: httpx.Client, tmp_path: Path) -> None:
    """Interrupted in the middle, a second run asks for the offset and sends the rest only."""
    file = recording(tmp_path, 610, seconds=30)
    stopped = by_script(script, annie, file, chunkSize=50_000, stopAt=200_000)
    assert stopped["location"]
    assert not stopped["done"]
    said = by_script(script, annie, file, uploadUrl=stopped["location"], chunkSize=50_000)
    assert said["done"]
    assert said["answers"][0][:2] == ["HEAD", 200]
    assert len(said["answers"]) < 9  # of ten pieces some were there
    whole(annie, last_note(said), file)


@needs_node
def test_tus_js_client_survives_a_server_that_is_killed(script: Path, tmp_path: Path) -> None:
    """SIGKILL while it sends, and a new start: it retries by itself, and the note is whole."""
    own = Service(tmp_path / "data")
    try:
        found_company(own.start())
        with own.device(ANNIE, own.key()) as device:
            file = recording(tmp_path, 620, seconds=120)
            said: dict[str, Any] = {}
            sender = Thread(target=lambda: said.update(by_script(script, device, file, chunkSize=60_000)))
            sender.start()
            until(lambda: sum(path.stat().st_size for path in files_of(own)) > 120_000, 20, "it has begun")
            own.kill()
            own.start()
            sender.join()
            assert said["done"], said
            whole(device, last_note(said), file)
    finally:
        own.end()


@pytest.fixture
def tuspy(service: Service, annie: httpx.Client) -> Iterator[TusClient]:
    """tuspy with Annie's credential. It leaves the closing of files and sockets to the interpreter."""
    yield TusClient(f"{service.url}/api/v1/uploads", headers={"Authorization": annie.headers["authorization"]})
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        gc.collect()


@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_tuspy_uploads_and_goes_on_where_it_stopped(tuspy: TusClient, annie: httpx.Client, tmp_path: Path) -> None:
    """Stopped after the first pieces, another uploader is given the address and sends the rest."""
    file = recording(tmp_path, 630)
    size = file.stat().st_size
    told = {"filename": "memo.wav", "client": "C2"}
    first = tuspy.uploader(str(file), chunk_size=10_000, metadata=told)
    first.upload(stop_at=30_000)
    assert (first.offset, size > 30_000) == (30_000, True)
    second = tuspy.uploader(str(file), chunk_size=40_000, url=first.url)
    assert second.offset == 30_000
    second.upload()
    assert second.offset == size
    asked = httpx.head(first.url, headers=TUS | {"Authorization": annie.headers["authorization"]})
    assert settled(annie, note_of(asked))["link"]["client"] == "C2"
    whole(annie, note_of(asked), file)


@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_tuspy_checks_what_it_sends(tuspy: TusClient, annie: httpx.Client, tmp_path: Path) -> None:
    """With its checksums on every piece."""
    file = recording(tmp_path, 640)
    uploader = tuspy.uploader(str(file), chunk_size=10_000, metadata={"filename": "a.wav"}, upload_checksum=True)
    uploader.upload()
    asked = httpx.head(uploader.url, headers=TUS | {"Authorization": annie.headers["authorization"]})
    whole(annie, note_of(asked), file)


@pytest.fixture
def curl(annie: httpx.Client) -> list[str]:
    """curl with Annie's credential, telling the headers of the answer."""
    headers = TUS | {"Authorization": annie.headers["authorization"]}
    return [
        "curl",
        "-s",
        "-D",
        "-",
        "-o",
        "/dev/null",
        *(part for name in headers for part in ("-H", f"{name}: {headers[name]}")),
    ]


@needs_curl
def test_curl_uploads_in_two_pieces(service: Service, annie: httpx.Client, curl: list[str], tmp_path: Path) -> None:
    """With nothing but headers and files, as a script on an old device would."""
    file = recording(tmp_path, 650)
    content = file.read_bytes()
    (tmp_path / "a").write_bytes(content[:20_000])
    (tmp_path / "b").write_bytes(content[20_000:])

    def run(*arguments: str) -> str:
        done = subprocess.run([*curl, *arguments], check=True, capture_output=True, text=True, timeout=30)
        return done.stdout.lower()

    said = metadata(filename="memo.wav")["Upload-Metadata"]
    made = run(
        "-X",
        "POST",
        "-H",
        f"Upload-Length: {len(content)}",
        "-H",
        f"Upload-Metadata: {said}",
        f"{service.url}/api/v1/uploads",
    )
    path = next(line.split()[1] for line in made.splitlines() if line.startswith("location:"))
    body = ("-X", "PATCH", "-H", "Content-Type: application/offset+octet-stream")
    run(*body, "-H", "Upload-Offset: 0", "--data-binary", f"@{tmp_path / 'a'}", service.url + path)
    last = run(*body, "-H", "Upload-Offset: 20000", "-T", str(tmp_path / "b"), service.url + path)
    note = next(line.split()[1] for line in last.splitlines() if line.startswith("content-location:"))
    whole(annie, note.rpartition("/")[2], file)


@needs_curl
def test_curl_is_cut_off_and_goes_on(service: Service, annie: httpx.Client, curl: list[str], tmp_path: Path) -> None:
    """Killed while it sends slowly, what it sent counts."""
    file = recording(tmp_path, 660, seconds=20)
    content = file.read_bytes()
    path = create(annie, len(content))
    slow = [*curl, "--limit-rate", "40k", "-X", "PATCH", "-H", "Content-Type: application/offset+octet-stream"]
    slow += ["-H", "Upload-Offset: 0", "-H", "Expect:", "-T", str(file), f"{service.url}/api/v1{path}"]
    sending = subprocess.Popen(slow, stdout=subprocess.DEVNULL)
    until(lambda: sum(part.stat().st_size for part in files_of(service, path)) > 20_000, 10, "it sends")
    sending.kill()
    sending.wait()
    answer = annie.head(path, headers=TUS)
    offset = int(answer.headers["upload-offset"])
    assert 20_000 < offset < len(content)
    rest = annie.patch(path, headers=BYTES | {"Upload-Offset": str(offset)}, content=content[offset:])
    whole(annie, note_of(rest), file)
