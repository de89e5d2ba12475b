"""Refusals in general: what happened and what to do about it, in English and in French."""

from typing import Final

from server.domain.wording import Sentence

REFUSALS: Final[dict[str, tuple[Sentence, Sentence]]] = {
    "error": (
        Sentence(
            "Something went wrong on our side.", "Try again; if it goes on, give the request id to the administrator."
        ),
        Sentence(
            "Un problème est survenu de notre côté.",
            "Réessayez; si cela persiste, donnez le numéro de requête à l'administrateur.",
        ),
    ),
    "not-found": (
        Sentence("There is no such thing here.", "Check the address, or look it up in the list."),
        Sentence("Cela n'existe pas ici.", "Vérifiez l'adresse ou cherchez dans la liste."),
    ),
    "client-not-found": (
        Sentence("No such client.", "Check the reference, or find the client by name."),
        Sentence("Aucun client de ce nom.", "Vérifiez la référence ou cherchez le client par son nom."),
    ),
    "activity-not-found": (
        Sentence("No such activity.", "Check the reference, or choose it from the agenda."),
        Sentence("Aucune activité de ce nom.", "Vérifiez la référence ou choisissez-la dans l'agenda."),
    ),
    "note-not-found": (
        Sentence("No such note.", "Choose it from the list of notes."),
        Sentence("Aucune note de ce nom.", "Choisissez-la dans la liste des notes."),
    ),
    "device-not-found": (
        Sentence("No such device.", "Choose it from the list of devices."),
        Sentence("Aucun appareil de ce nom.", "Choisissez-le dans la liste des appareils."),
    ),
    "person-not-found": (
        Sentence("Nobody has this e-mail address here.", "Import the person first, or check the spelling."),
        Sentence("Personne n'a cette adresse ici.", "Importez d'abord la personne ou vérifiez l'orthographe."),
    ),
    "no-audio": (
        Sentence("This note has no recording.", "Read its text instead."),
        Sentence("Cette note n'a pas d'enregistrement.", "Lisez plutôt son texte."),
    ),
    "no-mail": (
        Sentence("This service takes no mail.", "Record on the device, or ask the administrator for mail."),
        Sentence(
            "Ce service ne prend pas de courriel.", "Enregistrez sur l'appareil ou demandez-le à l'administrateur."
        ),
    ),
    "not-signed-in": (
        Sentence("This device is not signed in.", "Open an invitation link, or ask the administrator for a new one."),
        Sentence(
            "Cet appareil n'est pas connecté.",
            "Ouvrez un lien d'invitation ou demandez-en un nouveau à l'administrateur.",
        ),
    ),
    "device-revoked": (
        Sentence("This device was signed out for good.", "Ask the administrator for a new invitation."),
        Sentence("Cet appareil a été déconnecté pour de bon.", "Demandez une nouvelle invitation à l'administrateur."),
    ),
    "key-not-known": (
        Sentence(
            "This integration key is not known.", "Make one with “calepin key NAME” and send it as a Bearer token."
        ),
        Sentence(
            "Cette clé d'intégration est inconnue.",
            "Créez-en une avec « calepin key NOM » et envoyez-la comme jeton Bearer.",
        ),
    ),
    "code-not-good": (
        Sentence(
            "This invitation code is not good (any more).", "Codes work once and for a limited time: ask for a new one."
        ),
        Sentence(
            "Ce code d'invitation n'est pas (ou plus) valable.",
            "Un code sert une fois et pour un temps limité : demandez-en un nouveau.",
        ),
    ),
    "slow-down": (
        Sentence("Too many wrong codes came from this address.", "Wait {seconds} s, then try again with a new code."),
        Sentence(
            "Trop de mauvais codes sont venus de cette adresse.",
            "Attendez {seconds} s, puis réessayez avec un nouveau code.",
        ),
    ),
    "not-allowed": (
        Sentence("This is not allowed for you.", "Ask the administrator."),
        Sentence("Cela ne vous est pas permis.", "Demandez à l'administrateur."),
    ),
    "device-quarantined": (
        Sentence("This device is in quarantine.", "Ask the administrator to release it; nothing on it is lost."),
        Sentence("Cet appareil est en quarantaine.", "Demandez à l'administrateur de le libérer; rien n'est perdu."),
    ),
    "cross-site": (
        Sentence("This form came from another site.", "Open the page here and send it again."),
        Sentence("Ce formulaire vient d'un autre site.", "Ouvrez la page ici et renvoyez-le."),
    ),
    "conflict": (
        Sentence("This contradicts what is already there.", "Load the current state and try again."),
        Sentence("Cela contredit ce qui existe déjà.", "Rechargez l'état actuel et réessayez."),
    ),
    "note-required": (
        Sentence(
            "“{subject}” cannot be completed without a note.",
            "Record or write one for it first; five seconds are enough.",
        ),
        Sentence(
            "« {subject} » ne peut être terminée sans note.",
            "Enregistrez-en ou écrivez-en une d'abord; cinq secondes suffisent.",
        ),
    ),
    "activity-cancelled": (
        Sentence("“{subject}” was cancelled.", "Plan it again before completing it."),
        Sentence("« {subject} » a été annulée.", "Planifiez-la de nouveau avant de la terminer."),
    ),
    "ref-taken": (
        Sentence("The reference “{ref}” is taken.", "Choose another one, or leave it out."),
        Sentence("La référence « {ref} » est prise.", "Choisissez-en une autre ou omettez-la."),
    ),
    "activity-of-another-client": (
        Sentence("This activity is with another client.", "Leave one of the two out."),
        Sentence("Cette activité est avec un autre client.", "Omettez l'un des deux."),
    ),
    "key-reused": (
        Sentence("This Idempotency-Key was used for another note.", "Use a new key for new content."),
        Sentence(
            "Cette Idempotency-Key a servi pour une autre note.", "Prenez une nouvelle clé pour un nouveau contenu."
        ),
    ),
    "invalid": (
        Sentence("The field “{field}” cannot be understood: {reason}.", "Correct it and send it again."),
        Sentence("Le champ « {field} » est incompréhensible : {reason}.", "Corrigez-le et renvoyez-le."),
    ),
    "nothing-sent": (
        Sentence("There is neither a recording nor a text.", "Send an “audio” file or a “text”."),
        Sentence("Il n'y a ni enregistrement ni texte.", "Envoyez un fichier « audio » ou un « text »."),
    ),
    "broken-body": (
        Sentence("The request's body is broken: {reason}.", "Send it again, whole."),
        Sentence("Le corps de la requête est abîmé : {reason}.", "Renvoyez-le en entier."),
    ),
    "too-large": (
        Sentence("This is larger than the {limit} allowed.", "Record at a lower quality, or in two parts."),
        Sentence("C'est plus que la limite de {limit}.", "Enregistrez à moindre qualité ou en deux parties."),
    ),
    "unsupported": (
        Sentence("“{type}” is not a recording.", "Send audio: AMR, 3GP, M4A, Ogg, WebM, MP3, FLAC or WAV."),
        Sentence(
            "« {type} » n'est pas un enregistrement.", "Envoyez du son : AMR, 3GP, M4A, Ogg, WebM, MP3, FLAC ou WAV."
        ),
    ),
    "unsupported-table": (
        Sentence(
            "“{type}” is not a table that can be imported.",
            "Send text/csv, application/json, application/x-ndjson or an XLSX workbook.",
        ),
        Sentence(
            "« {type} » n'est pas un tableau importable.",
            "Envoyez du text/csv, application/json, application/x-ndjson ou un classeur XLSX.",
        ),
    ),
    "not-acceptable": (
        Sentence("It is not to be had in that form.", "Ask for one of: {forms}."),
        Sentence("Cela n'existe pas sous cette forme.", "Demandez l'une de celles-ci : {forms}."),
    ),
    "not-ready": (
        Sentence("The recording is being prepared.", "Ask again in {seconds} s."),
        Sentence("L'enregistrement est en préparation.", "Redemandez dans {seconds} s."),
    ),
    "storage-full": (
        Sentence(
            "There is no room left to keep this safely.",
            "Nothing was taken: keep it on the device and send it again later.",
        ),
        Sentence(
            "Il n'y a plus de place pour garder ceci en sûreté.",
            "Rien n'a été pris : gardez-le sur l'appareil et renvoyez-le plus tard.",
        ),
    ),
}
