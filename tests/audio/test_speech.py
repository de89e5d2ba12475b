"""What engines invent is left out, and what was said is kept."""

from pathlib import Path

import pytest

from audio.hallucinations import compression, said
from audio.listening import heard
from audio.speech import Hints, Segment, Transcript

NAMES = ("Lavoie & Gagné Auto Parts", "Garage Roy", "Vert")


def kept(*segments: Segment) -> list[str]:
    """The texts that stay when the engine was prompted with NAMES."""
    return [segment.text for segment in said(Transcript(segments), NAMES).segments]


@pytest.mark.parametrize(
    "text",
    [
        "Sous-titres réalisés par la communauté d'Amara.org",
        "Sous-titrage ST' 501",
        "Merci d'avoir regardé cette vidéo !",
        "Thanks for watching!",
        "♪♪♪",
        "...",
        "Lavoie & Gagné Auto Parts, Garage Roy",
        "Garage Roy. Garage Roy. Garage Roy.",
        "ha ha ha ha ha ha ha ha ha ha ha ha ha ha ha ha ha ha ha ha ha ha ha ha ha ha",
    ],
)
def test_what_nobody_said_is_left_out(text: str) -> None:
    """Credits of subtitles, signs, nothing but prompted names, and one thing said endlessly are no transcript."""
    assert kept(Segment(0, 1, text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "Passé chez Garage Roy, ils veulent deux palettes.",
        "Garage Roy.",
        "Merci.",
        "Le sous-traitant de Vert veut un rabais.",
        "I was watching the line at Garage Roy, thanks for waiting.",
    ],
)
def test_what_was_said_is_kept(text: str) -> None:
    """A sentence with a prompted name, one name alone, and a thank-you that the engine is sure of are speech."""
    assert kept(Segment(0, 1, text, no_speech=0.05)) == [text]


def test_what_the_engine_doubts_itself_is_left_out() -> None:
    """By the probability that nobody speaks, alone when it is near one, else with unsure words, fillers or one name."""
    assert kept(Segment(0, 1, "Bonjour.", no_speech=0.95)) == []
    assert kept(Segment(0, 1, "Bonjour.", no_speech=0.7, sureness=-1.2)) == []
    assert kept(Segment(0, 1, "Bonjour.", no_speech=0.7, sureness=-0.3)) == ["Bonjour."]
    assert kept(Segment(0, 1, "Thank you.", no_speech=0.5)) == []
    assert kept(Segment(0, 1, "Garage Roy.", no_speech=0.5)) == []


def test_an_engine_that_repeats_itself_is_heard_once() -> None:
    """Of equal segments in a row one is kept; the same words later are said again."""
    segments = [Segment(n, n + 1, text) for n, text in enumerate(["Oui.", "Oui", "oui!", "Non.", "Oui."])]
    assert kept(*segments) == ["Oui.", "Non.", "Oui."]


def test_compression_of_ordinary_speech_is_far_from_the_bar() -> None:
    """Ordinary sentences compress little, endless repetition much, nothing not at all."""
    assert compression("Je sors de chez Garage Roy; ils renouvellent le contrat pour vingt mille dollars.") < 1.5
    assert compression("I can't do it. " * 30) > 2.4
    assert compression("") == 0.0


def test_a_transcript_is_one_line() -> None:
    """Its text is that of its segments, the empty ones left out."""
    assert Transcript((Segment(0, 1, " Un."), Segment(1, 2, " "), Segment(2, 3, "Deux. "))).text == "Un. Deux."
    assert Transcript().text == ""


class Suggestible:
    """An engine that hears one thing when it is told names, and another when it is not."""

    name = "suggestible"

    def __init__(self, prompted: Segment, alone: str = "Sortie de chez Gagné.") -> None:
        self.prompted, self.alone = prompted, Segment(0, 1, alone)

    def transcribe(self, recording: Path, hints: Hints) -> Transcript:
        """By the names it is told."""
        return Transcript((self.prompted if hints.names else self.alone,))

    def close(self) -> None:
        """Nothing is held."""


@pytest.mark.parametrize(
    ("text", "sureness", "believed"),
    [
        ("Passé chez Garage Roy pour le contrat.", -0.4, True),
        ("Passé chez Garage Roy n'autant qu'un mémisme.", -0.95, False),
        ("Sortie de chez Lavoie & Gagné Auto Parts, Garage Roy n'autant.", -0.4, False),
        ("Garage Roy, Vert, Garage Roy", -0.3, False),
        ("Rien de spécial aujourd'hui.", -0.95, True),
    ],
)
def test_a_name_is_believed_where_more_than_the_prompt_speaks_for_it(
    text: str, sureness: float, believed: bool
) -> None:
    """One prompted name in a sentence that was understood; else what is heard without a prompt counts."""
    engine = Suggestible(Segment(0, 1, text, sureness=sureness))
    assert heard(engine, Path("note.ogg"), Hints(1.0, "fr", NAMES)).text == (text if believed else engine.alone.text)
