"""What a refusal is told in: a language, a title and a remedy."""

from dataclasses import dataclass
from typing import Literal

Language = Literal["en", "fr"]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A title that says what happened, and a remedy that says what to do."""

    title: str
    remedy: str

    def filled(self, values: dict[str, object]) -> "Sentence":
        """The sentence with its `{placeholders}` replaced; one without a value shows as “?”."""
        known = _Values(values)
        return Sentence(self.title.format_map(known), self.remedy.format_map(known))


class _Values(dict[str, object]):
    def __missing__(self, key: str) -> str:
        return "?"
