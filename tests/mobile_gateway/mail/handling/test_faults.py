"""What goes wrong ends: a mail's own fault sets it aside, the machine's leaves it for another try."""

from collections.abc import Callable

import pytest
from sqlalchemy import event

from server.domain.letters import Letter
from server.domain.notes import LinkStatus
from server.usecases import mails
from tests.company import ANNIE
from tests.mobile_gateway.mail.conftest import NOW, Post
from tests.mobile_gateway.mail.letterbox import letter, recording


def test_a_mail_that_cannot_be_handled_is_set_aside_with_its_reason(post: Post) -> None:
    """It stops nobody: the next one is handled, and it stays for the administrators."""

    uid = post.bring(letter(text="Une note"))
    assert uid
    engine = post.parts.services.database.engine
    poison = _failing_on("INSERT INTO notes", ValueError("poison"))
    event.listen(engine, "before_cursor_execute", poison)
    post.handle(uid)
    event.remove(engine, "before_cursor_execute", poison)
    mail = post.mail(uid)
    assert (mail.state, mail.reason, mail.rep_id) == ("set-aside", "fault: ValueError", None)
    assert post.write(subject="help").state == "handled"


def test_a_full_disk_leaves_the_mail_to_be_tried_again(post: Post) -> None:
    """Nothing of it is done, neither the note nor an answer, until it can be."""
    uid = post.bring(letter(text="Une note", parts=(recording(),)))
    assert uid
    incoming = post.parts.services.blobs.root / "incoming"
    incoming.rename(incoming.with_name("gone"))
    with pytest.raises(OSError, match="incoming"):
        post.handle(uid)
    assert (post.mail(uid).state, post.notes()) == ("received", [])
    incoming.with_name("gone").rename(incoming)
    post.handle(uid)
    assert (post.mail(uid).state, len(post.notes())) == ("handled", 1)


def test_work_that_was_cut_off_is_done_whole_the_next_time(post: Post) -> None:
    """Notes, answer and the word that the mail is handled are one transaction."""
    uid = post.bring(letter(text="Deux", parts=(recording(), recording(encoded=b"%%%\r\n"))))
    assert uid
    engine = post.parts.services.database.engine
    cut = _failing_on("INSERT INTO outgoing_mails", OSError("pulled the plug"))
    event.listen(engine, "before_cursor_execute", cut)
    with pytest.raises(OSError, match="plug"):
        post.handle(uid)
    assert (post.mail(uid).state, post.notes(), post.answers()) == ("received", [], [])
    event.remove(engine, "before_cursor_execute", cut)
    post.handle(uid)
    assert (len(post.notes()), len(post.answers())) == (2, 1)


def test_a_digit_links_a_note(post: Post) -> None:
    """The receipt asked which client; “2” in answer confirms it, and the rep is told."""
    post.write(text="Nouveau four")
    (note,) = post.notes()
    with post.parts.services.database.transaction() as session:
        letters = Letter("receipt", ANNIE.id, ANNIE.email, "Which?", "1. C1\n2. C2")
        uid = mails.send(session, post.queue, letters, NOW)
        assert uid
        mails.ask(session, uid, ANNIE.id, "link", note.uid, [{"client": "C1"}, {"client": "C2"}])
    post.write(text="2", headers=(f"In-Reply-To: <{uid}@calepin.example.net>",))
    (note,) = post.notes()
    assert (note.link_status, note.client_id) == (LinkStatus.CONFIRMED, 2)
    assert post.answers()[-1].text == "Liée à Garage Roy & Fils ltée\n"


def test_a_choice_that_is_no_longer_possible_is_refused_in_words(post: Post) -> None:
    """The client has left the portfolio meanwhile: the mail is handled, and the answer says what to do."""
    post.write(text="Nouveau four")
    (note,) = post.notes()
    with post.parts.services.database.transaction() as session:
        letters = Letter("receipt", ANNIE.id, ANNIE.email, "Which?", "1. C3")
        uid = mails.send(session, post.queue, letters, NOW)
        assert uid
        mails.ask(session, uid, ANNIE.id, "link", note.uid, [{"client": "C3"}])
    mail = post.write(text="1", headers=(f"In-Reply-To: <{uid}@calepin.example.net>",))
    assert mail.state == "handled"
    assert post.answers()[-1].text.startswith("Aucun client de ce nom.")
    assert post.notes()[0].link_status == LinkStatus.UNLINKED


def _failing_on(beginning: str, error: Exception) -> Callable[..., None]:
    def before(_connection: object, _cursor: object, statement: str, *_args: object) -> None:
        if statement.startswith(beginning):
            raise error

    return before
