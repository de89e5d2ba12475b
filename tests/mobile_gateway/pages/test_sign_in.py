"""Signing in by an invitation, and out."""

import pytest

from server.domain.sentences import sentence
from tests.mobile_gateway.pages.browser import Browser, Page
from tests.mobile_gateway.pages.conftest import BOB, Company


def test_an_invitation_link_signs_in_only_when_its_button_is_pressed(either_company: Company) -> None:
    """Looking at the link burns nothing; the button connects the device, once."""
    browser, link = Browser(either_company.app), f"/m/i/{either_company.invite()}"
    browser.page(link)
    form = browser.page(link).form(link)
    answer = browser.send(form, "Connect this device", name="Bold 9900")
    assert (answer.status_code, answer.headers["location"]) == (303, "/m/")
    assert "Annie Gagnon, Bold 9900" in browser.page("/m/").text
    assert Browser(either_company.app).send(form).status_code == 403


def test_the_cookie_is_kept_from_scripts_and_other_sites(company: Company) -> None:
    """HttpOnly, SameSite=Lax, for the whole site, and for more than a year."""
    answer = Browser(company.app).post(f"/m/i/{company.invite()}", data={"name": ""})
    attributes = {part.split("=")[0].lower(): part for part in answer.headers["set-cookie"].split("; ")}
    assert {"httponly", "samesite", "expires"} <= attributes.keys()
    assert attributes["samesite"] == "SameSite=lax"
    assert attributes["path"] == "Path=/"
    assert attributes["max-age"] == f"Max-Age={400 * 86400}"
    assert "secure" not in attributes  # the test's service is reached by plain HTTP


def test_a_typed_code_signs_in(company: Company) -> None:
    """The code may be typed in any case, with or without its hyphens."""
    browser = Browser(company.app)
    form = browser.page("/m/sign-in").form("/m/sign-in")
    answer = browser.send(form, "Connect this device", code=company.invite(BOB).lower().replace("-", " "))
    assert answer.status_code == 303
    assert "Bob Fraser" in browser.page("/m/").text


@pytest.mark.parametrize("address", ["/m/", "/m/find", "/m/clients/C1", "/m/record", "/m/notes", "/m/notes/x"])
def test_whoever_is_not_signed_in_gets_the_form_for_a_code(company: Company, address: str) -> None:
    """401 without a password prompt, and the form to type a code, in the browser's language."""
    answer = Browser(company.app, accept_language="fr-CA").get(address)
    page = Page(answer.text)
    assert answer.status_code == 401
    assert "www-authenticate" not in answer.headers
    assert page.language == "fr"
    assert page.form("/m/sign-in").method == "post"


def test_a_wrong_code_is_refused_in_words_with_the_form_again(company: Company) -> None:
    """403 and the sentence for it, as the API has it."""
    answer = Browser(company.app).post("/m/sign-in", data={"code": "AAAA-BBBB-CCCC"})
    page = Page(answer.text)
    assert answer.status_code == 403
    assert sentence("code-not-good", "en").remedy in page.text
    assert page.form("/m/sign-in")


def test_many_wrong_codes_slow_the_place_down(company: Company) -> None:
    """After ten of them the eleventh has to wait, even if it is right."""
    browser = Browser(company.app)
    for _ in range(10):
        browser.post("/m/sign-in", data={"code": "WRONG"})
    answer = browser.post("/m/sign-in", data={"code": company.invite()})
    assert answer.status_code == 429
    assert int(answer.headers["retry-after"]) > 0


def test_another_site_cannot_sign_a_browser_in(company: Company) -> None:
    """A form that another site's page sends is refused, and the code stays good."""
    code = company.invite()
    foreign = Browser(company.app).post(
        "/m/sign-in", data={"code": code}, headers={"Origin": "https://elsewhere.example"}
    )
    assert foreign.status_code == 403
    assert Browser(company.app).post("/m/sign-in", data={"code": code}).status_code == 303


def test_signing_out_ends_the_device_and_not_only_the_cookie(company: Company) -> None:
    """It asks first; afterwards a copy of the cookie is worth nothing."""
    browser = company.browser()
    stolen = dict(browser.cookies)
    answer = browser.send(browser.page("/m/sign-out").form("/m/sign-out"), "Se déconnecter")
    assert answer.status_code == 200
    assert "calepin" not in dict(browser.cookies)
    copy = Browser(company.app)
    copy.cookies.update(stolen)
    assert copy.get("/m/").status_code == 401


def test_the_style_sheet_is_small_and_loaded_once(company: Company) -> None:
    """At most 1.5 KB, for a month, and 304 afterwards."""
    browser = Browser(company.app)
    sheet = browser.get("/m/style.css")
    assert len(sheet.content) <= 1536
    assert "max-age=2592000" in sheet.headers["cache-control"]
    again = browser.get("/m/style.css", headers={"If-None-Match": sheet.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
