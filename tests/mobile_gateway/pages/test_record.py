"""Recording a note by file upload, or writing one."""

from dataclasses import replace
from pathlib import Path

import httpx
import pytest
from sqlalchemy import select

from server.domain.policy import Policy
from server.store.tables.notes import NoteRow
from tests.mobile_gateway.pages.browser import Browser, Form, Page
from tests.mobile_gateway.pages.conftest import Company

AMR = b"#!AMR\n" + b"\x3c" + bytes(31)
RECORDING = {"audio": ("note.amr", AMR, "audio/amr")}
EMPTY = {"audio": ("", b"", "application/octet-stream")}


def form(browser: Browser, query: str = "") -> Form:
    """The form to record."""
    return browser.page(f"/m/record{query}").form("/m/record")


def notes(company: Company) -> list[NoteRow]:
    """All notes that are kept."""
    with company.services.database.reading() as session:
        return list(session.scalars(select(NoteRow).order_by(NoteRow.id)))


def kept_files(company: Company) -> list[Path]:
    """All recordings in the store, whole or half."""
    return [path for path in company.services.blobs.root.rglob("*") if path.is_file()]


def test_a_recording_is_kept_and_its_page_says_so(either_company: Company) -> None:
    """The upload's bytes lie in the store, a job waits, and the note's page says that it is safe."""
    browser = either_company.browser()
    answer = browser.send(form(browser), "Envoyer", files=RECORDING, text="")
    assert answer.status_code == 303
    (note,) = notes(either_company)
    assert answer.headers["location"] == f"/m/notes/{note.uid}"
    assert either_company.services.blobs.original(note.blob or "").read_bytes() == AMR
    assert [job.argument for job in either_company.jobs.put_in] == [note.uid]
    assert "En sûreté. Le traitement est en cours." in browser.page(f"/m/notes/{note.uid}").text


def test_a_double_tap_makes_one_note(company: Company) -> None:
    """The same form sent twice leads to the same page."""
    browser = company.browser()
    sent = form(browser)
    first, second = (browser.send(sent, text="Rappeler lundi.") for _ in range(2))
    assert first.headers["location"] == second.headers["location"]
    assert len(notes(company)) == 1


def test_going_back_to_write_something_else_makes_another_note(company: Company) -> None:
    """The key of a form that has been used does not stand in the way of what it is used for next."""
    browser = company.browser()
    sent = form(browser)
    for text in ("Première.", "Deuxième."):
        assert browser.send(sent, text=text).status_code == 303
    assert [note.text for note in notes(company)] == ["Première.", "Deuxième."]


@pytest.mark.parametrize("token", ["", "0" * 32])
def test_a_form_from_elsewhere_is_refused_before_its_recording_is_kept(company: Company, token: str) -> None:
    """Neither a note nor a byte of the recording stays when the form's token is missing or wrong."""
    answer = company.browser().post("/m/record", data={"t": token}, files=RECORDING)
    assert answer.status_code == 403
    assert (notes(company), kept_files(company)) == ([], [])


def test_a_token_that_comes_after_the_recording_is_too_late(company: Company) -> None:
    """What is unproven when the recording begins is refused there."""
    browser = company.browser()
    token = form(browser).fields["t"].encode()
    parts = (
        b'Content-Disposition: form-data; name="audio"; filename="a.amr"\r\nContent-Type: audio/amr\r\n\r\n' + AMR,
        b'Content-Disposition: form-data; name="t"\r\n\r\n' + token,
    )
    body = b"".join(b"--x\r\n" + part + b"\r\n" for part in parts) + b"--x--\r\n"
    answer = browser.post("/m/record", content=body, headers={"Content-Type": "multipart/form-data; boundary=x"})
    assert answer.status_code == 403
    assert kept_files(company) == []


def test_another_sites_page_cannot_record(company: Company) -> None:
    """Even with a token, a form that another site sends is refused."""
    browser = company.browser()
    answer = browser.post("/m/record", data=form(browser).fields, headers={"Origin": "https://elsewhere.example"})
    assert answer.status_code == 403


def test_whoever_is_not_signed_in_records_nothing(company: Company) -> None:
    """401, and nothing is kept."""
    assert Browser(company.app).post("/m/record", files=RECORDING).status_code == 401
    assert kept_files(company) == []


def test_a_name_that_fits_one_client_is_that_client(company: Company) -> None:
    """A typed name, even misspelled, links the note where it is clear whose it is."""
    browser = company.browser()
    answer = browser.send(form(browser), text="Commande.", who="garaje roy")
    company.process()
    page = browser.page(answer.headers["location"])
    assert "/m/clients/C2" in page.links
    assert "indiqué avec la note" in page.text


@pytest.mark.parametrize("who", ["tremblay garage", "personne de connu"])
def test_a_name_that_is_not_clear_is_asked_for_once_the_note_is_safe(company: Company, who: str) -> None:
    """The note is kept; its page searches for what was typed, and one tap says whose it is."""
    browser = company.browser()
    answer = browser.send(form(browser), files=RECORDING, who=who)
    assert answer.status_code == 303
    page = browser.page(answer.headers["location"])
    assert page.form(f"/m/notes/{notes(company)[0].uid}").fields["q"] == who
    assert "En sûreté." in page.text


def test_a_client_that_is_mine_no_more_does_not_cost_the_recording(company: Company) -> None:
    """The note is kept without a client, for its author to decide."""
    browser = company.browser()
    sent = form(browser, "?client=C2")
    answer = browser.post("/m/record", data=sent.fields | {"client": "C3", "activity": "A3"}, files=RECORDING)
    assert answer.status_code == 303
    assert [(note.said_client, note.said_activity) for note in notes(company)] == [(None, None)]


def test_the_form_for_a_client_or_an_activity_says_for_which(company: Company) -> None:
    """And does not ask for a name."""
    browser = company.browser()
    for query, about in (("?client=C2", "Garage Roy & Fils ltée"), ("?activity=A1", "Tremblay inc. (visite, 24 nov.")):
        page = browser.page(f"/m/record{query}")
        assert about in page.text
        assert "who" not in page.form("/m/record").fields
    assert browser.get("/m/record?client=C3").status_code == 404
    assert browser.get("/m/record?activity=A3").status_code == 404


def test_sending_nothing_asks_again_and_keeps_the_name(company: Company) -> None:
    """422 with the sentence above the same form."""
    browser = company.browser()
    answer = browser.send(form(browser), who="Tremblay", files=EMPTY)
    assert answer.status_code == 422
    assert Page(answer.text).form("/m/record").fields["who"] == "Tremblay"


def test_what_is_plainly_no_recording_is_refused_with_the_way_back(company: Company) -> None:
    """415, and nothing is kept."""
    browser = company.browser()
    answer = browser.send(form(browser), files={"audio": ("photo.jpg", b"\xff\xd8", "image/jpeg")})
    assert answer.status_code == 415
    assert "ce que vous avez tapé y est encore" in Page(answer.text).text
    assert (notes(company), kept_files(company)) == ([], [])


def test_more_than_the_policy_takes_is_refused(company: Company) -> None:
    """413 at the limit, and nothing is kept."""
    browser = company.browser()
    sent = form(browser)
    company.app.state.services = replace(company.services, policy=Policy(largest_upload=10_000))
    large = {"audio": ("a.ogg", b"OggS" + bytes(20_000), "audio/ogg")}
    assert browser.send(sent, files=large).status_code == 413
    assert kept_files(company) == []


def test_a_form_that_was_cut_off_leaves_nothing(company: Company) -> None:
    """A body without its end is no note."""
    browser = company.browser()
    token = form(browser).fields["t"]
    request = httpx.Request("POST", "http://testserver/m/record", data={"t": token}, files=RECORDING)
    body = request.read()[:-20]
    answer = browser.post("/m/record", content=body, headers={"Content-Type": request.headers["content-type"]})
    assert answer.status_code == 422
    assert (notes(company), kept_files(company)) == ([], [])


def test_a_browser_that_cannot_send_files_can_write(company: Company) -> None:
    """A plain urlencoded form with a text makes a note."""
    browser = company.browser()
    assert browser.post("/m/record", data=form(browser).fields | {"text": "Écrit à la main."}).status_code == 303
    assert [note.text for note in notes(company)] == ["Écrit à la main."]
