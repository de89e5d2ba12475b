"""One batch of rows: what they refer to, what of it is there, what changes, and the writing of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from server.domain.errors import CalepinError, Invalid
from server.usecases.imports.columns import Entry, Key, Values
from server.usecases.imports.noun import Change, Desk, Noun, Reference
from server.usecases.imports.rehearsal import Rehearsal
from server.usecases.imports.tables import Flaw


@dataclass(slots=True)
class Counts:
    """What became of a batch's rows."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: list[Flaw] = field(default_factory=list)


def settle(desk: Desk, noun: Noun, entries: Sequence[Entry], rehearsal: Rehearsal | None) -> Counts:
    """Bring the rows in, in their order, inside the desk's transaction; with a rehearsal, only find out what would be.

    Two rows about the same thing count as if the second had come in a later file.
    """
    counts = Counts()
    resolved = _resolve(desk, noun, entries, rehearsal, counts)
    states = noun.there(desk.session, list({entry.key for entry in resolved}))
    changes: dict[Key, Change] = {}
    for entry in resolved:
        before = states.get(entry.key)
        try:
            change = _change(desk, noun, entry, before)
        except CalepinError as error:
            counts.rejected.append(_rejected(entry, error))
            continue
        states[entry.key] = change.after
        if rehearsal and (again := rehearsal.repeated(noun.name, entry)) is not None:
            counts.unchanged += again
            counts.updated += not again
        elif before is None:
            counts.created += 1
        elif all(before[name] == change.after[name] for name in noun.columns):
            counts.unchanged += 1
            continue
        else:
            counts.updated += 1
        first = changes.get(entry.key)
        changes[entry.key] = Change(first.before if first else before, entry.given, change.after)
    if rehearsal is None and changes:
        noun.write(desk, list(changes.values()))
    return counts


def _change(desk: Desk, noun: Noun, entry: Entry, before: Values | None) -> Change:
    if before is None:
        for column in noun.columns.values():
            if column.required and column.name not in entry.given:
                raise Invalid("cell-empty", field=column.name)
        base = {column.name: column.default for column in noun.columns.values()}
    else:
        base = before
    change = Change(before, entry.given, base | entry.given)
    noun.complete(desk, change)
    return change


def _resolve(
    desk: Desk, noun: Noun, entries: Sequence[Entry], rehearsal: Rehearsal | None, counts: Counts
) -> Sequence[Entry]:
    """The entries whose references all exist, with what takes the place of each."""
    for reference in noun.references:
        wanted = {name for entry in entries for name in _names(entry.given.get(reference.column))}
        if not wanted:
            continue
        found = reference.find(desk.session, sorted(wanted))
        if rehearsal:
            found = {name: reference.promised for name in wanted if rehearsal.made(reference.noun, name)} | found
        good = []
        for entry in entries:
            unknown = [name for name in _names(entry.given.get(reference.column)) if name not in found]
            if unknown:
                error = Invalid(reference.unknown, field=reference.column, value=sorted(unknown)[0])
                counts.rejected.append(_rejected(entry, error))
            else:
                _replace(entry, reference, found)
                good.append(entry)
        entries = good
    return entries


def _names(cell: Any) -> Iterable[str]:
    if not cell:
        return ()
    return (cell,) if isinstance(cell, str) else cell


def _replace(entry: Entry, reference: Reference, found: dict[str, Values]) -> None:
    cell = entry.given.get(reference.column)
    if isinstance(cell, str) and cell:
        entry.given.update(found[cell])
    elif cell:
        entry.given[reference.column] = frozenset(found[name][reference.column] for name in cell)


def _rejected(entry: Entry, error: CalepinError) -> Flaw:
    return Flaw(entry.row, error, str(error.values.get("field", "")))
