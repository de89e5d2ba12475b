"""Refusals of a bulk import's tables, rows and cells, in English and in French."""

from typing import Final

from server.domain.wording import Sentence

IMPORT_REFUSALS: Final[dict[str, tuple[Sentence, Sentence]]] = {
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
