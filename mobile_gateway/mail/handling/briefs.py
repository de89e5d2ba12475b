"""The brief that a mail asks for."""

from sqlalchemy.orm import Session

from mobile_gateway.briefs.enclosed import as_page, as_text
from mobile_gateway.mail.handling.case import Case
from mobile_gateway.mail.handling.letters import Answer, Question, reply_subject
from mobile_gateway.mail.layout import numbered, said
from server.domain.errors import NotFound
from server.domain.sentences import sentence
from server.usecases import briefs, clients
from server.usecases.briefs import Asked


def find(session: Session, case: Case, name: str) -> Answer:
    """The brief of the client with this name, a numbered choice of several, or that there is no such client.

    A client that the sender may not see is answered exactly as one that does not exist.
    """
    try:
        matches = clients.choose(session, case.person, case.parts.services.policy, name)
    except NotFound as error:
        told = sentence(error.code, case.person.language, error.values)
        return Answer(reply_subject(case, "your-brief"), said(told.title, case.word("no-such-client")))
    if len(matches) == 1:
        return one(session, case, matches[0].client.ref)
    found = [match.client for match in matches]
    listed = numbered([", ".join(filter(None, (client.name, client.city))) for client in found])
    question = Question("brief", "", tuple({"client": client.ref} for client in found))
    return Answer(reply_subject(case, "your-brief"), f"{said(case.word('choose'))}\n{listed}\n", question=question)


def one(session: Session, case: Case, ref: str) -> Answer:
    """The brief of the client with this reference. Raises NotFound."""
    services = case.parts.services
    brief = briefs.brief(session, services.briefs, Asked(case.person, services.policy, case.now), ref)
    text = as_text(brief, case.phrases, services.public_url)
    return Answer(reply_subject(case, "your-brief"), text, html=as_page(brief, case.phrases, services.public_url))
