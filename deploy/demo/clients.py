"""The 1,500 clients, in portfolios of about 125, and the people to ask for there."""

from collections.abc import Iterator
from random import Random

from deploy.demo.chance import Row, draws
from deploy.demo.known import KNOWN, Known
from deploy.demo.names import person, plain, shops
from deploy.demo.people import REPS, Rep

NewNames = Iterator[tuple[str, str, str]]
COUNT = 1500
STATUSES = ("active", "prospect", "dormant", "closed")
STATUS_WEIGHTS = (78, 10, 8, 4)
ENGLISH_SHARE = {"en": 0.45, "fr": 0.05}
NAMESAKE_SHARE = 0.012
YEARLY_POTENTIAL = {"A": (40, 200), "B": (10, 40), "C": (1, 10)}
"""What a client of a category could spend in a year, in thousands of dollars."""
ENGLISH_TERRITORIES = {rep.territory for rep in REPS if rep.language == "en"}
TITLES = {
    "fr": ("Propriétaire", "Directrice générale", "Acheteur", "Responsable des achats", "Gérante", "Comptable"),
    "en": ("Owner", "General manager", "Buyer", "Purchasing lead", "Store manager", "Accountant"),
}


def client_rows() -> list[Row]:
    """Return the clients as rows of ``clients.csv``, all of them without a ``contact``: see ``name_contacts``."""
    random = draws("clients")
    phones = {code: iter(range(100, 200)) for rep in REPS for code in rep.area_codes}
    rows = [_known(client, phones) for client in KNOWN]
    names = _new_names(random, {client.name for client in KNOWN})
    for number in range(len(KNOWN), COUNT):
        rep = random.choice(REPS)
        row = _drawn(random, rep, f"C{1001 + number}", names, phones)
        if random.random() < NAMESAKE_SHARE:
            _rename_after(row, random.choice(rows[len(KNOWN) :] or [row]))
        rows.append(row)
    return rows


def contact_rows(clients: list[Row]) -> list[Row]:
    """Return one to three contacts for two clients of five, as rows of ``contacts.csv``."""
    rows: list[Row] = []
    for client in clients:
        random = draws("contacts", client["ref"])
        known = client["ref"] <= KNOWN[-1].ref
        if not known and random.random() > 0.4:
            continue
        language = "en" if client["territory"] in ENGLISH_TERRITORIES else "fr"
        names = list(dict.fromkeys(person(random, language) for _ in range(random.choice((1, 2, 2, 3)))))
        for position, name in enumerate(names):
            rows.append({
                "client": client["ref"], "name": name, "title": random.choice(TITLES[language]),
                "phone": client["phone"] if position == 0 else "",
                "email": f"{plain(name)}@{client['ref'].lower()}.example",
            })  # fmt: skip
    return rows


def name_contacts(clients: list[Row], contacts: list[Row]) -> list[Row]:
    """Return ``clients``, each with the name of its first contact where it has one."""
    first = {contact["client"]: contact["name"] for contact in reversed(contacts)}
    return [{**client, "contact": first.get(client["ref"], "")} for client in clients]


def _new_names(random: Random, taken: set[str]) -> dict[str, NewNames]:
    """Return, by language, streams of (segment, name, aliases) that hold none of the ``taken``."""

    def fresh(language: str) -> NewNames:
        for trade, name, aliases in shops(random, language):
            if name not in taken:
                yield trade.segment, name, aliases

    return {language: fresh(language) for language in ("fr", "en")}


def _known(client: Known, phones: dict[str, Iterator[int]]) -> Row:
    rep = REPS[client.rep - 1]
    return {
        "ref": client.ref, "name": client.name, "alias": client.alias, "category": client.category,
        "status": "active", "territory": rep.territory, "manager": rep.email, "city": client.city, "contact": "",
        "phone": _phone(rep.area_codes[0], phones), "segment": client.segment,
        "potential": str(YEARLY_POTENTIAL[client.category][1] * 800),
    }  # fmt: skip


def _drawn(random: Random, rep: Rep, ref: str, names: dict[str, NewNames], phones: dict[str, Iterator[int]]) -> Row:
    language = "en" if random.random() < ENGLISH_SHARE[rep.language] else "fr"
    segment, name, aliases = next(names[language])
    category = random.choices("ABC", (15, 35, 50))[0]
    return {
        "ref": ref, "name": name, "alias": aliases if random.random() < 0.6 else "", "category": category,
        "status": random.choices(STATUSES, STATUS_WEIGHTS)[0], "territory": rep.territory, "manager": rep.email,
        "city": random.choices(rep.cities, range(len(rep.cities), 0, -1))[0], "contact": "",
        "phone": _phone(random.choice(rep.area_codes), phones), "segment": segment,
        "potential": str(random.randint(*YEARLY_POTENTIAL[category]) * 1000),
    }  # fmt: skip


def _phone(area_code: str, phones: dict[str, Iterator[int]]) -> str:
    """Return a number that nobody else has, or nothing: an area code holds 100 fictional ones, 555-0100 to 555-0199."""
    line = next(phones[area_code], None)
    return "" if line is None else f"+1{area_code}5550{line}"


def _rename_after(row: Row, namesake: Row) -> None:
    """Give ``row`` the name of a client in another city."""
    if row["city"] != namesake["city"]:
        row.update(name=namesake["name"], alias=namesake["alias"], segment=namesake["segment"])
