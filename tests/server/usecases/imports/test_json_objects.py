"""JSON arrays and NDJSON, item by item."""

import io
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server.usecases.imports.tables import Flaw, Kind, Media, Row, json_objects, read
from server.usecases.imports.tables.rows import ROW_LIMIT

CELLS = st.dictionaries(st.from_regex(r"[a-z]{1,8}", fullmatch=True), st.text(max_size=40), max_size=5)


def items(text: str, kind: Kind = Kind.JSON) -> list[Row | Flaw]:
    """What is read from a text."""
    return list(read(io.BytesIO(text.encode("utf-8", "surrogatepass")), Media(kind)))


def codes(text: str, kind: Kind = Kind.JSON) -> list[tuple[int, str]]:
    """The flaws by row."""
    return [(item.number, item.error.code) for item in items(text, kind) if isinstance(item, Flaw)]


@settings(max_examples=50)
@given(st.lists(CELLS, max_size=20), st.integers(1, 50), st.sampled_from([None, 1]))
def test_an_array_reads_the_same_however_it_is_cut(rows: list[dict[str, str]], chunk: int, indent: int | None) -> None:
    """The chunks in which the text arrives make no difference."""
    text = json.dumps(rows, ensure_ascii=False, indent=indent)
    whole, before = [Row(number, row) for number, row in enumerate(rows, 1)], json_objects._CHUNK
    try:
        json_objects._CHUNK = chunk
        assert list(json_objects.read_array(io.StringIO(text))) == whole
    finally:
        json_objects._CHUNK = before


@settings(max_examples=50)
@given(st.text(alphabet='[]{}",:0a \\\n', max_size=60))
def test_broken_json_never_breaks_the_reader(text: str) -> None:
    """It reads exactly what the standard decoder takes as an array of objects, and reports the rest."""
    found = items(text)
    try:
        whole = json.loads(text)
    except ValueError:
        whole = None
    assert isinstance(found[-1] if found else None, Flaw) or isinstance(whole, list)


@given(st.lists(CELLS, max_size=20))
def test_lines_of_objects_read_as_written(rows: list[dict[str, str]]) -> None:
    """NDJSON is numbered by line, blank ones included."""
    text = "\n\n".join(json.dumps(row) for row in rows)
    assert items(text, Kind.NDJSON) == [Row(number * 2 + 1, row) for number, row in enumerate(rows)]


def test_values_take_their_canonical_spelling() -> None:
    """Numbers stay as written, null is empty, a list of names is joined."""
    text = '[{"Amount": 1234.50, "n": 12345678901234567890, "none": null, "yes": true, "alias": ["a", "b"]}]'
    expected = {"amount": "1234.50", "n": "12345678901234567890", "none": "", "yes": "true", "alias": "a|b"}
    assert items(text) == [Row(1, expected)]


def test_a_nested_value_costs_its_row_only() -> None:
    """Its field is named."""
    found = items('[{"ref": "C1", "city": {"name": "x"}}, {"ref": "C2"}]')
    assert isinstance(found[0], Flaw)
    assert (found[0].number, found[0].field, found[0].error.code) == (1, "city", "cell-nested")
    assert found[1] == Row(2, {"ref": "C2"})


@pytest.mark.parametrize(
    ("text", "flaws"),
    [
        ("", [(1, "not-an-array")]),
        ('{"ref": "C1"}', [(1, "not-an-array")]),
        ("[1, 2]", [(1, "not-an-object"), (2, "not-an-object")]),
        ('[{"a": "b"}', [(2, "json-broken")]),
        ('[{"a": "b"} {"a": "b"}]', [(2, "json-broken")]),
        ('[{"a": "b"}] []', [(2, "json-broken")]),
        ('[{"a": "b"},]', [(2, "json-broken")]),
        ("[" * 100_000, [(1, "json-broken")]),
        ('[{"a": "' + "x" * 40 * ROW_LIMIT + '"}]', [(1, "row-too-large")]),
    ],
)
def test_a_broken_array_is_reported_where_it_breaks(text: str, flaws: list[tuple[int, str]]) -> None:
    """The rows before it are kept."""
    assert codes(text) == flaws


def test_a_large_item_is_skipped() -> None:
    """As long as its end is in sight."""
    found = items('[{"a": "' + "x" * 2 * ROW_LIMIT + '"}, {"a": "b"}]')
    assert isinstance(found[0], Flaw)
    assert found[0].error.code == "row-too-large"
    assert found[1] == Row(2, {"a": "b"})


def test_a_broken_line_costs_itself_only() -> None:
    """NDJSON goes on after it, and after one that is too long."""
    text = '{"a": "b"}\n{"a": \n{"a": "' + "x" * 2 * ROW_LIMIT + '"}\n7\n{"a": "c"} {}\n{"a": "d"}\n'
    found = items(text, Kind.NDJSON)
    assert [item for item in found if isinstance(item, Row)] == [Row(1, {"a": "b"}), Row(6, {"a": "d"})]
    assert codes(text, Kind.NDJSON) == [
        (2, "json-broken"),
        (3, "row-too-large"),
        (4, "not-an-object"),
        (5, "json-broken"),
    ]
