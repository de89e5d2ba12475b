"""The brief by mail: text for the smallest screens, and the same as a small page."""

from sqlalchemy.orm import Session

from mobile_gateway.briefs.html import fitted
from mobile_gateway.briefs.text import text
from mobile_gateway.mail.handling.case import Case
from mobile_gateway.mail.handling.letters import Answer, Question, numbered, reply_subject, said
from mobile_gateway.markup import render
from server.domain.briefs import Brief
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
    return Answer(reply_subject(case, "your-brief"), _text(case, brief), html=_page(case, brief))


def _text(case: Case, brief: Brief) -> str:
    return text(brief, case.phrases).replace("\n/m/", f"\n{case.parts.services.public_url}/m/")


def _page(case: Case, brief: Brief) -> str:
    address = case.parts.services.public_url

    def draw(values: dict[str, object]) -> str:
        # Addresses that begin with a slash mean nothing in a mail.
        body = render("brief_body.html", record=None, **values).replace('href="/', f'href="{address}/')
        head = f'<html lang="{case.person.language}">\n<head><meta charset="utf-8"></head>'
        return f"<!DOCTYPE html>\n{head}\n<body>\n{body}\n</body>\n</html>\n"

    return fitted(brief, case.phrases, draw)
