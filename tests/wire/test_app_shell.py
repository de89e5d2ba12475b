"""The pocket app's files and its way in and out, as any browser gets them."""

import base64
import gzip
import hashlib
import json
import re
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import httpx
import pytest

from tests.wire.conftest import ANNIE
from tests.wire.phone import invitation
from tests.wire.service import Service

STATIC = Path(str(files("mobile_gateway.app").joinpath("static")))
SCRIPTS = sorted(STATIC.rglob("*.js"))
WORDS = {name: json.loads((STATIC / "words" / f"{name}.json").read_text()) for name in ("en", "fr")}


@pytest.fixture
def browser(service: Service) -> Iterator[httpx.Client]:
    """A browser that nobody has signed in."""
    with httpx.Client(base_url=service.url, timeout=30) as client:
        yield client


def listed(browser: httpx.Client) -> dict[str, str]:
    """The files that the service worker keeps, with their hashes."""
    worker = browser.get("/app/sw.js").raise_for_status().text
    found: dict[str, str] = json.loads(worker.partition("const FILES = ")[2].partition(";\n")[0])
    return found


def test_all_script_is_less_than_sixty_kilobytes() -> None:
    """As it is served, comments and all, without compression."""
    assert sum(path.stat().st_size for path in SCRIPTS) < 60 * 1024


def test_the_worker_lists_every_file_with_its_hash(browser: httpx.Client) -> None:
    """What it lists is what is served, and nothing of the app is missing, so that it opens without a network."""
    hashes = listed(browser)
    own = {f"/app/{path.relative_to(STATIC)}" for path in STATIC.rglob("*.*")} - {"/app/sw.js", "/app/index.html"}
    assert set(hashes) == own | {"/app/"}
    for address, told in hashes.items():
        body = browser.get(address).raise_for_status().content
        assert told == "sha256-" + base64.b64encode(hashlib.sha256(body).digest()).decode()


def test_every_file_is_under_a_strict_policy_and_asked_for_again(browser: httpx.Client) -> None:
    """No inline script, no eval, nothing from elsewhere; 304 for who has it; packed for who can unpack."""
    for address in (*listed(browser), "/app/sw.js"):
        plain = browser.get(address, headers={"Accept-Encoding": "identity"})
        policy = plain.headers["content-security-policy"]
        assert "default-src 'none'; script-src 'self';" in policy
        assert "unsafe" not in policy
        assert "connect-src 'self'" in policy
        assert plain.headers["cache-control"] == "no-cache"
        again = browser.get(address, headers={"If-None-Match": f"W/{plain.headers['etag']}"})
        assert (again.status_code, again.content) == (304, b"")
    with browser.stream("GET", "/app/js/main.js", headers={"Accept-Encoding": "gzip"}) as packed:
        raw = b"".join(packed.iter_raw())
    assert gzip.decompress(raw) == (STATIC / "js" / "main.js").read_bytes()


def test_the_page_holds_no_script_of_its_own(browser: httpx.Client) -> None:
    """One module, from a file; no handler and no style in the HTML, and none is made by the scripts."""
    page = browser.get("/app/").text
    assert re.findall(r"<script([^>]*)>([^<]*)", page) == [(' type="module" src="/app/js/main.js"', "")]
    assert not re.search(r"\son\w+=|style=", page)
    scripts = "".join(path.read_text() for path in SCRIPTS)
    assert not re.search(r"innerHTML|eval\(|new Function|https?://(?!tus\.io)", scripts)


def test_both_languages_say_everything() -> None:
    """The same keys with the same placeholders in both, and each key that the scripts name is there."""
    assert set(WORDS["en"]) == set(WORDS["fr"])
    for key, english in WORDS["en"].items():
        assert sorted(re.findall(r"{\w+}", english)) == sorted(re.findall(r"{\w+}", WORDS["fr"][key])), key
    scripts = "".join(path.read_text() for path in SCRIPTS)
    named = set(re.findall(r"\bt\(\"([a-z-]+)\"", scripts))
    assert len(named) > 50
    assert named <= set(WORDS["en"])
    quoted = set(re.findall(r"\"([a-z-]+)\"", scripts + (STATIC / "index.html").read_text()))
    assert set(WORDS["en"]) - quoted <= {"visit", "call", "meeting", "done", "planned", "cancelled", "prospect",
                                         "dormant", "active", "closed", "linked", "unlinked"}  # fmt: skip


def test_what_is_not_there_is_not_found(browser: httpx.Client) -> None:
    """No path leads out of the folder."""
    for path in ("none.js", "..%2fshell.py", "js/", "js/../../shell.py", "%2e%2e/routes.py", "static/index.html"):
        assert browser.get(f"/app/{path}").status_code == 404
    assert browser.get("/app").headers["location"] == "/app/"


def test_signing_in_gives_a_cookie_that_no_script_can_read(browser: httpx.Client, service: Service, key: str) -> None:
    """The token is in the cookie alone; every visit renews it; signing out ends it and clears the device."""
    answer = browser.post("/app/sign-in", json={"code": invitation(service, key, ANNIE), "name": "Pixel"})
    cookie = answer.headers["set-cookie"]
    assert answer.status_code == 201
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "cld_" not in answer.text
    seen = browser.get("/api/v1/me")
    assert (seen.json()["device"]["name"], seen.json()["policy"]["encrypt_offline"]) == ("Pixel", True)
    assert "HttpOnly" in seen.headers["set-cookie"]
    token = browser.cookies["calepin"]
    gone = browser.post("/app/sign-out")
    assert (gone.status_code, gone.headers["clear-site-data"]) == (204, '"cache", "storage"')
    copied = httpx.get(f"{service.url}/api/v1/me", cookies={"calepin": token})
    assert (copied.status_code, copied.headers["clear-site-data"]) == (401, '"cache", "storage"')
    assert copied.json()["code"] == "device-revoked"


def test_only_a_revoked_device_is_cleared(browser: httpx.Client, service: Service, key: str) -> None:
    """No cookie, or one that never was good, loses nothing; a revoked token in a header has no browser to clear."""
    for cookies in ({}, {"calepin": "cld_unknown"}):
        refused = httpx.get(f"{service.url}/api/v1/me", cookies=cookies)
        assert refused.status_code == 401
        assert "clear-site-data" not in refused.headers
    with service.device(ANNIE, key) as device, service.office(key) as office:
        office.delete(f"/devices/{device.get('/me').json()['device']['id']}").raise_for_status()
        refused = device.get("/me")
        assert refused.status_code == 401
        assert "clear-site-data" not in refused.headers


def test_another_site_cannot_sign_a_browser_in_or_out(browser: httpx.Client, service: Service, key: str) -> None:
    """A form of theirs is refused, and the code is still good afterwards."""
    code = invitation(service, key, ANNIE)
    theirs = {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"}
    assert browser.post("/app/sign-in", json={"code": code}, headers=theirs).status_code == 403
    assert browser.post("/app/sign-in", json={"code": code}).status_code == 201
    assert browser.post("/app/sign-out", headers=theirs).status_code == 403
    assert browser.get("/api/v1/me").status_code == 200


def test_a_wrong_code_is_refused_in_words(browser: httpx.Client) -> None:
    """As a problem with its remedy, in the browser's language."""
    refused = browser.post("/app/sign-in", json={"code": "ZZZZ-ZZZZ"}, headers={"Accept-Language": "fr-CA"})
    assert refused.status_code == 403
    assert "invitation" in refused.json()["title"]
