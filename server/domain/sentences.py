"""Every refusal in words: what happened and what to do about it, in English and in French."""

from dataclasses import dataclass
from typing import Final, Literal

Language = Literal["en", "fr"]
LANGUAGES: Final[tuple[Language, ...]] = ("en", "fr")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A title that says what happened, and a remedy that says what to do."""

    title: str
    remedy: str

    def filled(self, values: dict[str, object]) -> "Sentence":
        """The sentence with its `{placeholders}` replaced; one without a value shows as “?”."""
        known = _Values(values)
        return Sentence(self.title.format_map(known), self.remedy.format_map(known))


class _Values(dict[str, object]):
    def __missing__(self, key: str) -> str:
        return "?"


def as_language(tag: str | None, default: Language = "en") -> Language:
    """The language of ours that a BCP 47 tag (“fr-CA”) stands for."""
    head = (tag or "").strip().lower()[:2]
    if head == "fr":
        return "fr"
    return "en" if head == "en" else default


def sentence(code: str, language: Language, values: dict[str, object] | None = None) -> Sentence:
    """The words for an error code; an unknown code gets the general ones."""
    english, french = ERRORS.get(code, ERRORS["error"])
    return (french if language == "fr" else english).filled(values or {})


ERRORS: Final[dict[str, tuple[Sentence, Sentence]]] = {
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
    "not-signed-in": (
        Sentence("This device is not signed in.", "Open an invitation link, or ask the administrator for a new one."),
        Sentence(
            "Cet appareil n'est pas connecté.",
            "Ouvrez un lien d'invitation ou demandez-en un nouveau à l'administrateur.",
        ),
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
    "unsupported-charset": (
        Sentence("The character set “{charset}” is not known here.", "Save the file as UTF-8 and send it again."),
        Sentence(
            "Le jeu de caractères « {charset} » est inconnu ici.", "Enregistrez le fichier en UTF-8 et renvoyez-le."
        ),
    ),
    "header-broken": (
        Sentence("The first line is no row of column names.", "Put the names there, as the documentation lists them."),
        Sentence(
            "La première ligne n'est pas une ligne de noms de colonnes.",
            "Mettez-y les noms que donne la documentation.",
        ),
    ),
    "too-many-columns": (
        Sentence("There are more than {limit} columns.", "Leave out those that Calepin does not know."),
        Sentence("Il y a plus de {limit} colonnes.", "Retirez celles que Calepin ne connaît pas."),
    ),
    "column-twice": (
        Sentence("The column “{field}” is there twice.", "Remove or rename one of them; nothing was imported."),
        Sentence("La colonne « {field} » y est deux fois.", "Retirez ou renommez l'une d'elles; rien n'a été importé."),
    ),
    "row-too-wide": (
        Sentence(
            "The row has more cells than the {columns} columns of the header.",
            "Put quotes around values that contain the separator.",
        ),
        Sentence(
            "La ligne a plus de cellules que les {columns} colonnes de l'en-tête.",
            "Mettez entre guillemets les valeurs qui contiennent le séparateur.",
        ),
    ),
    "row-too-large": (
        Sentence("The row has more than {limit} characters.", "Shorten it, or look for a quote that is never closed."),
        Sentence("La ligne a plus de {limit} caractères.", "Raccourcissez-la ou cherchez un guillemet jamais fermé."),
    ),
    "quote-open": (
        Sentence(
            "A quote opened in this row is never closed; the rest of the file was not read.",
            "Close it, and import the file again.",
        ),
        Sentence(
            "Un guillemet ouvert dans cette ligne n'est jamais fermé; le reste du fichier n'a pas été lu.",
            "Fermez-le et importez le fichier de nouveau.",
        ),
    ),
    "quote-stray": (
        Sentence("A quote stands where none may be.", "Write a quote inside quotes twice."),
        Sentence("Un guillemet est mal placé.", "Écrivez deux fois un guillemet entre guillemets."),
    ),
    "json-broken": (
        Sentence(
            "The JSON is broken here.", "Correct it and import the file again; an array is not read further than this."
        ),
        Sentence(
            "Le JSON est brisé ici.",
            "Corrigez-le et importez le fichier de nouveau; un tableau n'est pas lu plus loin.",
        ),
    ),
    "not-an-array": (
        Sentence("This is no JSON array.", "Send the rows as [{{…}}, {{…}}], or one a line as application/x-ndjson."),
        Sentence(
            "Ce n'est pas un tableau JSON.",
            "Envoyez les lignes comme [{{…}}, {{…}}], ou une par ligne en application/x-ndjson.",
        ),
    ),
    "not-an-object": (
        Sentence("This item is no JSON object.", 'Write each row as {{"column": value}}.'),
        Sentence("Cet élément n'est pas un objet JSON.", 'Écrivez chaque ligne comme {{"colonne": valeur}}.'),
    ),
    "cell-nested": (
        Sentence("The value of “{field}” is nested.", "Send text, a number, or a list of them."),
        Sentence("La valeur de « {field} » est imbriquée.", "Envoyez du texte, un nombre ou une liste de ceux-ci."),
    ),
    "workbook-broken": (
        Sentence(
            "This workbook cannot be read from here on.",
            "Open it in a spreadsheet, save it as XLSX without a password, and import it again.",
        ),
        Sentence(
            "Ce classeur est illisible à partir d'ici.",
            "Ouvrez-le dans un tableur, enregistrez-le en XLSX sans mot de passe et importez-le de nouveau.",
        ),
    ),
    "workbook-too-large": (
        Sentence(
            "This workbook unfolds to too much (more than {limit} MB, or suspiciously much for its size).",
            "Save it as CSV, or in several parts.",
        ),
        Sentence(
            "Ce classeur contient trop une fois décompressé (plus de {limit} Mo, ou trop pour sa taille).",
            "Enregistrez-le en CSV ou en plusieurs parties.",
        ),
    ),
    "cell-empty": (
        Sentence("The field “{field}” is empty or missing.", "Fill it in and import the row again."),
        Sentence("Le champ « {field} » est vide ou absent.", "Remplissez-le et importez la ligne de nouveau."),
    ),
    "cell-too-long": (
        Sentence("The field “{field}” has more than {limit} characters.", "Shorten it."),
        Sentence("Le champ « {field} » a plus de {limit} caractères.", "Raccourcissez-le."),
    ),
    "not-an-address": (
        Sentence("“{value}” is no e-mail address.", "Write it like name@company.example."),
        Sentence("« {value} » n'est pas une adresse de courriel.", "Écrivez-la comme nom@entreprise.example."),
    ),
    "not-an-amount": (
        Sentence("“{value}” is no amount.", "Write it like 1234.56 or 1 234,56, with at most four decimals."),
        Sentence(
            "« {value} » n'est pas un montant.", "Écrivez-le comme 1234.56 ou 1 234,56, avec au plus quatre décimales."
        ),
    ),
    "not-a-currency": (
        Sentence("“{value}” is no currency.", "Use a three-letter code like CAD."),
        Sentence("« {value} » n'est pas une devise.", "Utilisez un code de trois lettres comme CAD."),
    ),
    "not-a-date": (
        Sentence(
            "“{value}” is no date from 1970 to 2100.", "Write it like 2026-12-31, or 31/12/2026 with the day first."
        ),
        Sentence(
            "« {value} » n'est pas une date de 1970 à 2100.",
            "Écrivez-la comme 2026-12-31, ou 31/12/2026 avec le jour d'abord.",
        ),
    ),
    "not-a-time": (
        Sentence(
            "“{value}” is no time from 1970 to 2100.", "Write it like 2026-03-31T14:05:00-04:00 or 31/03/2026 14:05."
        ),
        Sentence(
            "« {value} » n'est pas une heure de 1970 à 2100.",
            "Écrivez-la comme 2026-03-31T14:05:00-04:00 ou 31/03/2026 14:05.",
        ),
    ),
    "not-a-choice": (
        Sentence("“{value}” is not known in “{field}”.", "Use one of: {choices}."),
        Sentence("« {value} » est inconnu dans « {field} ».", "Utilisez l'une de ces valeurs : {choices}."),
    ),
    "not-a-zone": (
        Sentence("“{value}” is no time zone.", "Use a name like America/Toronto."),
        Sentence("« {value} » n'est pas un fuseau horaire.", "Utilisez un nom comme America/Toronto."),
    ),
    "ends-before-start": (
        Sentence("It ends before it starts.", "Correct “starts_at” or “ends_at”."),
        Sentence("La fin précède le début.", "Corrigez « starts_at » ou « ends_at »."),
    ),
    "rep-unknown": (
        Sentence("Nobody here has the address “{value}”.", "Import the reps first, or correct the address."),
        Sentence(
            "Personne ici n'a l'adresse « {value} ».", "Importez d'abord les représentants ou corrigez l'adresse."
        ),
    ),
    "client-unknown": (
        Sentence("No client has the reference “{value}”.", "Import the clients first, or correct the reference."),
        Sentence(
            "Aucun client n'a la référence « {value} ».", "Importez d'abord les clients ou corrigez la référence."
        ),
    ),
    "activity-unknown": (
        Sentence("No activity has the reference “{value}”.", "Import the activities first, or correct the reference."),
        Sentence(
            "Aucune activité n'a la référence « {value} ».", "Importez d'abord les activités ou corrigez la référence."
        ),
    ),
    "row-note-required": (
        Sentence(
            "“{subject}” cannot be imported as done without a note.",
            "Give its “result” in the same row, or import it as planned and its note before completing it.",
        ),
        Sentence(
            "« {subject} » ne peut être importée comme terminée sans note.",
            "Donnez son « result » dans la même ligne, ou importez-la comme planifiée et sa note avant de la terminer.",
        ),
    ),
    "table-too-large": (
        Sentence(
            "The file is larger than {limit}.", "Send it in several parts, or use “calepin import” on the server."
        ),
        Sentence(
            "Le fichier dépasse {limit}.",
            "Envoyez-le en plusieurs parties ou utilisez « calepin import » sur le serveur.",
        ),
    ),
}
