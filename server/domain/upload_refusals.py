"""Refusals of uploads: what happened and what to do about it, in English and in French."""

from typing import Final

from server.domain.wording import Sentence

UPLOAD_REFUSALS: Final[dict[str, tuple[Sentence, Sentence]]] = {
    "upload-not-found": (
        Sentence("There is no such upload.", "Create a new one and send the recording from its beginning."),
        Sentence("Cet envoi n'existe pas.", "Créez-en un nouveau et envoyez l'enregistrement depuis le début."),
    ),
    "malformed": (
        Sentence("“{field}” is not as the protocol has it: {reason}.", "Correct the request and send it again."),
        Sentence("« {field} » n'est pas conforme au protocole : {reason}.", "Corrigez la requête et renvoyez-la."),
    ),
    "inconsistent-length": (
        Sentence("The upload's length was said to be another one before.", "Go on with the length of the beginning."),
        Sentence("La longueur de l'envoi a été annoncée autrement.", "Continuez avec la longueur du début."),
    ),
    "upload-completed": (
        Sentence("This upload is complete.", "Nothing is missing: read the note it became."),
        Sentence("Cet envoi est terminé.", "Rien ne manque : lisez la note qui en est issue."),
    ),
    "wrong-offset": (
        Sentence("The upload stands at another offset.", "Ask for its offset with HEAD and go on from there."),
        Sentence("L'envoi en est à une autre position.", "Demandez-la par HEAD et continuez à partir de là."),
    ),
    "upload-taken-over": (
        Sentence("Another request has taken this upload over.", "Ask for its offset with HEAD and go on from there."),
        Sentence("Une autre requête a repris cet envoi.", "Demandez sa position par HEAD et continuez à partir de là."),
    ),
    "unsupported-upload": (
        Sentence("“{type}” is not how the bytes of an upload come.", "Send them as {wanted}."),
        Sentence("« {type} » n'est pas la forme des octets d'un envoi.", "Envoyez-les comme {wanted}."),
    ),
    "overflow": (
        Sentence("More bytes came than the upload's length.", "Nothing of them was kept: send what is missing only."),
        Sentence(
            "Il est venu plus d'octets que la longueur de l'envoi.", "Rien n'en a été gardé : envoyez le reste seul."
        ),
    ),
    "checksum-mismatch": (
        Sentence("The bytes are not those of the checksum.", "Nothing of them was kept: send them again."),
        Sentence("Les octets ne sont pas ceux de la somme.", "Rien n'en a été gardé : renvoyez-les."),
    ),
    "version-not-spoken": (
        Sentence("The protocol's version is missing or not spoken here.", "Send “Tus-Resumable: 1.0.0”."),
        Sentence("La version du protocole manque ou n'est pas parlée ici.", "Envoyez « Tus-Resumable: 1.0.0 »."),
    ),
    "too-many-uploads": (
        Sentence("This device has too many unfinished uploads.", "Finish or delete some of them, then try again."),
        Sentence("Cet appareil a trop d'envois inachevés.", "Terminez-en ou supprimez-en, puis réessayez."),
    ),
    "too-slow": (
        Sentence("The bytes came too slowly.", "What came is kept: ask for the offset with HEAD and go on from there."),
        Sentence("Les octets venaient trop lentement.", "Ce qui est venu est gardé : demandez la position par HEAD."),
    ),
}
