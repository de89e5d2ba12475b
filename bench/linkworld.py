"""A sales world with known answers, made at random: portfolios with namesakes and families, days of visits, and notes.

Notes are as people write them and as recognisers hear them: after a visit and in the evening, by the full name, in
short, by initials, by a contact, about two clients, about a visit that did not take place, about nobody.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Final

from server.domain.activities import Activity, Kind
from server.domain.clients import Client

FAMILIES: Final = (
    "Desjardins Villeneuve Larouche Thériault Arsenault O'Brien Nguyen Patel Kowalski Fontaine Gosselin Champagne "
    "Racine Hébert Lemieux Perreault Dufresne Chartrand Guérin Vaillancourt McKenzie Sinclair Douglas Hughes Robertson "
    "Pépin Asselin Brunet Charbonneau Drouin Émond Forget Giguère Houle Jobin Langevin Ménard Nadeau Olivier Paradis "
    "Quirion"
).split()
FRENCH: Final = (
    "Boucherie {} | Menuiserie {} | Serrurerie {} | Fromagerie {} | Pépinière {} | Soudure {} | Traiteur {} |"
    "Entretien {} | Verger {} | Excavation {} | Fenêtres {} et Fils | Marina {} | Tôlerie {} & Associés |"
    "Les Entreprises {}"
).split("|")
ENGLISH: Final = (
    "{} Welding | {} Machining | {} Landscaping | {} Catering | {} Brewery | {} Flooring | {} & {} Trucking |"
    "{} Motors | {} Lumber | {} Orchards | {} Brothers Paving"
).split("|")
COINED: Final = (
    "Nordika Volterra Papyrum Kinetrix Solvena Ambrelle Tectonik Vivarium Ozalid Corvexa Lumigraf Hexatop".split()
)
LEGAL: Final = ("", " inc.", " ltée", " S.E.N.C.", " Ltd.")
CITIES: Final = "Rimouski Joliette Magog Gaspé Amos Alma Roberval Matane Thetford Windsor Val-d'Or Sorel".split()
GIVEN: Final = "Mireille Gaétan Odile Raynald Priya Hamid Colette Norbert Fiona Trevor".split()
TAILS: Final = (
    "il faut rappeler le gérant jeudi",
    "la commande de printemps est confirmée",
    "ils comparent encore nos prix",
    "they asked for net sixty terms",
    "the new line sells well there",
    "on livre deux palettes la semaine prochaine",
    "nothing before the budget meeting",
)
PLAIN: Final = (
    "Très bonne visite, ils prennent la nouvelle gamme.",
    "They will decide after the holidays.",
    "Le client veut un meilleur prix avant de signer.",
    "Good talk, a second order is likely.",
)
NOBODY: Final = (
    "Prendre du lait en rentrant.",
    "Book the hotel for the sales conference.",
    "Changer l'huile de l'auto.",
)
SPOKEN: Final = (("ph", "f"), ("eau", "o"), ("y", "i"), ("qu", "k"), ("é", "er"), ("ll", "l"), ("tt", "t"), ("ck", "k"))
START: Final = datetime(2026, 3, 2, 13, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Case:
    """A note and its truth: references, or None for no client and for no activity."""

    portfolio: tuple[Client, ...]
    agenda: tuple[Activity, ...]
    recorded_at: datetime
    text: str
    client: int | None
    activity: int | None


def cases(count: int, seed: int = 1) -> list[Case]:
    """That many notes, each of one of eight reps with 300 clients; the same for the same seed."""
    rng = Random(seed)
    reps = [_portfolio(rng, 1 + 1_000 * number) for number in range(8)]
    return [_case(rng, rng.choice(reps)) for _ in range(count)]


def _portfolio(rng: Random, first: int) -> tuple[Client, ...]:
    return tuple(_client(rng, number) for number in range(first, first + 300))


def _client(rng: Random, number: int) -> Client:
    two = rng.sample(FAMILIES, 2)
    name = rng.choice(COINED) if rng.random() < 0.1 else rng.choice((*FRENCH, *ENGLISH)).strip().format(*two)
    initials = "".join(word[0] for word in name.replace("&", " ").replace("et ", " ").split()).upper()
    aliases = (initials,) if len(initials) > 2 and rng.random() < 0.3 else ()
    contact = f"{rng.choice(GIVEN)} {rng.choice(FAMILIES)}"
    return Client(
        number,
        f"K{number + 40_000}",
        name + rng.choice(LEGAL),
        "A",
        "active",
        "Rep",
        rng.choice(CITIES),
        "",
        aliases,
        (contact,),
    )


def _case(rng: Random, portfolio: tuple[Client, ...]) -> Case:
    day = tuple(_visit(rng, number, client) for number, client in enumerate(rng.sample(portfolio, 6)))
    kind = rng.choices(tuple(_KINDS), weights=[weight for weight, _ in _KINDS.values()])[0]
    text, client, activity, at = _KINDS[kind][1](rng, portfolio, day)
    heard = text if rng.random() < 0.5 else _respelled(rng, text)
    return Case(portfolio, day, at, heard, client.id if client else None, activity.id if activity else None)


def _visit(rng: Random, number: int, client: Client) -> Activity:
    starts_at = START + timedelta(minutes=80 * number + rng.randrange(15))
    ends_at = starts_at + timedelta(minutes=45)
    kind = rng.choice(tuple(Kind))
    return Activity(client.id * 10, f"V{client.id}", client.id, client.ref, client.name, kind, "", starts_at, ends_at)


Told = tuple[str, Client | None, Activity | None, datetime]
Teller = Callable[[Random, tuple[Client, ...], tuple[Activity, ...]], Told]


def _named(rng: Random, client: Client) -> str:
    legal = next((form for form in LEGAL[1:] if client.name.endswith(form)), "")
    return client.name.removesuffix(legal).replace("&", rng.choice(("et", "and", "&")))


def _short(client: Client) -> str:
    return next((word for word in client.name.replace("&", " ").split() if word in FAMILIES), client.name.split()[0])


def _met(portfolio: tuple[Client, ...], activity: Activity) -> Client:
    return next(client for client in portfolio if client.id == activity.client_id)


def _after(rng: Random, activity: Activity) -> datetime:
    return activity.ends_at + timedelta(minutes=rng.randrange(13))


def _evening(rng: Random) -> datetime:
    return START + timedelta(hours=9, minutes=rng.randrange(150))


def _just_met(style: str) -> Teller:
    def tell(rng: Random, portfolio: tuple[Client, ...], day: tuple[Activity, ...]) -> Told:
        activity = rng.choice(day)
        client = _met(portfolio, activity)
        said = {
            "full": f"{_named(rng, client)}, {rng.choice(TAILS)}.",
            "short": f"Vu {_short(client)}, {rng.choice(TAILS)}.",
            "plain": rng.choice(PLAIN),
            "contact": f"{client.contacts[0]} m'a reçu, {rng.choice(TAILS)}.",
        }[style]
        return said, client, activity, _after(rng, activity)

    return tell


def _in_the_evening(style: str) -> Teller:
    def tell(rng: Random, portfolio: tuple[Client, ...], day: tuple[Activity, ...]) -> Told:
        activity = rng.choice(day)
        client = _met(portfolio, activity)
        said = _named(rng, client) if style == "full" else f"Chez {_short(client)}"
        return f"{said}, {rng.choice(TAILS)}.", client, activity, _evening(rng)

    return tell


def _not_met(style: str) -> Teller:
    def tell(rng: Random, portfolio: tuple[Client, ...], day: tuple[Activity, ...]) -> Told:
        met = {activity.client_id for activity in day}
        client = rng.choice([each for each in portfolio if each.id not in met])
        said = {
            "full": _named(rng, client),
            "alias": client.aliases[0] if client.aliases else f"dossier {client.ref}",
            "city": f"{_named(rng, client)} à {client.city}",
        }[style]
        at = _after(rng, rng.choice(day)) if style == "full" and rng.random() < 0.3 else _evening(rng)
        return f"{said}, {rng.choice(TAILS)}.", client, None, at

    return tell


def _instead(rng: Random, portfolio: tuple[Client, ...], day: tuple[Activity, ...]) -> Told:
    planned = rng.choice(day)
    client = rng.choice(portfolio)
    text = f"Personne chez {_short(_met(portfolio, planned))}. Mais {_named(rng, client)} : {rng.choice(TAILS)}."
    return text, client, None, _after(rng, planned)


def _two(rng: Random, portfolio: tuple[Client, ...], day: tuple[Activity, ...]) -> Told:
    activity = rng.choice(day)
    client, other = _met(portfolio, activity), rng.choice(portfolio)
    text = f"{_named(rng, client)} veut les conditions de {_named(rng, other)}."
    return text, client, activity, _after(rng, activity)


def _outsider(rng: Random, _portfolio: tuple[Client, ...], _day: tuple[Activity, ...]) -> Told:
    return f"Serres {rng.choice(FAMILIES)}, {rng.choice(TAILS)}.", None, None, _evening(rng)


def _nobody(rng: Random, _portfolio: tuple[Client, ...], _day: tuple[Activity, ...]) -> Told:
    return rng.choice(NOBODY), None, None, _evening(rng)


_KINDS: Final[dict[str, tuple[int, Teller]]] = {
    "after, full name": (20, _just_met("full")),
    "after, in short": (12, _just_met("short")),
    "after, no name": (11, _just_met("plain")),
    "after, contact": (4, _just_met("contact")),
    "evening, full name": (10, _in_the_evening("full")),
    "evening, in short": (6, _in_the_evening("short")),
    "not met, full name": (12, _not_met("full")),
    "not met, initials": (4, _not_met("alias")),
    "not met, with city": (4, _not_met("city")),
    "instead of": (3, _instead),
    "two clients": (4, _two),
    "outside": (2, _outsider),
    "nobody": (3, _nobody),
}


def _respelled(rng: Random, text: str) -> str:
    """As a good recogniser hears it: here and there by ear, a word cut in two or left out."""
    out = []
    for word in text.split():
        dice = rng.random()
        if dice < 0.03 and len(out) > 1:
            continue
        if dice < 0.06 and len(word) > 6:
            out += [word[: len(word) // 2], word[len(word) // 2 :]]
            continue
        if dice < 0.3:
            out.append(_by_ear(rng, word))
            continue
        out.append(word.lower() if dice > 0.8 else word)
    return " ".join(out)


def _by_ear(rng: Random, word: str) -> str:
    heard = word
    for written, spoken in rng.sample(SPOKEN, 3):
        heard = heard.replace(written, spoken)
    return heard
