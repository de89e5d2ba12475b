"""Linking: linked when sure, suggested when not, never a guess."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.domain.activities import Activity, Kind, State
from server.domain.clients import Client
from server.domain.linking import Clues, Link, link
from server.domain.notes import LinkStatus

NOON = datetime(2026, 11, 24, 17, 0, tzinfo=UTC)


def client(number: int, name: str, *aliases: str, phone: str = "", city: str = "") -> Client:
    """A client with that id; its reference follows from it."""
    return Client(number, f"C10{number:02d}", name, "A", "active", "Annie Gagnon", city, phone, aliases)


BAKERY = client(1, "Boulangerie Tremblay inc.", "Chez Tremblay", phone="+1 418 555-0100")
GARAGE = client(2, "Garage Roy & Fils ltée")
GARAGE_IN_LAVAL = client(3, "Garage Roy Laval")
PRINTER = client(4, "Imprimerie Morin ltée")
HARDWARE_HERE = client(5, "Quincaillerie Gagné", city="Québec")
HARDWARE_THERE = client(6, "Quincaillerie Gagné", city="Lévis")
PORTFOLIO = [BAKERY, GARAGE, GARAGE_IN_LAVAL, PRINTER, HARDWARE_HERE, HARDWARE_THERE]


def visit(whose: Client, ended: int, length: int = 45, state: State = State.PLANNED, number: int = 0) -> Activity:
    """A visit that ended so many minutes before noon."""
    ends_at = NOON - timedelta(minutes=ended)
    starts_at = ends_at - timedelta(minutes=length)
    return Activity(
        number or whose.id,
        f"A{number or whose.id}",
        whose.id,
        whose.ref,
        whose.name,
        Kind.VISIT,
        "",
        starts_at,
        ends_at,
        state,
    )


def linked_to(answer: Link) -> str | None:
    """The reference of the client, where the answer is sure."""
    return answer.best.client.ref if answer.best and answer.status is LinkStatus.LINKED else None


def test_a_note_just_after_a_visit_belongs_to_it() -> None:
    """Six minutes after the end of a visit, a note without a word links to client and activity, and says why."""
    answer = link(Clues(NOON), [visit(BAKERY, ended=6)], PORTFOLIO)
    assert linked_to(answer) == BAKERY.ref
    assert answer.best is not None
    assert answer.best.activity is not None
    assert answer.best.activity.ref == "A1"
    assert [(reason.code, reason.values["minutes"]) for reason in answer.best.evidence] == [("after", 6)]


def test_a_note_during_a_visit_belongs_to_it() -> None:
    """While a visit goes on, a note belongs to it."""
    assert linked_to(link(Clues(NOON), [visit(GARAGE, ended=-20)], PORTFOLIO)) == GARAGE.ref


def test_what_the_upload_says_beats_everything() -> None:
    """A client that was chosen when sending is taken even while a visit elsewhere goes on and another is named."""
    clues = Clues(NOON, text="Rien à voir avec Imprimerie Morin", said_client=GARAGE.id)
    assert linked_to(link(clues, [visit(BAKERY, ended=-5)], PORTFOLIO)) == GARAGE.ref


def test_a_chosen_activity_is_the_one_that_counts() -> None:
    """An activity that was chosen is taken, though a nearer one with the same client is there."""
    morning, now = visit(BAKERY, ended=240, number=7), visit(BAKERY, ended=-5, number=8)
    clues = Clues(NOON, said_client=BAKERY.id, said_activity=morning.id)
    answer = link(clues, [morning, now], PORTFOLIO)
    assert answer.best is not None
    assert answer.best.activity == morning


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rencontre avec Boulangerie Tremblay, ils veulent une soumission", BAKERY.ref),
        ("note pour chez tremblay : rappeler", BAKERY.ref),
        ("IMPRIMERIE MORIN LTEE. Besoin d'un prix.", PRINTER.ref),
        ("The garage Roy Laval wants a call", GARAGE_IN_LAVAL.ref),
        ("Dossier C1004, envoyer le contrat", PRINTER.ref),
    ],
)
def test_a_client_named_in_the_text_is_found(text: str, expected: str) -> None:
    """A full name, an alias or a reference in the text links, whatever its case, accents and legal form."""
    assert linked_to(link(Clues(NOON, text=text), [], PORTFOLIO)) == expected


def test_namesakes_are_suggested_and_not_guessed() -> None:
    """Two clients of the same name are both suggested; neither is linked."""
    answer = link(Clues(NOON, text="Vu Quincaillerie Gagné ce matin"), [], PORTFOLIO)
    assert answer.status is LinkStatus.SUGGESTED
    assert {suggestion.client for suggestion in answer.suggestions} == {HARDWARE_HERE, HARDWARE_THERE}


def test_the_agenda_decides_between_namesakes() -> None:
    """Of two clients of the same name, the one just visited is meant."""
    answer = link(Clues(NOON, text="Vu Quincaillerie Gagné"), [visit(HARDWARE_THERE, ended=5)], PORTFOLIO)
    assert linked_to(answer) == HARDWARE_THERE.ref


def test_a_part_of_a_name_is_a_suggestion_only() -> None:
    """One word of a name that several bear is not enough to link a client that the rep was not with."""
    answer = link(Clues(NOON, text="Parlé à Roy du contrat"), [], PORTFOLIO)
    assert answer.status is LinkStatus.SUGGESTED
    assert {suggestion.client for suggestion in answer.suggestions[:2]} == {GARAGE, GARAGE_IN_LAVAL}


def test_a_part_of_the_name_of_who_was_visited_is_enough() -> None:
    """“Vu Tremblay” in the evening is the bakery of the morning."""
    answer = link(Clues(NOON, text="Vu Tremblay, rappeler demain"), [visit(BAKERY, ended=400)], PORTFOLIO)
    assert linked_to(answer) == BAKERY.ref


def test_a_trade_alone_names_nobody() -> None:
    """“The garage” is anybody's."""
    assert linked_to(link(Clues(NOON, text="Passer au garage demain"), [], [GARAGE, BAKERY])) is None


def test_the_full_name_of_another_client_beats_the_agenda() -> None:
    """A visit just over, and the text names somebody else in full, without that visit's activity."""
    answer = link(Clues(NOON, text="Appeler Imprimerie Morin"), [visit(BAKERY, ended=2)], PORTFOLIO)
    assert linked_to(answer) == PRINTER.ref
    assert answer.best is not None
    assert answer.best.activity is None


def test_a_name_that_is_partly_somebody_else_s_is_not_taken() -> None:
    """“Plomberie Morin” is not Imprimerie Morin: the word that it does not explain counts."""
    plumber = client(7, "Plomberie Côté")
    answer = link(Clues(NOON, text="Vu Plomberie Morin pour un devis"), [], [*PORTFOLIO, plumber])
    assert linked_to(answer) is None


@pytest.mark.parametrize(
    "text",
    [
        "Vu imprimary moron, ils signent",
        "imprimeri morain veut un prix",
        "J'ai vu impri merie Morin ce matin",
    ],
)
def test_a_name_is_found_as_it_sounds(text: str) -> None:
    """Respelled by ear, or cut in two."""
    assert linked_to(link(Clues(NOON, text=text), [], PORTFOLIO)) == PRINTER.ref


def test_whoever_was_not_met_is_not_who_the_note_is_about() -> None:
    """“Nobody at Tremblay. But Imprimerie Morin signed” after a visit that was planned with Tremblay."""
    for text in (
        "Personne chez Tremblay. Par contre Imprimerie Morin a signé.",
        "Tremblay cancelled, saw Morin instead",
    ):
        answer = link(Clues(NOON, text=text), [visit(BAKERY, ended=2)], PORTFOLIO)
        assert answer.best is not None
        assert answer.best.client == PRINTER


def test_the_city_decides_between_namesakes() -> None:
    """“… in Lévis” is the one there."""
    answer = link(Clues(NOON, text="Quincaillerie Gagné à Lévis veut une offre"), [], PORTFOLIO)
    assert linked_to(answer) == HARDWARE_THERE.ref


@pytest.mark.parametrize("city", ["Trois-Rivières", "Lévis"])
def test_a_city_is_told_by_its_telling_words(city: str) -> None:
    """“Trois” is a number that any note may say; “Rivières” is heard also where it is respelled."""
    there = replace(HARDWARE_THERE, city=city)
    said = city.replace("è", "e").lower()
    answer = link(Clues(NOON, text=f"Quincaillerie Gagné à {said} veut une offre"), [], [HARDWARE_HERE, there])
    assert linked_to(answer) == there.ref


def test_a_city_within_a_name_is_no_city() -> None:
    """Granby Motors has its garage in Bromont; what is in Granby is not meant."""
    motors = client(8, "Granby Motors", city="Bromont")
    other = client(9, "Bakery Lapointe", city="Granby")
    answer = link(Clues(NOON, text="Granby Motors wants a quote"), [], [motors, other])
    assert linked_to(answer) == motors.ref


def test_a_contact_s_whole_name_speaks_for_their_company() -> None:
    """After the visit, with the contact's name alone; a first name alone says nothing."""
    contact = replace(GARAGE, contacts=("Julie Paquette",))
    answer = link(Clues(NOON, text="Julie Paquette a confirmé"), [], [BAKERY, contact])
    assert answer.suggestions[0].client == contact
    assert [reason.code for reason in answer.suggestions[0].evidence] == ["contact"]


def test_a_common_word_that_is_also_a_name_does_not_link() -> None:
    """“Vert” and “Gold” are companies, too; a green truck is not about them."""
    vert, gold = client(8, "Vert inc."), client(9, "Gold Ltd.")
    assert linked_to(link(Clues(NOON, text="Le camion vert est en retard"), [], [vert, gold])) is None
    assert linked_to(link(Clues(NOON, text="gold price is up"), [], [vert, gold])) is None


@pytest.mark.parametrize(
    "agenda",
    [
        [],
        [visit(BAKERY, ended=300)],
        [visit(BAKERY, ended=-5, state=State.CANCELLED)],
        [visit(client(99, "Somebody else's"), ended=-5)],
    ],
)
def test_without_evidence_a_note_stays_unlinked(agenda: list[Activity]) -> None:
    """Nothing, a visit long over, a cancelled one, or a client outside the portfolio: no link, nothing likely."""
    answer = link(Clues(NOON, text="Acheter du lait"), agenda, PORTFOLIO)
    assert (answer.status, answer.best) == (LinkStatus.UNLINKED, None)


def test_the_number_just_called_names_the_client() -> None:
    """A national number links to the client whose E.164 number is the same."""
    assert linked_to(link(Clues(NOON, phone="(418) 555-0100"), [], PORTFOLIO)) == BAKERY.ref


def test_a_name_said_in_the_evening_finds_the_day_s_visit() -> None:
    """Hours later, a named client's visit of the day is the activity."""
    answer = link(Clues(NOON, text="Boulangerie Tremblay : commande ferme"), [visit(BAKERY, ended=420)], PORTFOLIO)
    assert answer.best is not None
    assert answer.best.activity is not None


@given(text=st.text(max_size=200), minutes=st.integers(-600, 600))
def test_any_text_gives_a_well_formed_answer(text: str, minutes: int) -> None:
    """Whatever is said: at most three suggestions, best first, each between 0 and 1; a link only for the best."""
    answer = link(Clues(NOON, text=text), [visit(BAKERY, ended=minutes)], PORTFOLIO)
    confidences = [suggestion.confidence for suggestion in answer.suggestions]
    assert len(confidences) <= 3
    assert confidences == sorted(confidences, reverse=True)
    assert all(0 < confidence <= 1 for confidence in confidences)
    assert (answer.best is None) == (answer.status is LinkStatus.UNLINKED)
