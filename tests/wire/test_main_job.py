"""The main job over the wire: a recording goes in, a brief comes out."""

import httpx

from tests.wire.conftest import ANNIE, found_company
from tests.wire.recordings import tone
from tests.wire.service import Service, settled


def test_a_recording_sent_after_a_visit_shows_in_the_client_s_brief(annie: httpx.Client) -> None:
    """What is recorded six minutes after a visit is linked to it, playable, and the first note of the next brief."""
    answer = annie.post("/notes", files={"audio": ("memo.amr", tone(1.5), "audio/amr")})
    assert answer.status_code == 201
    note = settled(annie, answer.json()["id"])
    assert (note["state"], note["link"]["status"], note["link"]["client"]) == ("processed", "linked", "C1")
    assert note["link"]["activity"] == "A1"
    assert note["link"]["evidence"]
    assert note["audio"]["type"] == "audio/wav"
    assert abs(note["seconds"] - 1.5) < 0.1
    assert len(note["audio"]["peaks"]) == 200
    brief = annie.get("/clients/C1/brief").json()
    assert brief["notes"][0]["id"] == note["id"]
    assert brief["figures"][0]["disbursed_this_year"] == "1250.50"
    played = annie.get(brief["notes"][0]["audio"].removeprefix("/api/v1"))
    assert played.headers["content-type"].startswith("audio/ogg")
    assert played.content.startswith(b"OggS")


def test_a_raw_body_with_its_fields_in_the_query_makes_a_note(annie: httpx.Client) -> None:
    """A device that cannot make a form sends the recording alone."""
    answer = annie.post("/notes?client=C2&text=Raw", content=tone(1, 500), headers={"Content-Type": "audio/wav"})
    assert answer.status_code == 201
    assert answer.headers["location"] == f"/api/v1/notes/{answer.json()['id']}"
    note = settled(annie, answer.json()["id"])
    assert (note["link"]["client"], note["text"], note["link"]["confidence"]) == ("C2", "Raw", 1.0)


def test_sigterm_ends_the_whole_tree_cleanly(own_service: Service) -> None:
    """SIGTERM ends the service with status 0 and says that the worker has ended too."""
    found_company(own_service.start())
    with own_service.device(ANNIE, own_service.key()) as device:
        settled(device, device.post("/notes", data={"text": "Rappeler demain"}).json()["id"])
    assert own_service.stop() == 0
    said = own_service.log.read_text()
    assert "worker has ended" in said
    assert "Fatal" not in said
