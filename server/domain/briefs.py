"""The brief: what a rep reads before a meeting, as values and as JSON."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from server.domain.clients import Client
from server.domain.money import Money, plain
from server.domain.times import wire


@dataclass(frozen=True, slots=True)
class Figures:
    """Disbursements in one currency, up to and including `as_of` (a day in the reader's zone)."""

    currency: str
    as_of: date
    this_year: Decimal
    last_year_to_date: Decimal
    last_date: date | None
    last_amount: Decimal | None

    @property
    def change(self) -> Decimal | None:
        """This year against last year to the same date, as a fraction; None without a last year."""
        if self.last_year_to_date <= 0:
            return None
        return (self.this_year - self.last_year_to_date) / self.last_year_to_date

    def money(self, amount: Decimal) -> Money:
        """An amount of these figures with its currency."""
        return Money(amount, self.currency)


@dataclass(frozen=True, slots=True)
class NoteLine:
    """One of the last notes; `text` is what was written or, for a recording, its transcript."""

    id: str
    at: datetime
    by: str
    kind: str
    seconds: float | None
    text: str
    audio: str | None


@dataclass(frozen=True, slots=True)
class ActivityLine:
    """The last or the next activity with the client."""

    ref: str
    kind: str
    subject: str
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Brief:
    """All of it; times are UTC."""

    client: Client
    figures: tuple[Figures, ...]
    notes: tuple[NoteLine, ...]
    last_activity: ActivityLine | None
    next_activity: ActivityLine | None
    generated_at: datetime


def to_json(brief: Brief) -> dict[str, Any]:
    """The brief as the wire shows it: money as decimal strings, times as RFC 3339, nothing to tell as null or []."""
    client = brief.client
    return {
        "client": {
            "ref": client.ref,
            "name": client.name,
            "category": client.category or None,
            "status": client.status or None,
            "manager": client.manager,
            "city": client.city or None,
            "phone": client.phone or None,
        },
        "figures": [_figures(figures) for figures in brief.figures],
        "notes": [_note(note) for note in brief.notes],
        "last_activity": _activity(brief.last_activity),
        "next_activity": _activity(brief.next_activity),
        "generated_at": wire(brief.generated_at),
    }


def _figures(figures: Figures) -> dict[str, Any]:
    last = None
    if figures.last_date is not None and figures.last_amount is not None:
        last = {"date": figures.last_date.isoformat(), "amount": plain(figures.last_amount)}
    return {
        "currency": figures.currency,
        "as_of": figures.as_of.isoformat(),
        "disbursed_this_year": plain(figures.this_year),
        "disbursed_last_year_to_date": plain(figures.last_year_to_date),
        "last": last,
    }


def _note(note: NoteLine) -> dict[str, Any]:
    return {
        "id": note.id,
        "at": wire(note.at),
        "by": note.by,
        "kind": note.kind,
        "seconds": note.seconds,
        "text": note.text or None,
        "audio": note.audio,
    }


def _activity(activity: ActivityLine | None) -> dict[str, Any] | None:
    if activity is None:
        return None
    return {
        "ref": activity.ref,
        "kind": activity.kind,
        "subject": activity.subject,
        "starts_at": wire(activity.starts_at),
        "ends_at": wire(activity.ends_at),
    }
