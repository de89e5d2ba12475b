"""What was measured, held against its bar, as a table and as JSON."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from rich.console import Console
from rich.table import Table


@dataclass(frozen=True, slots=True)
class Figure:
    """One measurement.

    `ratio` is ours ÷ the yardstick's. Where there is a yardstick the bar is one on the ratio, otherwise on the figure
    itself; where there is no bar the figure is shown for comparison only.
    """

    name: str
    unit: str
    ours: float
    yardstick: float | None = None
    ratio: float | None = None
    bar: float | None = None
    at_least: bool = False

    @property
    def kept(self) -> bool | None:
        """Whether the bar was kept; None without a bar."""
        if self.bar is None:
            return None
        measured = self.ours if self.ratio is None else self.ratio
        return measured >= self.bar if self.at_least else measured <= self.bar

    def as_json(self) -> dict[str, Any]:
        """The figure for other programs."""
        return {
            "figure": self.name,
            "unit": self.unit,
            "ours": self.ours,
            "yardstick": self.yardstick,
            "ratio": self.ratio,
            "bar": self.bar,
            "bar_is": "at least" if self.at_least else "at most",
            "kept": self.kept,
        }


def side_by_side(
    name: str,
    unit: str,
    ours: Sequence[float],
    yardstick: Sequence[float],
    *,
    bar: float | None = None,
    at_least: bool = False,
) -> Figure:
    """The figure of interleaved rounds: medians of both sides, and the median of the ratios of each round."""
    ratio = median(mine / other for mine, other in zip(ours, yardstick, strict=True))
    return Figure(name, unit, median(ours), median(yardstick), ratio, bar, at_least)


def show(figures: Sequence[Figure], remarks: Sequence[str]) -> None:
    """Print the table of ratios, and below it what could not be measured."""
    table = Table("figure", "unit", title="How fast, how big")
    for column in ("ours", "yardstick", "ratio", "bar", ""):
        table.add_column(column, justify="right", no_wrap=True)
    for figure in figures:
        table.add_row(
            figure.name,
            figure.unit,
            _number(figure.ours),
            _number(figure.yardstick),
            "" if figure.ratio is None else f"{figure.ratio:.2f}",
            _bar(figure),
            {True: "[green]kept[/]", False: "[bold red]missed[/]", None: "for comparison"}[figure.kept],
        )
    console = Console()
    console.print(table)
    for remark in remarks:
        console.print(remark, highlight=False, markup=False)


def _bar(figure: Figure) -> str:
    if figure.bar is None:
        return ""
    sign = "≥" if figure.at_least else "≤"
    times = " ×" if figure.ratio is not None else ""
    return f"{sign} {figure.bar:,g}{times}"


def _number(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:,.0f}" if value >= 100 else f"{value:.2f}"
