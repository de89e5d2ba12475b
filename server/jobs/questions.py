"""Asking the rep's phones whose an unclear note is, once all is known that the machine can find out."""

from datetime import timedelta
from typing import Final

from sqlalchemy.orm import Session

from server.domain.push import PushKind
from server.jobs.parts import WorkerParts
from server.usecases import processing, push
from server.usecases.push import Notice

ASKED_FOR: Final = timedelta(hours=12)


def ask_whose(session: Session, parts: WorkerParts, uid: str) -> None:
    """Put the question, once for a note, where its client is likely but not sure."""
    now = parts.clock()
    rep_id = processing.whom_to_ask(session, uid, now)
    if rep_id is not None:
        notice = Notice(f"question-{uid}", rep_id, PushKind.QUESTION, uid, now + ASKED_FOR)
        push.notify(session, parts.queue, notice, now)
