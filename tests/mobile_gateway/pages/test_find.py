"""Finding a client, and the brief."""

from decimal import Decimal
from urllib.parse import quote

from server.store.tables.disbursements import DisbursementRow
from tests.mobile_gateway.pages.conftest import NOW, Company, client, note


def test_finding_forgives_typing_errors(company: Company) -> None:
    """The best match first, with its city, its category and a number that can be called."""
    page = company.browser().page("/m/find?q=boulanjerie+tramblay")
    assert page.links["/m/clients/C1"] == "Boulangerie Tremblay inc."
    assert page.links["tel:4505550142"] == "450 555-0142"
    assert "Laval, Cat. A" in page.text
    assert "Garage" not in page.text


def test_finding_nothing_says_what_to_try(company: Company) -> None:
    """And keeps what was typed."""
    page = company.browser().page("/m/find?q=zzzzzzz")
    assert "Aucun client ne correspond." in page.text
    assert page.form("/m/find").fields["q"] == "zzzzzzz"


def test_an_old_browsers_windows_1252_is_understood(company: Company) -> None:
    """“Québec” as %E9 is what browsers send that ignore accept-charset."""
    company.add(client(8, "Café Zoé", city="Québec"))
    page = company.browser().page("/m/find?q=caf%E9+zo%E9")
    assert page.form("/m/find").fields["q"] == "café zoé"
    assert "/m/clients/C8" in page.links


def test_a_long_list_continues_on_further_pages(company: Company) -> None:
    """Without a name all clients come in order, page by page, each once."""
    company.add(*(client(number, f"Client {number:03}") for number in range(100, 140)))
    browser, address, found = company.browser(), "/m/find", []
    while address:
        page = browser.page(address)
        found += [link for link in page.links if link.startswith("/m/clients/")]
        address = next((link for link, words in page.links.items() if words == "Suite"), "")
    assert len(found) == len(set(found)) == 42


def test_the_brief_shows_what_a_rep_needs_before_the_meeting(company: Company) -> None:
    """Category, status, manager, phone, money, activities, and the last three notes with their recordings."""
    company.add(
        DisbursementRow(ref="D1", client_id=1, date=NOW.date(), amount=Decimal("1250.50")),
        *(note(number, transcript=f"Livraison numéro {number}.") for number in range(1, 5)),
    )
    page = company.browser().page("/m/clients/C1")
    assert "Boulangerie Tremblay inc. Cat. A · actif · Annie Gagnon Laval · 450 555-0142" in page.text
    assert "1 250,50 $" in page.text.replace("\xa0", " ").replace("\u202f", " ")
    assert "Livraison numéro 3." in page.text
    assert "Livraison numéro 4." not in page.text
    assert page.links["tel:4505550142"] == "450 555-0142"
    assert page.links[f"/api/v1/notes/{1:024}/audio"] == "Écouter"
    assert page.links[f"/api/v1/notes/{1:024}/audio?as=amr"] == "AMR"
    assert f"/m/notes/{1:024}" in page.links
    assert page.links["/m/record?client=C1"] == "Enregistrer une note pour ce client"


def test_a_reference_with_any_character_leads_to_its_brief(company: Company) -> None:
    """Slashes, spaces and question marks survive the link."""
    ref = "2026/4 a?b&c#é%"
    company.add(client(9, "Zénith", ref=ref))
    browser = company.browser()
    link = f"/m/clients/{quote(ref, safe='')}"
    assert browser.page("/m/find?q=zenith").links[link] == "Zénith"
    assert "Zénith" in browser.page(link).text


def test_another_reps_client_answers_like_none(company: Company) -> None:
    """The same 404 page for what is not mine and for what does not exist."""
    browser = company.browser()
    hidden, missing = browser.get("/m/clients/C3"), browser.get("/m/clients/C999")
    assert (hidden.status_code, hidden.text) == (404, missing.text)


def test_markup_in_names_and_notes_is_shown_as_text(company: Company) -> None:
    """A script or a formula in any name or note stays what it is: text."""
    script, formula = "<script>alert(1)</script>", '=HYPERLINK("http://x.example";"y")'
    company.add(client(7, script, city=formula, category=script[:20], phone=formula))
    company.add(note(7, client_id=7, text=f"{script} {formula}"))
    browser = company.browser()
    for address in ("/m/find", "/m/clients/C7", "/m/notes", f"/m/notes/{7:024}", f"/m/record?client=C7&x={script}"):
        answer = browser.get(address)
        assert "<script" not in answer.text
        assert script in browser.page(address).text
    assert formula in browser.page("/m/clients/C7").text
