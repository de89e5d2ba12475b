"""What reps write in an agenda and in a note, in French and English."""

from random import Random

SUBJECTS = {
    "fr": {
        "visit": (
            "Visite de suivi", "Présentation de la nouvelle gamme", "Tournée de la saison", "Vérification de l'étalage",
            "Prise de commande", "Démonstration sur place", "Visite de courtoisie",
        ),
        "call": ("Appel de suivi", "Confirmation de commande", "Relance de la soumission", "Question de facturation"),
        "meeting": ("Renouvellement de l'entente", "Rencontre avec la direction", "Revue du trimestre"),
    },
    "en": {
        "visit": (
            "Follow-up visit", "New line presentation", "Shelf check", "Order taking", "On-site demonstration",
            "Courtesy visit",
        ),
        "call": ("Follow-up call", "Order confirmation", "Quote reminder", "Billing question"),
        "meeting": ("Contract renewal", "Meeting with management", "Quarterly review"),
    },
}  # fmt: skip

OPENINGS = {
    "fr": (
        "Bon accueil.", "Rencontre rapide entre deux clients.", "Le propriétaire était absent, vu l'adjointe.",
        "Fait le tour du magasin.", "Très satisfaits de la dernière livraison.", "Mécontents du délai de livraison.",
        "Nouvelle acheteuse depuis lundi.", "Ils rénovent jusqu'à la fin du mois.",
    ),
    "en": (
        "Warm welcome.", "Quick stop between two clients.", "The owner was away, saw the assistant.",
        "Walked the store.", "Very happy with the last delivery.", "Unhappy with the delivery delay.",
        "New buyer since Monday.", "Renovating until the end of the month.",
    ),
}  # fmt: skip

OUTCOMES = {
    "fr": (
        ("Commande de {n} caisses pour la semaine prochaine.", "Commande"),
        ("Veulent {n} présentoirs de plus.", "Commande"),
        ("Envoyer la soumission avant vendredi.", "Soumission à envoyer"),
        ("Demandent un escompte de {n} % sur le volume.", "Soumission à revoir"),
        ("Ont reçu une offre d'un concurrent, {n} % plus bas.", "À relancer"),
        ("Rappeler dans deux semaines.", "À relancer"),
        ("Renouvellement prévu le mois prochain.", "Entente à renouveler"),
        ("Envoyer les fiches techniques en français.", "Documents à envoyer"),
        ("Retour de {n} unités défectueuses, crédit à faire.", "Crédit à faire"),
    ),
    "en": (
        ("Ordered {n} cases for next week.", "Order"),
        ("They want {n} more displays.", "Order"),
        ("Send the quote before Friday.", "Quote to send"),
        ("Asking for a {n}% volume discount.", "Quote to review"),
        ("Got a competing offer, {n}% lower.", "To follow up"),
        ("Call back in two weeks.", "To follow up"),
        ("Renewal planned for next month.", "Agreement to renew"),
        ("Send the data sheets.", "Documents to send"),
        ("{n} faulty units returned, credit to issue.", "Credit to issue"),
    ),
}
"""What came of it, in the note and as the result of the activity."""

NAMED = {
    "fr": ("Pour {client} : ", "{client} : ", "Passé devant {client}. "),
    "en": ("For {client}: ", "{client}: ", "Drove past {client}. "),
}

BAKERY_NOTES = (
    "Mme Tremblay pense ouvrir une deuxième succursale à Beauport l'an prochain. Lui apporter le catalogue complet.",
    "Commande de 24 caisses de contenants, livraison le mardi avant 7 h. Demande un escompte de 5 % sur le volume.",
    "Livraison de mardi arrivée en retard, deux caisses abîmées. Promis un crédit; vérifier avec l'entrepôt.",
)
"""What Annie Gagnon noted at Boulangerie Tremblay, oldest first."""


def report(random: Random, language: str) -> tuple[str, str]:
    """Return what a rep notes after an activity, and the result in a word or two."""
    outcome, result = random.choice(OUTCOMES[language])
    return f"{random.choice(OPENINGS[language])} {outcome.format(n=random.randint(4, 30))}", result
