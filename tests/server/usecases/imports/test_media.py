"""Which table is what."""

import pytest

from server.domain.errors import Unsupported
from server.usecases.imports.tables import Kind, Media, from_content_type, from_name


@pytest.mark.parametrize(
    ("header", "media"),
    [
        ("text/csv", Media(Kind.CSV)),
        ("Text/CSV; charset=windows-1252; header=present", Media(Kind.CSV, "cp1252")),
        ('text/csv; charset="UTF-8"', Media(Kind.CSV, "utf-8")),
        ("application/json", Media(Kind.JSON)),
        ("application/x-ndjson", Media(Kind.NDJSON)),
        ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", Media(Kind.XLSX)),
    ],
)
def test_the_content_type_says_what_a_body_is(header: str, media: Media) -> None:
    """Its parameters matter where they name a character set."""
    assert from_content_type(header) == media


@pytest.mark.parametrize("header", ["", "text/html", "image/png", "text/csv, text/html", "nonsense"])
def test_other_content_types_are_refused(header: str) -> None:
    """With a sentence that lists what is taken."""
    with pytest.raises(Unsupported, match="unsupported-table"):
        from_content_type(header)


def test_a_character_set_that_is_not_known_is_refused() -> None:
    """Rather than guessed at."""
    with pytest.raises(Unsupported, match="unsupported-charset"):
        from_content_type("text/csv; charset=rot13")


@pytest.mark.parametrize(
    ("name", "kind"), [("clients.csv", Kind.CSV), ("2026-Clients.XLSX", Kind.XLSX), ("a.jsonl", Kind.NDJSON)]
)
def test_a_files_name_says_what_it_is(name: str, kind: Kind) -> None:
    """By its suffix, in whatever case."""
    assert from_name(name) == Media(kind)


def test_another_suffix_is_refused() -> None:
    """Old Excel files among them."""
    with pytest.raises(Unsupported, match="unsupported-table"):
        from_name("clients.xls")
