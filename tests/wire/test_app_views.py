"""The pocket app in Chromium: what it shows, by touch and by keyboard, with and without a network."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Playwright, expect

from tests.tools import missing
from tests.wire.conftest import ANNIE
from tests.wire.phone import Phone, invitation, phone
from tests.wire.recordings import tone
from tests.wire.service import Service, settled

pytestmark = pytest.mark.skipif("chromium" in missing(), reason="chromium is not installed")


@pytest.fixture(scope="module")
def annies(
    playwright: Playwright, service: Service, key: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Phone]:
    """Annie's phone, signed in, with everything on it; in French, as she is."""
    with phone(playwright, tmp_path_factory.mktemp("annie") / "profile", service.url) as hers:
        hers.sign_in(invitation(service, key, ANNIE))
        hers.settled()
        yield hers


def test_the_day_shows_what_is_next_first_and_the_brief_one_tap_away(annies: Phone) -> None:
    """The visit to come is on top, the one that is over below; a tap opens the brief, of which the rep reads."""
    page = annies.view("")
    names = page.locator(".cards h3").all_inner_texts()
    assert names == ["Garage Roy & Fils ltée", "Boulangerie Tremblay inc."]
    expect(page.locator(".cards li").first.locator(".mark")).to_have_text("à suivre")
    page.click(".cards li:nth-child(1) a.button")
    expect(page.locator("h1")).to_have_text("Garage Roy & Fils ltée")
    assert page.locator("html").get_attribute("lang") == "fr"


def test_the_brief_has_figures_and_notes_that_play_and_scrub(annies: Phone, annie: httpx.Client) -> None:
    """The last note has its waveform; it plays on a tap, and the slider underneath moves it by the keyboard."""
    sent = annie.post("/notes", files={"audio": ("a.wav", tone(6, 350), "audio/wav")}, data={"client": "C1"})
    note = settled(annie, sent.raise_for_status().json()["id"])
    assert note["state"] == "processed"
    page = annies.view("client/C1")
    expect(page.locator(".figures dd").first).to_have_text("1 250,50 $")
    page.wait_for_selector(".player")
    page.click(".play")
    expect(page.locator(".length")).to_have_text("0:02")
    page.click(".play")
    page.focus(".wave input")
    before = float(page.locator(".wave input").input_value())
    page.keyboard.press("End")
    assert float(page.locator(".wave input").input_value()) > before
    assert page.locator(".wave input").get_attribute("aria-valuetext") == "0:06"
    drawn = (
        "[...document.querySelector('.wave canvas').getContext('2d').getImageData(0, 0, 400, 56).data].some(Boolean)"
    )
    assert page.evaluate(drawn)


def test_a_client_is_found_in_spite_of_typing_errors(annies: Phone) -> None:
    """Online the server forgives what the phone's own list does not know."""
    page = annies.view("find")
    page.fill("#query", "boulangerie tramblay")
    expect(page.locator(".list strong")).to_have_text(["Boulangerie Tremblay inc."])


def test_day_briefs_and_portfolio_are_there_without_a_network(annies: Phone) -> None:
    """A reload offline shows the day as of when it was fetched, its briefs, and finds in the portfolio."""
    annies.offline(True)
    try:
        page = annies.page
        page.goto(f"{annies.url}/app/")
        page.reload()
        expect(page.locator(".as-of")).to_contain_text("Hors ligne, à jour à")
        page.click(".cards li:nth-child(1) a.button")
        expect(page.locator("h1")).to_have_text("Garage Roy & Fils ltée")
        annies.view("find")
        page.fill("#query", "granby")
        expect(page.locator(".list strong")).to_have_text(["Garage Roy & Fils ltée"])
        annies.view("client/C4")
        expect(page.locator("main")).to_contain_text("il faut du réseau")
    finally:
        annies.offline(False)


def test_what_is_kept_on_the_phone_is_sealed_under_a_key_that_cannot_be_read(annies: Phone) -> None:
    """No client's name is in the database in clear, and the key does not leave the browser's own hands."""
    annies.view("")
    page = annies.page
    clear = """async (found) => {
      const open = indexedDB.open('calepin');
      const database = await new Promise((resolve) => open.onsuccess = () => resolve(open.result));
      const all = (store) => new Promise((resolve) => {
        const asked = database.transaction(store).objectStore(store).getAll();
        asked.onsuccess = () => resolve(asked.result);
      });
      const [kept, keys] = [await all('kept'), await all('keys')];
      database.close();
      const bytes = kept.map((one) => new TextDecoder().decode(one.data.sealed ?? one.data)).join('');
      return [kept.every((one) => one.data.sealed), bytes.includes('Tremblay'), keys.map((key) => key.extractable)];
    }"""
    assert page.evaluate(clear) == [True, False, [False]]


def test_an_activity_that_needs_a_note_is_completed_by_recording_it_right_there(
    annies: Phone, annie: httpx.Client
) -> None:
    """Complete: refused for want of a note; the recorder opens, and stopping it completes the visit."""
    page = annies.view("")
    page.click(".cards li:nth-child(1) button:has-text('Terminer')")
    page.wait_for_selector(".round")
    expect(page.locator("main")).to_contain_text("Il faut d’abord une note")
    expect(page.locator(".goes-to strong")).to_have_text("Garage Roy & Fils ltée")
    page.click(".round")
    page.wait_for_timeout(1_500)
    annies.stop()
    annies.everything_is_sent()
    activity = annie.get("/activities/A2").json()
    assert (activity["state"], activity["noted"]) == ("done", True)


def test_a_note_is_corrected_with_one_tap(annies: Phone, annie: httpx.Client) -> None:
    """A note that nothing explains offers another client; two taps later a person has said whose it is."""
    asked = {"recorded_at": "2026-01-05T03:00:00Z"}
    sent = annie.post("/notes", files={"audio": ("b.wav", tone(1, 500), "audio/wav")}, data=asked)
    note = settled(annie, sent.raise_for_status().json()["id"])
    assert note["link"]["status"] == "unlinked"
    page = annies.view("notes")
    page.click(".open button:has-text('Un autre client')")
    page.fill("dialog #query", "morin")
    page.click("dialog .list button:has-text('Papeterie Morin')")
    expect(page.locator("#said")).to_have_text("C’est noté : Papeterie Morin.")
    link = annie.get(f"/notes/{note['id']}").json()["link"]
    assert (link["status"], link["client"]) == ("confirmed", "C4")


def test_a_note_says_whose_it_is_and_why(annies: Phone, annie: httpx.Client) -> None:
    """The evidence is there in words; what failed says so, and keeps its recording."""
    sent = annie.post("/notes", files={"audio": ("c.wav", b"RIFF no sound at all" * 9, "audio/wav")})
    broken = settled(annie, sent.raise_for_status().json()["id"])
    assert broken["state"] == "failed"
    page = annies.view(f"note/{broken['id']}")
    expect(page.locator(".tell.bad")).to_have_text(broken["reason"])
    assert page.locator("a[href$='as=original']").count() == 1
    explained = annie.post("/notes", files={"audio": ("d.wav", tone(1, 600), "audio/wav")}, data={"client": "C2"})
    settled(annie, explained.json()["id"])
    annies.view(f"note/{explained.json()['id']}")
    expect(page.locator(".reasons")).to_have_text("indiqué avec la note")


def test_everything_can_be_done_by_keyboard(annies: Phone, annie: httpx.Client) -> None:
    """Tab and Enter alone record, choose the client and stop; the focus is where the next step is."""
    before = len(annie.get("/notes?limit=200").json()["items"])
    page = annies.view("record")
    tab_to(annies, "Changer")
    page.keyboard.press("Enter")
    page.wait_for_selector("dialog[open]")
    tab_to(annies, "Boulangerie Tremblay inc.")
    page.keyboard.press("Enter")
    expect(page.locator(".goes-to strong")).to_have_text("Boulangerie Tremblay inc.")
    tab_to(annies, "Enregistrer", tag="BUTTON")
    page.keyboard.press("Enter")
    page.wait_for_selector(".round.on")
    expect(page.locator(".round.on")).to_be_focused()
    page.wait_for_timeout(1_500)
    page.keyboard.press("Enter")
    annies.everything_is_sent()
    notes = annie.get("/notes?limit=200").json()["items"]
    assert len(notes) == before + 1
    newest = max(notes, key=lambda note: note["received_at"])
    assert settled(annie, newest["id"])["link"]["client"] == "C1"


def test_pausing_takes_no_time_and_discarding_keeps_nothing(annies: Phone) -> None:
    """The clock stands still in a pause; a recording that is thrown away, after a question, leaves nothing."""
    annies.record(1.2)
    page = annies.page
    page.click("text=Pause")
    shown = page.locator(".clock").inner_text()
    page.wait_for_timeout(1_600)
    expect(page.locator(".clock")).to_have_text(shown)
    page.click("text=Reprendre")
    expect(page.locator(".clock")).not_to_have_text(shown)
    page.once("dialog", lambda question: question.accept())
    page.click("text=Jeter")
    page.wait_for_selector(".round:not(.on)")
    assert annies.stored("chunks") == []
    assert annies.stored("recordings") == []


def test_the_app_is_english_for_an_english_rep(
    playwright: Playwright, service: Service, key: str, tmp_path: Path
) -> None:
    """The rep's language decides, whatever the browser's is."""
    with phone(playwright, tmp_path / "profile", service.url, locale="fr-CA") as bobs:
        bobs.sign_in(invitation(service, key, "bob@example.com"))
        expect(bobs.page.locator("nav")).to_contain_text("My notes")
        assert bobs.page.locator("html").get_attribute("lang") == "en"


def test_signing_out_asks_first_and_leaves_nothing(
    playwright: Playwright, service: Service, key: str, tmp_path: Path
) -> None:
    """Not while something is unsent; then the device is revoked and the phone empty."""
    with phone(playwright, tmp_path / "profile", service.url) as hers:
        hers.sign_in(invitation(service, key, ANNIE))
        hers.settled()
        hers.offline(True)
        hers.record(1.2)
        hers.stop()
        hers.page.click("footer button")
        expect(hers.page.locator("#said")).to_contain_text("non envoyés")
        hers.offline(False)
        hers.everything_is_sent()
        hers.page.once("dialog", lambda question: question.accept())
        hers.page.click("footer button")
        hers.page.wait_for_selector("#code")
        assert hers.stored("kept") == []
        hers.faults.clear()  # whatever was at work when the storage was taken away


def tab_to(annies: Phone, words: str, tag: str = "") -> None:
    """Press Tab until what has the focus shows these words."""
    for _ in range(60):
        annies.page.keyboard.press("Tab")
        focused = "[document.activeElement.innerText, document.activeElement.tagName]"
        said, name = annies.page.evaluate(focused)
        if words in (said or "") and tag in ("", name):
            return
    raise AssertionError(words)
