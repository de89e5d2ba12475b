"""Names as they are over shop doors in Québec, and of the people behind the counter."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random


def _listed(text: str) -> tuple[str, ...]:
    return tuple(text.split())


FAMILIES = _listed(
    "Tremblay Gagnon Roy Côté Bouchard Gauthier Morin Lavoie Fortin Gagné Ouellet Pelletier Bélanger Lévesque "
    "Bergeron Leblanc Paquette Girard Simard Boucher Caron Beaulieu Cloutier Dubé Poirier Fournier Lapointe Leclerc "
    "Lefebvre Poulin Thibault St-Pierre Nadeau Martin Landry Martel Bédard Grenier Lessard Bernier Richard Michaud "
    "Hébert Desjardins Couture Turcotte Lachance Parent Blais Gosselin Savard Proulx Beaudoin Demers Perreault "
    "Boudreau Lemieux Cyr Perron Dufour Dion Mercier Bolduc Bérubé Boisvert Langlois Ménard Therrien Plante Bilodeau "
    "Blanchette Dubois Champagne Arsenault Rousseau Harvey Villeneuve Thériault Deschênes Gendron"
)
ENGLISH_FAMILIES = _listed(
    "Smith Brown MacLeod Campbell Murphy Stewart Walker Fraser Ross Wilson Taylor Burns Kelly Scott Morrison Reid "
    "Cameron Graham Sinclair Patterson Bell Hughes Nguyen Singh Cohen Rossi Patel Kowalski Papadopoulos Silva"
)
FIRST_NAMES = _listed(
    "Marie Sylvain Julie Éric Isabelle Martin Nathalie Patrick Chantal Stéphane Mélanie François Caroline Alain Josée "
    "Benoît Véronique Yves Manon Daniel Émilie Guillaume Catherine Maxime Audrey Olivier Valérie Simon Amélie Hugo "
    "Noémie Étienne Roxanne Félix Geneviève Pascal Anne-Marie Jean-Pierre Marc-André Louis-Philippe"
)
ENGLISH_FIRST_NAMES = _listed(
    "John Linda James Susan Robert Heather Andrew Karen Peter Laura Brian Nancy Kevin Alison Mark Joanne Steven Priya "
    "Anthony Grace"
)


@dataclass(frozen=True)
class Trade:
    """A line of business: how its shops are called (``{}`` is the family) and what the rep calls them in short."""

    segment: str
    pattern: str
    short: str


TRADES = (
    Trade("Alimentation", "Boulangerie {}", "Boul. {}"),
    Trade("Quincaillerie", "Quincaillerie {} & Fils", "{} & Fils|Quinc. {}"),
    Trade("Imprimerie", "Imprimerie {} ltée", "Imp. {}"),
    Trade("Services", "Les Entreprises {} inc.", "Ent. {}"),
    Trade("Automobile", "Garage {} et Frères", "Garage {}"),
    Trade("Alimentation", "Épicerie {}", "Ép. {}"),
    Trade("Santé", "Pharmacie {}", "Pharm. {}"),
    Trade("Alimentation", "Fromagerie {}", ""),
    Trade("Agriculture", "Ferme {} enr.", ""),
    Trade("Santé", "Clinique dentaire {}", "Dentiste {}"),
    Trade("Construction", "Construction {} inc.", "Const. {}"),
    Trade("Construction", "Plomberie {} & Associés", "Plomb. {}"),
    Trade("Transport", "Transport {} inc.", ""),
    Trade("Restauration", "Restaurant Chez {}", "Chez {}"),
    Trade("Agriculture", "Serres {}", ""),
    Trade("Agriculture", "Érablière {}", "Cabane {}"),
    Trade("Construction", "Ébénisterie {}", "Éb. {}"),
    Trade("Hébergement", "Auberge {}", ""),
    Trade("Restauration", "Traiteur {}", ""),
    Trade("Services", "Groupe {} Québec inc.", "Groupe {}"),
    Trade("Alimentation", "Marché {} ltée", "Marché {}"),
    Trade("Automobile", "Pneus {} inc.", ""),
    Trade("Services", "Nettoyeur {}", ""),
    Trade("Agriculture", "Pépinière {}", ""),
)
ENGLISH_TRADES = (
    Trade("Quincaillerie", "{} Hardware", ""),
    Trade("Alimentation", "{} Family Bakery", "{} Bakery"),
    Trade("Services", "{} & Sons Ltd.", "{} and Sons"),
    Trade("Restauration", "{}'s Diner", ""),
    Trade("Imprimerie", "{} Printing Co.", "{} Print"),
    Trade("Automobile", "{} Auto Repair", "{} Auto"),
    Trade("Construction", "{} Roofing Inc.", ""),
    Trade("Santé", "{} Dental Centre", "Dr. {}"),
    Trade("Transport", "{} Freight Lines", "{} Freight"),
    Trade("Agriculture", "{} Garden Centre", "{} Garden"),
    Trade("Hébergement", "{} House Inn", ""),
    Trade("Alimentation", "{} Fine Foods", ""),
)


def shops(random: Random, language: str) -> Iterator[tuple[Trade, str, str]]:
    """Yield (trade, name, aliases) without end until every name of ``language`` has been given once."""
    trades, families = (ENGLISH_TRADES, ENGLISH_FAMILIES) if language == "en" else (TRADES, FAMILIES)
    pairs = [(trade, family) for trade in trades for family in families]
    random.shuffle(pairs)
    for trade, family in pairs:
        yield trade, trade.pattern.format(family), trade.short.replace("{}", family)


def person(random: Random, language: str) -> str:
    """Return somebody's first and last name."""
    firsts, lasts = (ENGLISH_FIRST_NAMES, ENGLISH_FAMILIES) if language == "en" else (FIRST_NAMES, FAMILIES)
    return f"{random.choice(firsts)} {random.choice(lasts)}"


def plain(text: str) -> str:
    """Return ``text`` as written in an address: ASCII, lower case, only letters, digits, ``.`` and ``-``."""
    ascii_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return "".join(letter for letter in ascii_text.replace(" ", ".") if letter.isalnum() or letter in ".-")
