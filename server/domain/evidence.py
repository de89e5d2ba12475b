"""Why a note is linked as it is: a code with values, and the same in words."""

from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from typing import Any, Final

from server.domain.sentences import Language


@dataclass(frozen=True, slots=True)
class Evidence:
    """One reason. `weight` is the probability of the client that it speaks for, all reasons together, 0 to 1."""

    code: str
    weight: float
    values: dict[str, Any] = field(default_factory=dict)

    def stored(self) -> dict[str, Any]:
        """As kept in the database."""
        return {"code": self.code, "values": self.values}


def in_words(stored: dict[str, Any], language: Language, zone: tzinfo) -> str:
    """A reason as its reader reads it: in their language, with times in their zone."""
    values = dict(stored.get("values", {}))
    for name in ("starts_at", "ends_at"):
        if name in values:
            values[name] = f"{datetime.fromisoformat(values[name]).astimezone(zone):%H:%M}"
    if "kind" in values:
        english, french = KINDS.get(values["kind"], (values["kind"], values["kind"]))
        values["kind"] = french if language == "fr" else english
    english, french = WORDS.get(stored["code"], ("{code}", "{code}"))
    return (french if language == "fr" else english).format(code=stored["code"], **values)


KINDS: Final = {"visit": ("visit", "visite"), "call": ("call", "appel"), "meeting": ("meeting", "réunion")}

WORDS: Final = {
    "said-client": ("given with the note", "indiqué avec la note"),
    "said-activity": (
        "given with the note: {kind} {starts_at}–{ends_at}",
        "indiqué avec la note : {kind} {starts_at}–{ends_at}",
    ),
    "during": ("recorded during the {kind} {starts_at}–{ends_at}", "enregistré pendant : {kind} {starts_at}–{ends_at}"),
    "after": (
        "{kind} {starts_at}–{ends_at}, ended {minutes} min before",
        "{kind} {starts_at}–{ends_at}, {minutes} min avant la note",
    ),
    "before": (
        "{kind} {starts_at}–{ends_at}, began {minutes} min later",
        "{kind} {starts_at}–{ends_at}, {minutes} min après la note",
    ),
    "called": ("the number just called is the client's", "le numéro qui vient d'être appelé est celui du client"),
    "named": ("the text says “{name}”", "le texte dit « {name} »"),
    "sounds-like": ("“{words}” sounds like {name}", "« {words} » se prononce comme {name}"),
    "hidden": ("the sounds of {name} are in it", "on y entend {name}, peut-être"),
    "contact": ("the text names {name}, who is there", "le texte nomme {name}, qui y travaille"),
    "city": ("in {city}", "à {city}"),
    "same-day": ("{kind} {starts_at}–{ends_at} that day", "{kind} {starts_at}–{ends_at} ce jour-là"),
    "part-named": ("the text says “{words}”, part of the name", "le texte dit « {words} », une partie du nom"),
    "attends": ("{address} is invited", "{address} est parmi les invités"),
    "attends-domain": ("somebody at {domain} is invited", "quelqu'un de {domain} est parmi les invités"),
    "confirmed": ("confirmed by {by}", "confirmé par {by}"),
}
