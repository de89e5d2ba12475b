"""What an import answers: how many rows became what, and which were not taken."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from server.domain.errors import CalepinError
from server.domain.sentences import Language, sentence
from server.usecases.imports.batches import Counts
from server.usecases.imports.noun import Noun
from server.usecases.imports.tables import Flaw, Row

MOST_TOLD = 10_000
MOST_COLUMNS_TOLD = 200


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row that was not taken: its number in the file, the culprit among its columns if one is, and why."""

    row: int
    field: str
    error: CalepinError

    def told(self, language: Language) -> str:
        """What is wrong and what to do about it, as one text."""
        words = sentence(self.error.code, language, self.error.values)
        return f"{words.title} {words.remedy}"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a table's rows. Of those rejected the first MOST_TOLD are told, and all are counted."""

    created: int
    updated: int
    unchanged: int
    rejected: tuple[Rejected, ...]
    rejected_count: int
    unknown_columns: tuple[str, ...]


@dataclass(slots=True)
class Tally:
    """The counting while an import goes on."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: list[Rejected] = field(default_factory=list)
    rejected_count: int = 0
    unknown: dict[str, None] = field(default_factory=dict)

    def reject(self, flaws: Iterable[Flaw]) -> None:
        """Count and note rows that were not taken."""
        for flaw in flaws:
            self.rejected_count += 1
            if len(self.rejected) < MOST_TOLD:
                self.rejected.append(Rejected(flaw.number, flaw.field, flaw.error))

    def add(self, counts: Counts) -> None:
        """Add what became of a batch."""
        self.created += counts.created
        self.updated += counts.updated
        self.unchanged += counts.unchanged
        self.reject(counts.rejected)

    def notice(self, row: Row, noun: Noun) -> None:
        """Remember the columns that this noun does not have."""
        for name in row.values.keys() - noun.columns.keys():
            if name and len(self.unknown) < MOST_COLUMNS_TOLD:
                self.unknown[name] = None

    def outcome(self) -> Outcome:
        """The sum of it, rejected rows in the order of the file."""
        ordered = tuple(sorted(self.rejected, key=lambda rejected: rejected.row))
        unknown = tuple(sorted(self.unknown))
        return Outcome(self.created, self.updated, self.unchanged, ordered, self.rejected_count, unknown)
