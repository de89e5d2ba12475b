"""Why a recording cannot be played, or not all of it, in words with the remedy."""

from typing import Final

from server.domain.sentences import Language

FAILURES: Final[dict[str, tuple[str, str]]] = {
    "empty": (
        "The recording is empty. Record it again.",
        "L'enregistrement est vide. Enregistrez-le de nouveau.",
    ),
    "not-audio": (
        "This is not a recording that can be recognised. Send AMR, 3GP, M4A, Ogg, WebM, MP3, FLAC or WAV.",
        "Ce n'est pas un enregistrement reconnaissable. Envoyez de l'AMR, 3GP, M4A, Ogg, WebM, MP3, FLAC ou WAV.",
    ),
    "no-sound": (
        "There is no sound in this file. Record it again with the microphone on.",
        "Ce fichier ne contient pas de son. Enregistrez-le de nouveau, microphone ouvert.",
    ),
    "truncated": (
        "The end is missing, and nothing plays without it. Send it again if the device still has it whole.",
        "La fin manque et rien ne se lit sans elle. Renvoyez-le si l'appareil l'a encore en entier.",
    ),
    "broken": (
        "The recording is damaged. Send it again, or record it again.",
        "L'enregistrement est abîmé. Renvoyez-le ou enregistrez-le de nouveau.",
    ),
    "unsupported": (
        "The sound is stored in a way that cannot be played. Convert it to M4A or WAV and send it again.",
        "Le son est codé d'une façon illisible. Convertissez-le en M4A ou WAV et renvoyez-le.",
    ),
    "too-long": (
        "The recording is longer than allowed. Send it in shorter parts.",
        "L'enregistrement est plus long que permis. Envoyez-le en parties plus courtes.",
    ),
    "limits": (
        "Reading this file took more than any honest recording needs. Convert it to M4A or WAV and send it again.",
        "Lire ce fichier exige plus que tout vrai enregistrement. Convertissez-le en M4A ou WAV et renvoyez-le.",
    ),
    "incomplete": (
        "Part of the recording is damaged; what could be read is kept.",
        "Une partie de l'enregistrement est abîmée; ce qui se lit est conservé.",
    ),
}


def in_words(code: str | None, language: Language) -> str | None:
    """The sentence for a failure's or a remark's code; None for none, the code itself for one that is not known."""
    if code is None:
        return None
    english, french = FAILURES.get(code, (code, code))
    return french if language == "fr" else english
