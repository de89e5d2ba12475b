"""Every refusal in words: what happened and what to do about it, in English and in French."""

from typing import Final

from server.domain.import_refusals import IMPORT_REFUSALS
from server.domain.refusals import REFUSALS
from server.domain.upload_refusals import UPLOAD_REFUSALS
from server.domain.wording import Language, Sentence

__all__ = ["ERRORS", "Language", "Sentence", "as_language", "sentence"]

ERRORS: Final = REFUSALS | IMPORT_REFUSALS | UPLOAD_REFUSALS


def as_language(tag: str | None, default: Language = "en") -> Language:
    """The language of ours that a BCP 47 tag (“fr-CA”) stands for."""
    head = (tag or "").strip().lower()[:2]
    if head == "fr":
        return "fr"
    return "en" if head == "en" else default


def sentence(code: str, language: Language, values: dict[str, object] | None = None) -> Sentence:
    """The words for an error code; an unknown code gets the general ones."""
    english, french = ERRORS.get(code, ERRORS["error"])
    return (french if language == "fr" else english).filled(values or {})
