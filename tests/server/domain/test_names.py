"""Names reduced to what people say."""

import pytest

from server.domain.names import contains, core, words


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Boulangerie Tremblay inc.", ("boulangerie", "tremblay")),
        ("Quincaillerie Gagné & Fils ltée", ("quincaillerie", "gagne", "fils")),
        ("Distribution Roy S.E.N.C.", ("distribution", "roy")),
        ("L'Œuvre de l'Épi", ("oeuvre", "epi")),
        ("Les Entreprises du Nord Inc", ("entreprises", "nord")),
        ("Canada Inc.", ("canada", "inc")),
        ("", ()),
    ],
)
def test_core_leaves_out_legal_forms_and_small_words(name: str, expected: tuple[str, ...]) -> None:
    """Accents, legal forms and articles go; a name made of nothing else stays as it is."""
    assert core(name) == expected


def test_a_phrase_is_found_only_as_it_stands() -> None:
    """The words must follow one another in order."""
    assert contains(words("vu le garage roy hier"), ("garage", "roy"))
    assert not contains(words("roy du garage"), ("garage", "roy"))
    assert not contains(words("garage"), ())
