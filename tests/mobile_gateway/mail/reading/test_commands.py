"""What a mail wants."""

import pytest

from mobile_gateway.mail.reading.commands import command
from server.domain.mails import Command, CommandKind, Mail, Recording

NOTE = Command(CommandKind.NOTE)
HELP = Command(CommandKind.HELP)


def brief(name: str) -> Command:
    """The brief of that client."""
    return Command(CommandKind.BRIEF, name)


def digit(chosen: int) -> Command:
    """That choice."""
    return Command(CommandKind.ANSWER, digit=chosen)


@pytest.mark.parametrize(
    ("subject", "text", "expected"),
    [
        ("brief tremblay", "", brief("tremblay")),
        ("Fiche : Gagné & Fils inc.", "Envoyé d'ici\nAnne", brief("Gagné & Fils inc.")),
        ("BRIEF - Œuvre d'Érable", "", brief("Œuvre d'Érable")),
        ("", "fiche tremblay\nAnne Roy", brief("tremblay")),
        ("Bonjour", "Brief tremblay", brief("tremblay")),
        ("brief", "tremblay", brief("tremblay")),
        ("brief", "brief tremblay", brief("tremblay")),
        ("brief", "", HELP),
        ("Re: Fiche Tremblay", "", brief("Tremblay")),
        ("Re: Fiche Tremblay", "Il veut 3 palettes", NOTE),
        ("Re: Fiche Tremblay", "fiche Gagné", brief("Gagné")),
        ("TR: Fiche technique", "", NOTE),
        ("Briefing", "", NOTE),
        ("Visite", "Brief call with Tremblay.", NOTE),
        ("Visite", "brief tremblay\n" + "mots " * 100, NOTE),
        ("brief " + "x" * 100, "", NOTE),
        ("brief un deux trois quatre cinq six sept huit neuf", "", NOTE),
        ("help", "", HELP),
        (" AIDE ! ", "", HELP),
        ("", "Aide", HELP),
        ("Aide au démarrage chez Tremblay", "", NOTE),
        ("Re: Quel client ?", "2", digit(2)),
        ("RE : Quel client ?", "2.\n\nAnne Roy", digit(2)),
        ("RE : RÉP: [1] Quel client ?", " 3)", digit(3)),
        ("Re: 2", "", digit(2)),
        ("2", "", digit(2)),
        ("Fwd: Which client?", "4", digit(4)),
        ("Re: Quel client ?", "2️⃣", digit(2)),
        ("Re: Quel client ?", "２", digit(2)),
        ("Re: Quel client ?", "0", NOTE),
        ("Re: Quel client ?", "12", NOTE),
        ("Re: Quel client ?", "2 palettes", NOTE),
        ("Visite", "Tremblay veut 3 palettes", NOTE),
        ("", "", NOTE),
        ("", "x" * 100_000, NOTE),
    ],
)
def test_wishes(subject: str, text: str, expected: Command) -> None:
    """Subject and first line say what is wanted; everything else is a note."""
    assert expected == command(Mail(subject=subject, own_text=text))


def test_a_recording_is_always_a_note() -> None:
    """Whatever its subject says, a recording is never taken for a question."""
    assert command(Mail(subject="brief tremblay", recordings=(Recording("a.amr", "audio/amr", b"x"),))) == NOTE
