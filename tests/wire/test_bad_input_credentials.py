"""Bad input: codes and credentials that are wrong, used up, taken back, or sent by another site."""

import base64
import time
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from server.domain.credentials import code_digest, digest
from server.store.database import Database
from server.store.tables.devices import InvitationRow
from tests.wire.conftest import ANNIE
from tests.wire.service import Service

OTHER_SITE = {"Origin": "https://evil.example"}


def invited(service: Service, key: str) -> str:
    """A fresh one-time code for Annie."""
    with service.office(key) as office:
        code: str = office.post("/devices", json={"rep": ANNIE}).raise_for_status().json()["code"]
    return code


def enrol(service: Service, code: str, place: str = "127.0.0.1") -> httpx.Response:
    """Try a code from that loopback address."""
    with httpx.Client(transport=httpx.HTTPTransport(local_address=place)) as client:
        return client.post(f"{service.url}/api/v1/enrolments", json={"code": code, "name": "Bold"})


def token_of(device: httpx.Client) -> str:
    return device.headers["authorization"].removeprefix("Bearer ")


@pytest.mark.parametrize("use", ["used", "expired", "invented", "empty"])
def test_a_code_works_once_and_for_three_days(service: Service, key: str, use: str) -> None:
    """A used, an expired and an invented code are one and the same 403, which says to ask for a new one."""
    code = invited(service, key)
    if use == "used":
        assert enrol(service, code, "127.0.0.2").status_code == 201
    if use == "expired":
        database = Database(f"sqlite:///{service.data / 'calepin.sqlite'}")
        with database.transaction() as session:
            invitation = session.get_one(InvitationRow, code_digest(code))
            invitation.expires_at = datetime.now(UTC) - timedelta(seconds=1)
        database.close()
    refused = enrol(service, {"invented": "K7Q2-9FXM-3TBA", "empty": "-"}.get(use, code), "127.0.0.2")
    assert (refused.status_code, refused.json()["code"]) == (403, "code-not-good")
    assert "new one" in refused.json()["detail"]


def test_a_code_may_be_typed_as_people_type(service: Service, key: str) -> None:
    """Small letters, spaces for hyphens, and O for 0 are forgiven."""
    typed = invited(service, key).lower().replace("-", " ").replace("0", "o").replace("1", "l")
    assert enrol(service, f" {typed} ").status_code == 201


def test_ten_wrong_codes_slow_a_place_down(service: Service, key: str) -> None:
    """The eleventh try from one place is 429 with Retry-After, a good code too; others enrol, and waiting helps."""
    code = invited(service, key)
    tries = [enrol(service, f"WRNG-WRNG-WR{number:02d}", "127.0.0.3") for number in range(10)]
    assert [answer.status_code for answer in tries] == [403] * 10
    slowed = enrol(service, code, "127.0.0.3")
    assert (slowed.status_code, slowed.json()["code"]) == (429, "slow-down")
    wait = int(slowed.headers["retry-after"])
    assert 1 <= wait <= 3
    assert enrol(service, invited(service, key), "127.0.0.4").status_code == 201
    with httpx.Client(transport=httpx.HTTPTransport(local_address="127.0.0.3")) as browser:
        assert browser.post(f"{service.url}/m/sign-in", data={"code": code}).status_code == 429
    time.sleep(wait)
    assert enrol(service, code, "127.0.0.3").status_code == 201


def test_a_device_ends_with_its_next_request(service: Service, key: str) -> None:
    """Quarantine is 403 and says that nothing is lost, release undoes it, revoking is 401 and cannot be undone."""
    with service.device(ANNIE, key) as device, service.office(key) as office:
        uid = device.get("/me").json()["device"]["id"]
        office.patch(f"/devices/{uid}", json={"state": "quarantined"}).raise_for_status()
        held = device.post("/notes", data={"text": "Rappeler"})
        assert (held.status_code, held.json()["code"]) == (403, "device-quarantined")
        office.patch(f"/devices/{uid}", json={"state": "active"}).raise_for_status()
        assert device.get("/me").status_code == 200
        office.delete(f"/devices/{uid}").raise_for_status()
        assert device.get("/me").status_code == 401
        assert device.post("/notes", data={"text": "Rappeler"}).status_code == 401
        assert office.patch(f"/devices/{uid}", json={"state": "active"}).status_code == 404
        actions = [act["action"] for act in office.get("/audit").json()["items"]]
    assert actions[:3] == ["device-revoked", "device-active", "device-quarantined"]


@pytest.mark.parametrize("user", ["", "annie", "annie@example.com"])
def test_the_token_may_be_the_password_of_basic_authentication(
    service: Service, annie: httpx.Client, user: str
) -> None:
    """Whatever the user's name; a wrong password is 401 with both ways to sign in."""
    url = f"{service.url}/api/v1/me"
    assert httpx.get(url, auth=(user, token_of(annie))).json()["rep"]["email"] == ANNIE
    refused = httpx.get(url, auth=(user, "wrong"))
    assert refused.status_code == 401
    assert {way.split()[0] for way in refused.headers["www-authenticate"].split(", ")} >= {"Bearer", "Basic"}


@pytest.mark.parametrize(
    "header",
    [
        b"",
        b"Bearer",
        b"Basic !!!",
        b"Basic " + base64.b64encode(b"annie"),
        b"Basic " + base64.b64encode(b"annie:\xff\xfe"),
        b"Bearer \xff\xfe\xc3",
        b"Digest username=annie",
        b"Bearer " + b"x" * 8_000,
    ],
)
def test_a_header_that_makes_no_sense_is_no_credential(service: Service, annie: httpx.Client, header: bytes) -> None:
    """401 and no fault, even where a good cookie comes with it."""
    headers = [(b"Authorization", header), (b"Cookie", b"calepin=" + token_of(annie).encode())]
    assert httpx.get(f"{service.url}/api/v1/me", headers=headers).status_code == 401


def test_neither_credential_opens_the_other_s_door(service: Service, annie: httpx.Client, key: str) -> None:
    """A device's token is nothing to the office, an integration key nothing to the device API."""
    with service.office(token_of(annie)) as office:
        assert office.get("/notes").status_code == 401
        assert office.put("/clients", json=[]).status_code == 401
    assert httpx.get(f"{service.url}/api/v1/me", headers={"Authorization": f"Bearer {key}"}).status_code == 401


@pytest.mark.parametrize(
    ("sent", "allowed"),
    [
        ({}, True),
        ({"Origin": "own"}, True),
        ({"Sec-Fetch-Site": "same-origin"}, True),
        (OTHER_SITE, False),
        ({"Origin": "null"}, False),
        ({"Sec-Fetch-Site": "cross-site"}, False),
        ({"Sec-Fetch-Site": "same-site", "Origin": "own"}, False),
    ],
)
def test_a_cookie_is_not_lent_to_other_sites(
    service: Service, annie: httpx.Client, sent: dict[str, str], allowed: bool
) -> None:
    """With the cookie, what changes something must come from here; reading is free, and a Bearer needs no origin."""
    headers = {name: service.url if value == "own" else value for name, value in sent.items()}
    url, cookie = f"{service.url}/api/v1/notes", {"Cookie": f"calepin={token_of(annie)}"}
    answer = httpx.post(url, data={"text": "Rappeler"}, headers=headers | cookie)
    assert answer.is_success if allowed else (answer.status_code, answer.json()["code"]) == (403, "cross-site")
    assert httpx.get(url, headers=headers | cookie).status_code == 200
    assert annie.post("/notes", data={"text": "Rappeler"}, headers=headers).is_success


@pytest.mark.parametrize("path", ["/m/record", "/m/sign-out"])
@pytest.mark.parametrize("token", ["", "0" * 32])
def test_a_form_of_another_s_page_changes_nothing(service: Service, annie: httpx.Client, path: str, token: str) -> None:
    """Old browsers tell no origin: the form's own token has to be right, or it is 403."""
    cookie = {"Cookie": f"calepin={token_of(annie)}"}
    before = annie.get("/notes").json()
    answer = httpx.post(service.url + path, data={"t": token, "text": "Faux"}, headers=cookie)
    assert answer.status_code == 403
    assert annie.get("/notes").json() == before


def test_another_site_cannot_sign_somebody_in(service: Service, key: str) -> None:
    """A sign-in form on another site would make a rep record into another's account: 403, the code stays good."""
    code = invited(service, key)
    assert httpx.post(f"{service.url}/m/sign-in", data={"code": code}, headers=OTHER_SITE).status_code == 403
    assert enrol(service, code).status_code == 201


def test_only_digests_are_stored(service: Service, annie: httpx.Client, key: str) -> None:
    """Neither a token nor a key nor a code is anywhere in the data folder or the log."""
    code = invited(service, key)
    kept = b"".join(path.read_bytes() for path in service.data.glob("calepin.sqlite*"))
    assert digest(token_of(annie)).encode() in kept
    for secret in (token_of(annie), key, code, code.replace("-", "")):
        assert secret.encode() not in kept
        assert secret not in service.log.read_text()
