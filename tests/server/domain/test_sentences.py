"""Refusals in words: every one in both languages."""

import inspect

import pytest

from server.domain import errors
from server.domain.failures import FAILURES, in_words
from server.domain.sentences import ERRORS, as_language, sentence

CODES = {kind.code for _, kind in inspect.getmembers(errors, inspect.isclass) if issubclass(kind, errors.CalepinError)}


@pytest.mark.parametrize("code", sorted(CODES))
def test_every_kind_of_error_has_its_words(code: str) -> None:
    """The code of each error class is in the table, in two different languages."""
    english, french = ERRORS[code]
    assert english != french


def test_values_fill_the_sentence_and_braces_in_them_stay() -> None:
    """What somebody typed is never read as a placeholder."""
    told = sentence("ref-taken", "fr", {"ref": "{seconds}<b>"})
    assert told.title == "La référence « {seconds}<b> » est prise."


def test_a_missing_value_is_no_failure() -> None:
    """A sentence without its value still comes out."""
    assert "?" in sentence("slow-down", "en").remedy


def test_failures_are_told_in_both_languages() -> None:
    """Every reason has two sentences; an unknown code shows itself; none is None."""
    assert all(english != french for english, french in FAILURES.values())
    assert in_words("new-code", "fr") == "new-code"
    assert in_words(None, "en") is None


def test_a_language_tag_finds_our_language() -> None:
    """fr-CA is French, de falls back."""
    assert (as_language("fr-CA,en;q=0.5"), as_language("de"), as_language(None, "fr")) == ("fr", "en", "fr")
