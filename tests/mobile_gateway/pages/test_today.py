"""The rep's day, and completing what took place."""

from datetime import timedelta

from tests.mobile_gateway.pages.browser import Page
from tests.mobile_gateway.pages.conftest import BOB, NOW, Company, visit


def test_today_shows_the_day_in_the_reps_zone_and_marks_what_is_under_way(company: Company) -> None:
    """Times on the rep's clock, the client with a link to the brief, what is under way and what is next marked."""
    page = company.browser().page("/m/")
    assert page.text.index("09:30–10:30 visite, prévue (maintenant) Boulangerie") < page.text.index(
        "12:00–13:00 visite, prévue (ensuite) Garage Roy & Fils"
    )
    assert page.links["/m/clients/C1"] == "Boulangerie Tremblay inc."
    assert "Hardware" not in page.text


def test_today_is_in_the_reps_language(company: Company) -> None:
    """Bob reads English whatever his browser says."""
    browser = company.browser(BOB)
    browser.accept_language = "fr"
    page = browser.page("/m/")
    assert page.language == "en"
    assert "Tuesday, November 24" in page.text
    assert "planned (now)" in page.text


def test_other_days_are_a_link_away(company: Company) -> None:
    """The day before and the day after; a day that is no day is today."""
    company.add(visit("A9", 2, NOW + timedelta(days=1)))
    browser = company.browser()
    assert "/m/?day=2026-11-23" in browser.page("/m/").links
    tomorrow = browser.page("/m/?day=2026-11-25")
    assert "10:00–11:00" in tomorrow.text
    assert "maintenant" not in tomorrow.text
    for nonsense in ("yesterday", "9999-12-31", "0001-01-01", ""):
        assert "mardi 24 novembre" in browser.page(f"/m/?day={nonsense}").text


def test_a_full_day_opens_at_what_is_under_way(company: Company) -> None:
    """Where not all of it fits on a page, earlier and later entries are links away, and none is lost."""
    company.add(*(visit(f"B{number:02}", 2, NOW + timedelta(minutes=7 * number - 240)) for number in range(60)))
    browser = company.browser()
    opening = browser.page("/m/")
    assert opening.text.index("(maintenant)") < 250
    address, shown = "/m/?day=2026-11-24&from=0", set()
    while address:
        page = browser.page(address)
        shown |= {button for form in page.forms for button in form.fields if button.startswith("done:")}
        shown |= {link for link in page.links if link.startswith("/m/record?activity=")}
        address = next((link for link, words in page.links.items() if words == "Suite"), "")
    assert len(shown) == 62


def test_completing_without_a_note_offers_to_record_it_and_works_afterwards(either_company: Company) -> None:
    """The closing rule's sentence with the form for that activity; once the note is linked, completing succeeds."""
    browser = either_company.browser()
    day = browser.page("/m/").form("/m/complete")
    refused = browser.post("/m/complete", data=day.fields | {"done:A1": "Terminer"})
    page = Page(refused.text)
    assert refused.status_code == 409
    assert "« Suivi » ne peut être terminée sans note." in page.text
    form = page.form("/m/record")
    assert form.fields["activity"] == "A1"

    taken = browser.send(form, text="Commande de 40 pains.")
    either_company.process()
    note = browser.page(taken.headers["location"])
    completed = browser.send(note.form("/m/complete"), "Terminer")
    assert (completed.status_code, completed.headers["location"]) == (303, "/m/?day=2026-11-24")
    assert "09:30–10:30 visite, terminée" in browser.page("/m/").text


def test_what_is_done_or_not_mine_has_no_button(company: Company) -> None:
    """Only a planned activity can be completed, and another rep's is not found."""
    company.add(visit("D1", 1, NOW - timedelta(hours=3), state="done"))
    browser = company.browser()
    form = browser.page("/m/").form("/m/complete")
    assert set(form.buttons.values()) <= {"done:A1", "done:A2"}
    assert browser.post("/m/complete", data=form.fields | {"done:A3": ""}).status_code == 404
    assert browser.post("/m/complete", data=form.fields).status_code == 422


def test_a_form_from_elsewhere_completes_nothing(company: Company) -> None:
    """Without the token of a page of ours, or from another site's page: 403."""
    browser = company.browser()
    fields = browser.page("/m/").form("/m/complete").fields
    assert browser.post("/m/complete", data={"done:A1": ""}).status_code == 403
    assert browser.post("/m/complete", data={"t": "0" * 32, "done:A1": ""}).status_code == 403
    foreign = {"Sec-Fetch-Site": "cross-site"}
    assert browser.post("/m/complete", data=fields | {"done:A1": ""}, headers=foreign).status_code == 403
    other = company.browser(BOB).page("/m/").form("/m/complete").fields
    assert browser.post("/m/complete", data=other | {"done:A1": ""}).status_code == 403
