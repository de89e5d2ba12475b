"""My notes: the list, one note, and saying whose it is."""

import pytest

from server.store.tables.people import ClientShareRow
from tests.mobile_gateway.pages.browser import Browser, Page
from tests.mobile_gateway.pages.conftest import BOB, Company, note

SUGGESTED = {
    "client": "C2",
    "name": "Garage Roy & Fils ltée",
    "activity": "A2",
    "confidence": 0.5,
    "evidence": [{"code": "part-named", "values": {"words": "roy"}}],
}
DOUBTFUL = {"link_status": "suggested", "client_id": None, "suggestions": [SUGGESTED]}


def address(number: int) -> str:
    """Where that note is shown."""
    return f"/m/notes/{number:024}"


def choose(browser: Browser, number: int, button: str, query: str = "") -> None:
    """Press one of the buttons that say whose the note is."""
    page = browser.page(address(number) + query)
    answer = browser.send(page.form(f"{address(number)}/client"), button)
    assert (answer.status_code, answer.headers["location"]) == (303, address(number))


def test_the_list_shows_each_note_with_its_client_and_its_state(company: Company) -> None:
    """The last first; what cannot be played with the reason, what is not decided with the question."""
    company.add(
        note(1, text="Bon de commande"),
        note(2, state="failed", failure="no-sound"),
        note(3, state="received", client_id=None, link_status="unlinked"),
        note(4, **DOUBTFUL),
    )
    text = company.browser().page("/m/notes").text
    assert "24 nov. 09:00 (0:42) Boulangerie Tremblay inc. Bon de commande 24 nov. 08:00 (0:42)" in text
    assert "Ce fichier ne contient pas de son. Enregistrez-le de nouveau, microphone ouvert." in text
    assert "24 nov. 07:00 (0:42) en traitement 24 nov. 06:00 (0:42) Quel client?" in text


@pytest.mark.parametrize("query", ["", "?link=open", "?link=suggested"])
def test_the_list_continues_page_by_page_and_shows_each_note_once(company: Company, query: str) -> None:
    """The cursor works for all notes, for those of one status, and for those that are to be decided."""
    company.add(*(note(number, **DOUBTFUL) for number in range(1, 41)))
    browser, next_page, found = company.browser(), f"/m/notes{query}", []
    while next_page:
        page = browser.page(next_page)
        found += [link for link in page.links if link.startswith("/m/notes/")]
        next_page = next((link for link, words in page.links.items() if words == "Suite"), "")
    assert found == [address(number) for number in range(1, 41)]


def test_today_counts_the_notes_that_wait_for_a_decision(company: Company) -> None:
    """Suggested and unlinked ones count, decided ones and those still worked on do not."""
    company.add(
        note(1),
        note(2, **DOUBTFUL),
        note(3, client_id=None, link_status="unlinked"),
        note(4, client_id=None, link_status="confirmed"),
        note(5, client_id=None, link_status="unlinked", state="received"),
    )
    page = company.browser().page("/m/")
    assert page.links["/m/notes?link=open"] == "2 notes : quel client?"
    shown = company.browser().page("/m/notes?link=open").links
    assert {address(2), address(3)} <= shown.keys()
    assert address(1) not in shown


def test_a_note_says_whose_it_is_and_why(company: Company) -> None:
    """The client with a link to the brief, the evidence in words, and the recording in forms for any handheld."""
    evidence = {"starts_at": "2026-11-24T14:30:00+00:00", "ends_at": "2026-11-24T15:30:00+00:00", "kind": "visit"}
    company.add(note(1, evidence=[{"code": "during", "values": evidence}], remark="incomplete"))
    page = company.browser().page(address(1))
    assert page.links["/m/clients/C1"] == "Boulangerie Tremblay inc."
    assert "enregistré pendant : visite 09:30–10:30" in page.text
    assert "Une partie de l'enregistrement est abîmée" in page.text
    audio = f"/api/v1/notes/{1:024}/audio"
    assert {audio, f"{audio}?as=mp3", f"{audio}?as=amr"} <= page.links.keys()


def test_a_failed_recording_is_explained_and_can_be_saved(company: Company) -> None:
    """The reason in words, and the original as it came."""
    company.add(note(1, state="failed", failure="truncated"))
    page = company.browser().page(address(1))
    assert "La fin manque et rien ne se lit sans elle." in page.text
    assert f"/api/v1/notes/{1:024}/audio?as=original" in page.links
    assert f"/api/v1/notes/{1:024}/audio" not in page.links


def test_one_tap_confirms_a_suggestion_with_its_activity(either_company: Company) -> None:
    """The suggestion is a button; afterwards the note is that client's, by a person's word."""
    either_company.add(note(1, **DOUBTFUL))
    browser = either_company.browser()
    assert "le texte dit « roy », une partie du nom" in browser.page(address(1)).text
    choose(browser, 1, "Garage Roy & Fils ltée")
    page = browser.page(address(1))
    assert "/m/clients/C2" in page.links
    assert "confirmé par Annie Gagnon" in page.text
    assert page.form("/m/complete").buttons == {"Terminer": "done:A2"}


def test_another_client_is_found_and_chosen(company: Company) -> None:
    """Search on the note's page, then one tap."""
    company.add(note(1))
    browser = company.browser()
    choose(browser, 1, "Garage Roy & Fils ltée, Granby", "?q=garage")
    assert "/m/clients/C2" in browser.page(address(1)).links


def test_searching_in_vain_says_what_to_try(company: Company) -> None:
    """The note's page says that no client fits."""
    company.add(note(1))
    assert "Aucun client ne correspond." in company.browser().page(f"{address(1)}?q=zzzzz").text


def test_a_note_can_belong_to_no_client(company: Company) -> None:
    """That is a decision, too: it is not asked about again."""
    company.add(note(1, **DOUBTFUL))
    browser = company.browser()
    page = browser.page(address(1))
    assert browser.send(page.form(f"{address(1)}/none")).headers["location"] == address(1)
    assert "aucun client" in browser.page(address(1)).text
    assert "/m/notes?link=open" not in browser.page("/m/").links


def test_a_form_from_elsewhere_confirms_nothing(company: Company) -> None:
    """403 without the token; 404 for a client who is not mine; 422 when no button was pressed."""
    company.add(note(1, **DOUBTFUL))
    browser = company.browser()
    fields = browser.page(address(1)).form(f"{address(1)}/client").fields
    for sent, status in (({"client:C2": ""}, 403), (fields | {"client:C3": ""}, 404), (fields, 422)):
        assert browser.post(f"{address(1)}/client", data=sent).status_code == status
    assert address(1) in browser.page("/m/notes?link=suggested").links


def test_a_colleagues_note_can_be_read_and_not_reassigned(company: Company) -> None:
    """Whoever shares the client reads its notes, with the author's name; only the author says whose they are."""
    company.add(ClientShareRow(client_id=1, person_id=2), note(1))
    bob = company.browser(BOB)
    page = bob.page(address(1))
    assert "by Annie Gagnon" in page.text
    assert [form.action for form in page.forms] == []
    token = bob.page("/m/sign-out").form("/m/sign-out").fields["t"]
    assert bob.post(f"{address(1)}/none", data={"t": token}).status_code == 403


def test_a_long_text_is_read_on_further_pages(company: Company) -> None:
    """Page by page, nothing lost and nothing twice."""
    words = [f"mot{number}" for number in range(2_500)]
    company.add(note(1, text=" ".join(words)))
    browser, answer, read = company.browser(), address(1), ""
    while answer:
        page = browser.page(answer)
        read += " " + page.text
        answer = next((link for link in page.links if "at=" in link), "")
    assert [word for word in read.split() if word.startswith("mot") and word[3:].isdigit()] == words


def test_another_reps_note_answers_like_none(company: Company) -> None:
    """The same 404 page for a note of which I may not know and for one that is not there."""
    company.add(note(1, client_id=3, rep_id=2))
    browser = company.browser()
    hidden, missing = browser.get(address(1)), browser.get(address(77))
    assert (hidden.status_code, hidden.text) == (404, missing.text)
    assert Page(missing.text).language == "fr"
