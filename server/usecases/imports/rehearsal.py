"""What a dry run remembers, since it writes nothing."""

from dataclasses import dataclass, field

from server.usecases.imports.columns import Entry, Key


@dataclass(slots=True)
class Rehearsal:
    """The keys of the rows that would have been taken, by noun, with a digest of each row's cells (some 150 bytes).

    With one of them for all the files of a run, a file may refer to what an earlier one would have made.
    """

    _taken: dict[str, dict[Key, int]] = field(default_factory=dict)

    def repeated(self, noun: str, entry: Entry) -> bool | None:
        """Remember the row. None if its key comes for the first time, else whether it says the same as before."""
        taken = self._taken.setdefault(noun, {})
        before, now = taken.get(entry.key), hash(tuple(sorted(entry.given.items(), key=lambda cell: cell[0])))
        taken[entry.key] = now
        return None if before is None else before == now

    def made(self, noun: str, ref: str) -> bool:
        """Whether a row with this reference has been taken."""
        return (ref,) in self._taken.get(noun, {})
