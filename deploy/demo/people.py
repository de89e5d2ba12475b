"""Who works at the demo company: twelve reps, their manager and the administrator."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from deploy.demo.chance import Row

ANNIE = "annie.gagnon@demo.example"
ATLANTIC = "America/Halifax"


@dataclass(frozen=True)
class Rep:
    """One rep: ``cities`` are those of the territory, ``area_codes`` the telephone codes in use there."""

    number: int
    email: str
    name: str
    language: str
    territory: str
    cities: tuple[str, ...]
    area_codes: tuple[str, ...]
    timezone: str = ""

    def zone(self, default: ZoneInfo) -> ZoneInfo:
        """Return the rep's time zone, ``default`` unless it is one of their own."""
        return ZoneInfo(self.timezone) if self.timezone else default


EAST, CENTRE, NORTH, WEST = ("418", "581", "367"), ("514", "438", "263"), ("450", "579", "354"), ("819", "873", "468")

REPS = (
    Rep(1, ANNIE, "Annie Gagnon", "fr", "Capitale-Nationale",
        ("Québec", "Lévis", "Beauport", "Charlesbourg", "Baie-Saint-Paul", "Saint-Raymond"), EAST),
    Rep(2, "marc.bouchard@demo.example", "Marc Bouchard", "fr", "Montréal-Est",
        ("Montréal", "Anjou", "Montréal-Nord", "Repentigny", "Terrebonne"), CENTRE),
    Rep(3, "sarah.macdonald@demo.example", "Sarah MacDonald", "en", "Montréal-Ouest",
        ("Pointe-Claire", "Kirkland", "Dorval", "Westmount", "Dollard-des-Ormeaux", "Hudson"), CENTRE),
    Rep(4, "jean-francois.pelletier@demo.example", "Jean-François Pelletier", "fr", "Laurentides",
        ("Laval", "Saint-Jérôme", "Sainte-Thérèse", "Mont-Tremblant", "Blainville"), NORTH),
    Rep(5, "genevieve.cote@demo.example", "Geneviève Côté", "fr", "Mauricie",
        ("Trois-Rivières", "Shawinigan", "Louiseville", "La Tuque", "Drummondville"), WEST),
    Rep(6, "david.oconnor@demo.example", "David O'Connor", "en", "Outaouais",
        ("Gatineau", "Chelsea", "Wakefield", "Maniwaki", "Shawville"), WEST),
    Rep(7, "luc.ouellet@demo.example", "Luc Ouellet", "fr", "Saguenay",
        ("Chicoutimi", "Jonquière", "La Baie", "Alma", "Roberval"), EAST),
    Rep(8, "emily.robertson@demo.example", "Emily Robertson", "en", "Estrie",
        ("Sherbrooke", "Magog", "Lac-Brome", "Cowansville", "Stanstead"), WEST),
    Rep(9, "nathalie.arsenault@demo.example", "Nathalie Arsenault", "fr", "Gaspésie-Îles",
        ("Les Îles-de-la-Madeleine", "Gaspé", "Carleton-sur-Mer", "Percé", "Bonaventure"), EAST, ATLANTIC),
    Rep(10, "mathieu.roy@demo.example", "Mathieu Roy", "fr", "Chaudière-Appalaches",
        ("Saint-Georges", "Thetford Mines", "Montmagny", "Sainte-Marie", "Beauceville"), EAST),
    Rep(11, "karine.levesque@demo.example", "Karine Lévesque", "fr", "Montérégie",
        ("Longueuil", "Saint-Hyacinthe", "Granby", "Sorel-Tracy", "Saint-Jean-sur-Richelieu"), NORTH),
    Rep(12, "michael.chen@demo.example", "Michael Chen", "en", "Montréal-Centre",
        ("Montréal", "Verdun", "LaSalle", "Outremont", "Mont-Royal"), CENTRE),
)  # fmt: skip

BY_EMAIL = {rep.email: rep for rep in REPS}


def rep_rows(zone: str) -> list[Row]:
    """Return the people as rows of ``reps.csv``; ``zone`` is the time zone of whoever has no other of their own."""

    def row(email: str, name: str, language: str, territory: str, timezone: str, role: str) -> Row:
        return {"email": email, "name": name, "language": language, "territory": territory,
                "timezone": timezone, "role": role}  # fmt: skip

    everywhere = "|".join(rep.territory for rep in REPS)
    return [
        *(row(rep.email, rep.name, rep.language, rep.territory, rep.timezone or zone, "rep") for rep in REPS),
        row("sylvie.desrosiers@demo.example", "Sylvie Desrosiers", "fr", everywhere, zone, "manager"),
        row("denis.lafleur@demo.example", "Denis Lafleur", "fr", "", zone, "administrator"),
    ]
