"""How often notes land with the right client in a made-up world, and whether 0.9 means nine of ten."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median
from typing import Final

from bench.figures import Figure
from bench.linkworld import Case, cases
from bench.run import Run
from server.domain.clients import Client
from server.domain.linking import Clues, Link, link
from server.domain.name_index import NameIndex, index
from server.domain.notes import LinkStatus

NOTES: Final = 4_000
PLOT: Final = Path("docs/images/linking.svg")
BINS: Final = 10


@dataclass(frozen=True, slots=True)
class Answered:
    """A case with its answer."""

    case: Case
    answer: Link

    @property
    def linked(self) -> bool:
        """Whether the machine has linked it by itself."""
        return self.answer.status is LinkStatus.LINKED

    @property
    def top(self) -> tuple[float, bool]:
        """The probability of the first suggestion, and whether it is right."""
        first = self.answer.suggestions[0] if self.answer.suggestions else None
        return (first.confidence, first.client.id == self.case.client) if first else (0.0, False)


def quality(run: Run) -> list[Figure]:
    """Precision, coverage and the rest over 4,000 notes; the calibration is drawn into docs/images."""
    answered = _answer(cases(NOTES // 4 if run.quick else NOTES))
    linked = [each for each in answered if each.linked]
    about = [each for each in answered if each.case.client is not None]
    rest = [each for each in about if not each.linked]
    right = [each for each in linked if each.top[1]]
    due = [each for each in right if each.case.activity is not None]
    if not run.quick:
        PLOT.write_text(_plot(answered))
        run.remarks.append(f"The calibration is drawn in {PLOT}.")
    return [
        _share("linked by itself: right client", len(right), len(linked), 0.985),
        _share("notes about a client: linked by itself", sum(each.linked for each in about), len(about), 0.84),
        _share("the rest: right client among three suggestions", sum(map(_among_three, rest)), len(rest), 0.8),
        _share("right activity, where there is one", sum(map(_right_activity, due)), len(due), 0.97),
    ]


def speed(run: Run) -> list[Figure]:
    """Milliseconds for one note, with a portfolio of 2,000 clients and with a manager's 100,000."""
    some = cases(200, seed=2)
    clients = [client for case in some for client in case.portfolio]
    many = [_renumbered(clients[number % len(clients)], number) for number in range(20_000 if run.quick else 100_000)]
    return [
        Figure("linking a note, 2,000 clients: median", "ms", _milliseconds(some, index(many[:2_000])), bar=5.0),
        Figure(f"linking a note, {len(many):,} clients: median", "ms", _milliseconds(some[:50], index(many)), bar=50.0),
    ]


def _answer(notes: Sequence[Case]) -> list[Answered]:
    names = {case.portfolio: index(case.portfolio) for case in notes}
    return [
        Answered(case, link(Clues(case.recorded_at, case.text), case.agenda, names[case.portfolio])) for case in notes
    ]


def _milliseconds(notes: Sequence[Case], names: NameIndex) -> float:
    spent = []
    for case in notes:
        began = time.perf_counter()
        link(Clues(case.recorded_at, case.text), case.agenda, names)
        spent.append(1_000 * (time.perf_counter() - began))
    return median(spent)


def _renumbered(client: Client, number: int) -> Client:
    return replace(client, id=number, ref=f"K{number}")


def _among_three(each: Answered) -> bool:
    return each.case.client in {suggestion.client.id for suggestion in each.answer.suggestions[:3]}


def _right_activity(each: Answered) -> bool:
    best = each.answer.best
    return bool(best and best.activity and best.activity.id == each.case.activity)


def _share(name: str, hits: int, total: int, bar: float) -> Figure:
    return Figure(f"linking, {name}", "of 1", hits / max(1, total), bar=bar, at_least=True)


def _plot(answered: Sequence[Answered]) -> str:
    """A reliability diagram: how probable the first suggestion was said to be, and how often it was right."""
    dots = []
    for number in range(BINS):
        inside = [each.top for each in answered if number / BINS <= min(each.top[0], 0.999) < (number + 1) / BINS]
        if len(inside) >= 5:
            said = sum(chance for chance, _ in inside) / len(inside)
            was = sum(right for _, right in inside) / len(inside)
            size = 2 + min(8, len(inside) ** 0.5 / 4)
            dots.append(f'<circle cx="{40 + 240 * said:.0f}" cy="{260 - 240 * was:.0f}" r="{size:.1f}"/>')
    ticks = "".join(
        f'<text x="{40 + 240 * tick / 4:.0f}" y="276" text-anchor="middle">{tick / 4}</text>'
        f'<text x="34" y="{264 - 240 * tick / 4:.0f}" text-anchor="end">{tick / 4}</text>'
        for tick in range(5)
    )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 300" width="450" height="450" '
        'font-family="sans-serif" font-size="9">\n<rect width="300" height="300" fill="#fff"/>\n'
        '<path d="M40 20V260H280M40 260L280 20" fill="none" stroke="#999"/>\n'
        f'<g fill="#0b57a4">{"".join(dots)}</g>\n{ticks}\n'
        '<text x="160" y="292" text-anchor="middle">said to be probable</text>\n'
        '<text transform="translate(12 140) rotate(-90)" text-anchor="middle">was right</text>\n</svg>\n'
    )
