"""Schemathesis against the description that the service gives of itself: whatever it allows, there is no 5xx."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.wire.conftest import BOB, found_company
from tests.wire.databases import database_of
from tests.wire.recordings import tone
from tests.wire.service import Service, settled
from tests.wire.uploads import create

RUN = "run --checks not_a_server_error --phases coverage,fuzzing --max-examples 12 --seed 1 --no-shrink"
ROOT = Path(__file__).parents[2]
PLENTY = 300  # cases; fewer would mean that most of the description was not understood


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def service(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A service on each kind of database."""
    with database_of(request, request.param) as url:
        running = Service(tmp_path_factory.mktemp(request.param) / "data", database_url=url).start()
        found_company(running)
        yield running
        running.end()


@pytest.fixture(scope="module")
def known(service: Service, key: str, annie: httpx.Client) -> dict[str, tuple[str, str]]:
    """For each address with a parameter one that leads to something; the device is there to be revoked."""
    note = annie.post("/notes", files={"audio": ("memo.wav", tone(0.5), "audio/wav")}).json()["id"]
    settled(annie, note)
    with service.device(BOB, key) as spare:
        device = spare.get("/me").json()["device"]["id"]
    upload = create(annie, 5)
    return {
        "/api/v1/uploads/{uid}": ("uid", upload.rpartition("/")[2]),
        "/api/v1/notes/{note_id}": ("note_id", note),
        "/api/v1/notes/{note_id}/audio": ("note_id", note),
        "/api/v1/clients/{ref}/brief": ("ref", "C1"),
        "/api/v1/activities/{ref}": ("ref", "A2"),
        "/api/v1/activities/{ref}/complete": ("ref", "A1"),
        "/office/api/v1/devices/{device_id}": ("device_id", device),
    }


@pytest.mark.parametrize(("who", "paths"), [("device", "^/api/"), ("key", "^/(office/api|livez|readyz|metrics)")])
def test_no_request_that_the_description_allows_is_a_fault(
    service: Service,
    key: str,
    annie: httpx.Client,
    known: dict[str, tuple[str, str]],
    tmp_path: Path,
    who: str,
    paths: str,
) -> None:
    """Hundreds of requests, right and wrong, as a signed-in device and as an integration: none is answered with 5xx."""
    config = tmp_path / "schemathesis.toml"
    config.write_text(
        "".join(
            f'[[operations]]\ninclude-path = "{path}"\nparameters = {{ "path.{name}" = "{value}" }}\n'
            for path, (name, value) in known.items()
        )
    )
    credential = annie.headers["authorization"] if who == "device" else f"Bearer {key}"
    command = [str(Path(sys.executable).with_name("schemathesis")), "--config-file", str(config), *RUN.split()]
    command += ["--generation-database", "none", "--include-path-regex", paths, "-H", f"Authorization: {credential}"]
    done = subprocess.run(
        [*command, f"{service.url}/openapi.json"],
        cwd=tmp_path,
        env=os.environ | {"SCHEMATHESIS_HOOKS": "tests.wire.serializing", "PYTHONPATH": str(ROOT)},
        check=False,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
    generated = re.search(r"(\d+) generated", done.stdout)
    assert generated is not None
    assert int(generated[1]) > PLENTY
    assert "Traceback" not in service.log.read_text()
