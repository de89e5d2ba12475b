"""The words of the mails that we send, in English and in French."""

from typing import Final

from server.domain.sentences import Language


def word(language: Language, key: str, **values: object) -> str:
    """The words for a key of WORDS, with its `{placeholders}` filled."""
    english, french = WORDS[key]
    return (french if language == "fr" else english).format(**values)


WORDS: Final[dict[str, tuple[str, str]]] = {
    "your-brief": ("Your brief", "Votre fiche"),
    "your-note": ("Your note", "Votre note"),
    "your-mail": ("Your mail", "Votre courriel"),
    "your-meeting": ("Your meeting", "Votre rencontre"),
    "which-client": ("Which client?", "Quel client?"),
    "choose": ("Which one? Answer with its number.", "Lequel? Répondez par son numéro."),
    "no-such-client": (
        "Write brief and another part of the name, or the city.",
        "Écrivez fiche et une autre partie du nom, ou la ville.",
    ),
    "no-question": (
        "No open question has that number. Answer the mail that asks it, with one of its numbers.",
        "Aucune question ouverte n'a ce numéro. Répondez au courriel qui la pose, par un de ses numéros.",
    ),
    "linked": ("Linked to {client}", "Liée à {client}"),
    "too-large": (
        "{name} is larger than {limit} and did not become a note. Send it in shorter parts.",
        "{name} dépasse {limit} et n'est pas devenu une note. Envoyez-le en parties plus courtes.",
    ),
    "damaged": (
        "{name} was damaged on its way. It is kept as it came, but it cannot be played. Send it again.",
        "{name} a été abîmé en chemin. Il est conservé tel quel, mais il est illisible. Renvoyez-le.",
    ),
    "empty": ("{name} is empty. Record it again.", "{name} est vide. Enregistrez-le de nouveau."),
    "left-out": (
        (
            "Your mail holds more than can be read at once: what is missing did not become a note. "
            "Send the rest in another mail."
        ),
        (
            "Votre courriel contient plus que ce qui se lit d'un coup : ce qui manque n'est pas devenu une note. "
            "Envoyez le reste dans un autre courriel."
        ),
    ),
    "unnamed": ("The recording", "L'enregistrement"),
    "nothing": (
        "There was neither a recording nor a word in your mail.",
        "Il n'y avait ni enregistrement ni texte dans votre courriel.",
    ),
    "help": ("Help", "Aide"),
    "help-text": (
        (
            "Write to {address}:\n"
            "\n"
            "A recording or a text becomes a note. Name the client in it, or in the subject.\n"
            "\n"
            "brief NAME brings a client's brief.\n"
            "\n"
            "An invitation to a meeting becomes an activity. Name the client in its subject.\n"
            "\n"
            "help brings this page."
        ),
        (
            "Écrivez à {address} :\n"
            "\n"
            "Un enregistrement ou un texte devient une note. Nommez-y le client, ou dans l'objet.\n"
            "\n"
            "fiche NOM apporte la fiche d'un client.\n"
            "\n"
            "Une invitation à une rencontre devient une activité. Nommez le client dans son objet.\n"
            "\n"
            "aide apporte cette page."
        ),
    ),
    "accepted": ("Accepted: {subject}", "Accepté : {subject}"),
    "noted": ("Noted: {kind} {day} {time}, {client}", "Noté : {kind} {day} {time}, {client}"),
    "noted-series": (
        "Noted: {count} times within {days} days, first {kind} {day} {time}, {client}",
        "Noté : {count} fois en {days} jours, d'abord {kind} {day} {time}, {client}",
    ),
    "none-near": (
        "None of its dates is within {days} days: nothing was noted. Send the invitation again nearer to the time.",
        (
            "Aucune de ses dates n'est d'ici {days} jours : rien n'a été noté. "
            "Renvoyez l'invitation à l'approche de la date."
        ),
    ),
    "which-meeting": (
        "Which client is “{subject}” with? Answer with the number.",
        "Avec quel client est « {subject} »? Répondez par le numéro.",
    ),
    "no-client-meeting": (
        (
            "“{subject}” names no client of yours, so nothing was noted. "
            "Put the client's name in its subject and send the update."
        ),
        (
            "« {subject} » ne nomme aucun de vos clients : rien n'a été noté. "
            "Mettez le nom du client dans l'objet et envoyez la mise à jour."
        ),
    ),
    "newer-meeting": (
        "A newer invitation is known already. Look into your agenda.",
        "Une invitation plus récente est déjà connue. Consultez votre agenda.",
    ),
    "meeting-gone": (
        "The invitation cannot be found any more. Send it again.",
        "L'invitation est introuvable. Renvoyez-la.",
    ),
    "meeting-unreadable": (
        "The invitation cannot be read. Send it again, or plan the meeting on your device.",
        "L'invitation est illisible. Renvoyez-la ou inscrivez la rencontre sur votre appareil.",
    ),
    "next-meeting": ("Your {kind} at {time}", "Votre {kind} de {time}"),
    "your-day": ("Your day, {day}", "Votre journée du {day}"),
    "your-day-more": ("The briefs: {url}", "Les fiches : {url}"),
    "your-note-of": ("Your note of {time}", "Votre note de {time}"),
    "note-of-whom": (
        "Your note of {time} is kept. Which client is it about? Answer with the number.",
        "Votre note de {time} est conservée. De quel client parle-t-elle? Répondez par le numéro.",
    ),
    "note-unlinked": (
        "Your note of {time} is kept, but nothing in it tells which client it is about. Say so here: {url}",
        "Votre note de {time} est conservée, mais rien n'y dit de quel client elle parle. Dites-le ici : {url}",
    ),
    "note-failed": (
        "Your note of {time} is kept, but it cannot be played. {reason}",
        "Votre note de {time} est conservée, mais elle est illisible. {reason}",
    ),
}
