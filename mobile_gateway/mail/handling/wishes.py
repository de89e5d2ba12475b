"""What a mail wants, done in one transaction together with the answer and the word that the mail is handled."""

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from functools import partial

from sqlalchemy.orm import Session

from mobile_gateway.mail.handling import briefs, choices, earlier, letters, meetings, recordings
from mobile_gateway.mail.handling.case import Case
from mobile_gateway.mail.handling.letters import Answer
from mobile_gateway.mail.layout import said
from mobile_gateway.mail.reading.commands import command
from server.domain.errors import CalepinError
from server.domain.mails import CommandKind
from server.usecases import mails

Act = Callable[[Session], Answer | None]


def fulfil(case: Case) -> None:
    """Do all that the mail wants, once; what it may not have is answered with the reason and the remedy."""
    with ExitStack() as stack:
        acts = _acts(case, stack)
        try:
            _do(case, acts)
        except CalepinError as error:
            refused = letters.refusal(case, error)
            _do(case, [] if case.by_machine else [lambda _session: refused])


def _do(case: Case, acts: Sequence[Act]) -> None:
    with case.parts.services.database.transaction() as session:
        still_there = mails.received(session, case.received.uid)
        if still_there is None or not mails.claim(session, case.received.uid, case.person, case.mail.message_id):
            return
        for number, answer in enumerate(filter(None, [act(session) for act in acts])):
            letters.send(session, case, answer, number)
        mails.handled(session, case.received.uid)


def _acts(case: Case, stack: ExitStack) -> list[Act]:
    """Recordings are kept and meetings noted whoever sends them; words and commands count only from a person."""
    mail = case.mail
    acts: list[Act] = []
    spooled = recordings.spool(case, stack)
    if spooled.uploads or spooled.trouble:
        taking = partial(recordings.take, case=case, spooled=spooled)
        acts.append(_silent(taking) if case.by_machine else taking)
    if mail.calendars and not case.no_invitation:
        acts.append(meetings.wish(case))
    if acts or mail.calendars or case.by_machine:
        return acts
    return [_command(case)]


def _command(case: Case) -> Act:
    wanted = command(case.mail)
    if wanted.kind is CommandKind.BRIEF:
        earlier.wait(case)
        # Found before the transaction: nobody has to wait for the search.
        with case.parts.services.database.reading() as session:
            found = briefs.find(session, case, wanted.name)
        return lambda _session: found
    if wanted.kind is CommandKind.HELP:
        text = said(case.word("help-text", address=case.parts.address))
        return lambda _session: Answer(case.word("help"), text)
    if wanted.kind is CommandKind.ANSWER and wanted.digit is not None:
        return partial(choices.settle, case=case, digit=wanted.digit)
    return partial(recordings.take_words, case=case)


def _silent(act: Act) -> Act:
    def without_answer(session: Session) -> None:
        act(session)

    return without_answer
