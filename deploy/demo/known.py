"""The clients that the spoken recordings tell of, so the same ones every time."""

from dataclasses import dataclass

BAKERY = "C1001"
"""Boulangerie Tremblay, where Annie Gagnon has just been."""
NEXT_STOP = "C1006"
"""Where Annie Gagnon goes next."""


@dataclass(frozen=True)
class Known:
    """A client with a name of its own; ``visited``: a past visit of the rep still waits for its voice note."""

    ref: str
    rep: int
    name: str
    alias: str
    city: str
    segment: str
    category: str
    visited: bool = True


KNOWN = (
    Known(BAKERY, 1, "Boulangerie Tremblay", "Boul. Tremblay|La Tremblay", "Québec", "Alimentation", "A", False),
    Known("C1002", 1, "Quincaillerie Gagné & Fils", "Gagné & Fils|Quinc. Gagné", "Québec", "Quincaillerie", "A"),
    Known("C1003", 1, "Quincaillerie Gagné & Fils", "Gagné Lévis", "Lévis", "Quincaillerie", "B", False),
    Known("C1004", 1, "Imprimerie Morin ltée", "Imp. Morin", "Québec", "Imprimerie", "B"),
    Known("C1005", 1, "Les Entreprises Tremblay inc.", "Ent. Tremblay", "Beauport", "Services", "C", False),
    Known(NEXT_STOP, 1, "Marché du Vieux-Pont", "Vieux-Pont", "Québec", "Alimentation", "A", False),
    Known("C1007", 2, "Garage Bélanger et Frères", "Garage Bélanger", "Anjou", "Automobile", "A"),
    Known("C1008", 2, "Pharmacie Nguyen-Lavoie", "Pharm. Lavoie", "Montréal", "Santé", "B"),
    Known("C1009", 3, "Lakeside Hardware", "Lakeside", "Pointe-Claire", "Quincaillerie", "A"),
    Known("C1010", 3, "Fraser & Sons Ltd.", "Fraser and Sons", "Dorval", "Services", "B"),
    Known("C1011", 4, "Auberge des Trois Pins", "Trois Pins", "Mont-Tremblant", "Hébergement", "A"),
    Known("C1012", 4, "Construction Dubé inc.", "Const. Dubé", "Laval", "Construction", "B"),
    Known("C1013", 5, "Imprimerie Lessard ltée", "Imp. Lessard", "Trois-Rivières", "Imprimerie", "A"),
    Known("C1014", 5, "Ferme du Rang Double enr.", "Rang Double", "Louiseville", "Agriculture", "C"),
    Known("C1015", 6, "Hillside Bakery", "Hillside", "Wakefield", "Alimentation", "A"),
    Known("C1016", 6, "Campbell Printing Co.", "Campbell Print", "Gatineau", "Imprimerie", "B"),
    Known("C1017", 7, "Transport Simard inc.", "Simard", "Chicoutimi", "Transport", "A"),
    Known("C1018", 7, "Fromagerie des Bleuets", "Les Bleuets", "Alma", "Alimentation", "B"),
    Known("C1019", 8, "Brookside Garden Centre", "Brookside", "Lac-Brome", "Agriculture", "A"),
    Known("C1020", 8, "Clinique dentaire Martel", "Dentiste Martel", "Sherbrooke", "Santé", "B"),
    Known("C1021", 9, "Poissonnerie Cyr", "Cyr", "Les Îles-de-la-Madeleine", "Alimentation", "A"),
    Known("C1022", 9, "Auberge de l'Anse-au-Phare", "L'Anse", "Percé", "Hébergement", "B"),
    Known("C1023", 10, "Érablière Poulin", "Cabane Poulin", "Beauceville", "Agriculture", "B"),
    Known("C1024", 10, "Ébénisterie Grenier", "Éb. Grenier", "Saint-Georges", "Construction", "A"),
    Known("C1025", 11, "Serres Lemieux", "Lemieux", "Saint-Hyacinthe", "Agriculture", "A"),
    Known("C1026", 11, "Traiteur Perron", "Perron", "Longueuil", "Restauration", "B"),
    Known("C1027", 12, "Silva Family Bakery", "Silva Bakery", "Verdun", "Alimentation", "A"),
    Known("C1028", 12, "Park Avenue Printing Co.", "Park Print", "Montréal", "Imprimerie", "B"),
)
