"""The words of the pages, in English and in French."""

from typing import Final

from server.domain.sentences import Language


def word(language: Language, key: str, **values: object) -> str:
    """The words for a key of WORDS, with its `{placeholders}` filled."""
    english, french = WORDS[key]
    return (french if language == "fr" else english).format(**values)


WORDS: Final[dict[str, tuple[str, str]]] = {
    "today": ("Today", "Aujourd'hui"),
    "find": ("Find", "Chercher"),
    "record": ("Record", "Enregistrer"),
    "my-notes": ("My notes", "Mes notes"),
    "more": ("More", "Suite"),
    "earlier": ("Earlier", "Plus tôt"),
    "day-before": ("Day before", "Veille"),
    "day-after": ("Day after", "Lendemain"),
    "no-activities": ("Nothing planned for this day.", "Rien de prévu ce jour-là."),
    "now": ("now", "maintenant"),
    "next": ("next", "ensuite"),
    "complete": ("Complete", "Terminer"),
    "which-client-1": ("1 note: which client?", "1 note : quel client?"),
    "which-client": ("{count} notes: which client?", "{count} notes : quel client?"),
    "settings": ("Settings", "Réglages"),
    "saved": ("Saved.", "C'est noté."),
    "minutes": ("minutes", "minutes"),
    "hour": ("hour", "heure"),
    "save": ("Save", "Sauvegarder"),
    "by-mail": ("By mail", "Par courriel"),
    "receipts": ("What became of a note that you mailed:", "Ce qu'est devenue une note envoyée par courriel :"),
    "receipt-off": ("never", "jamais"),
    "receipt-trouble": ("if something is unclear", "si quelque chose n'est pas clair"),
    "receipt-always": ("always", "toujours"),
    "brief-minutes": (
        "Brief before each meeting, minutes (0: none)",
        "Fiche avant chaque rencontre, minutes (0\u00a0: aucune)",
    ),
    "digest-hour": (
        "The day's activities each morning, hour (empty: none)",
        "Les activités du jour chaque matin, heure (vide\u00a0: aucune)",
    ),
    "mail-address": ("Your mail address here", "Votre adresse ici"),
    "mail-address-how": (
        "Write to {address} from your own address. Where your mail server signs nothing, use a secret address.",
        "Écrivez à {address} de votre adresse. Si votre serveur ne signe rien, prenez une adresse secrète.",
    ),
    "new-mail-address": ("New secret address", "Nouvelle adresse secrète"),
    "mail-address-is": (
        "Only this device should know this address. It is shown once:",
        "Seul cet appareil doit connaître cette adresse. Elle s'affiche une fois :",
    ),
    "feed": ("Calendar", "Calendrier"),
    "feed-how": (
        "Your agenda with the briefs, for Outlook or a phone: subscribe to a private address.",
        "Votre agenda avec les fiches, pour Outlook ou un téléphone : abonnez-vous à une adresse privée.",
    ),
    "feed-start": ("New private address", "Nouvelle adresse privée"),
    "feed-end": ("Stop the old one", "Arrêter l'ancienne"),
    "feed-is": (
        "Whoever knows this address reads your agenda. It is shown once:",
        "Qui connaît cette adresse lit votre agenda. Elle s'affiche une fois :",
    ),
    "sign-out": ("Sign out", "Se déconnecter"),
    "sign-out-warning": (
        "This device will need a new invitation to sign in again. Notes that were sent stay safe.",
        "Cet appareil aura besoin d'une nouvelle invitation pour se reconnecter. Les notes envoyées restent en sûreté.",
    ),
    "signed-out": ("Signed out.", "Déconnecté."),
    "sign-in": ("Sign in", "Se connecter"),
    "sign-in-how": (
        "Type the code of your invitation; it looks like K7Q2-9FXM-3TBA. The administrator gives you one.",
        "Tapez le code de votre invitation; il ressemble à K7Q2-9FXM-3TBA. L'administrateur vous en donne un.",
    ),
    "code": ("Code", "Code"),
    "device-name": ("Name of this device", "Nom de cet appareil"),
    "connect": ("Connect this device", "Connecter cet appareil"),
    "to-the-app": ("On a phone of today: the app", "Sur un téléphone récent : l'application"),
    "connect-how": (
        "Your notes and briefs will be on this device. The invitation works once.",
        "Vos notes et vos fiches seront sur cet appareil. L'invitation sert une seule fois.",
    ),
    "find-client": ("Find a client", "Chercher un client"),
    "find-hint": ("Name or city, even misspelled", "Nom ou ville, même mal écrits"),
    "clients": ("Clients", "Clients"),
    "no-client-fits": (
        "No client fits. Try part of the name, or the city.",
        "Aucun client ne correspond. Essayez une partie du nom ou la ville.",
    ),
    "record-for-client": ("Record a note for this client", "Enregistrer une note pour ce client"),
    "record-note": ("Record a note", "Enregistrer une note"),
    "for": ("For", "Pour"),
    "recording": ("Recording", "Enregistrement"),
    "or-text": ("Or text", "Ou texte"),
    "client-if-known": ("Client (may stay empty)", "Client (facultatif)"),
    "keep": ("Send", "Envoyer"),
    "go-back": (
        "Go back and choose another recording: what you typed is still there.",
        "Revenez en arrière et choisissez un autre enregistrement : ce que vous avez tapé y est encore.",
    ),
    "no-notes": ("No notes here yet.", "Aucune note ici encore."),
    "all-notes": ("All", "Toutes"),
    "undecided": ("Which client?", "Quel client?"),
    "no-client": ("no client", "aucun client"),
    "voice": ("Voice note", "Note vocale"),
    "text": ("Written note", "Note écrite"),
    "by": ("by {name}", "par {name}"),
    "received": ("Safe. It is being worked on.", "En sûreté. Le traitement est en cours."),
    "processed": ("Safe.", "En sûreté."),
    "failed": (
        "The recording is kept, but it cannot be played.",
        "L'enregistrement est conservé, mais il ne peut pas être lu.",
    ),
    "received-short": ("being worked on", "en traitement"),
    "failed-short": ("cannot be played", "illisible"),
    "look-again": ("Look again", "Actualiser"),
    "listen": ("Listen", "Écouter"),
    "save-original": ("Save the original", "Garder l'original"),
    "client": ("Client", "Client"),
    "why": ("Because:", "Parce que :"),
    "likely": ("Likely; choose to confirm", "Probable; choisissez pour confirmer"),
    "whose": ("Whose note is it?", "À qui est cette note?"),
    "another-client": ("Another client", "Un autre client"),
    "belongs-to-none": ("It belongs to no client", "Elle n'est à aucun client"),
    "matches": ("Is it one of these?", "Est-ce l'un de ceux-ci?"),
    "rest-of-text": ("Text, continued", "Texte, suite"),
    "back-to-note": ("Back to the note", "Retour à la note"),
    "last": ("Last", "Dernière"),
    "upcoming": ("Next", "Prochaine"),
}
