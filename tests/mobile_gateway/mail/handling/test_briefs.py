"""Briefs by mail: found by name, chosen by number, and never another's client."""

import pytest

from server.store.tables.clients import ClientRow
from tests.company import ANNIE, BOB
from tests.mobile_gateway.mail.conftest import NOW, Post
from tests.mobile_gateway.mail.letterbox import letter


def test_a_name_is_answered_with_its_brief(post: Post) -> None:
    """Text in short lines, a small page, in the sender's language, in answer to the mail, marked as automatic."""
    post.write(subject="brief tremblay", message_id="<ask@example.com>")
    (answer,) = post.answers()
    assert answer.text.startswith("Boulangerie Tremblay inc.\n")
    assert max(map(len, answer.text.splitlines())) <= 40
    assert "<h1>Boulangerie Tremblay inc.</h1>" in (answer.html or "")
    assert len((answer.html or "").encode()) <= 4096
    assert (answer.in_reply_to or "").strip("<>") == "ask@example.com"
    assert (answer.automatic, answer.recipient, answer.subject) == (True, ANNIE.email, "Re: brief tremblay")
    assert [job.argument for job in post.queue.jobs if job.name == "send_mail"] == [answer.uid]
    assert post.notes() == []


def test_the_subject_names_no_client_that_the_sender_did_not_name_there(post: Post) -> None:
    """Asked in the text, the client shows inside the mail only: a lock screen shows subjects."""
    post.write(text="fiche tremblay")
    assert post.answers()[0].subject == "Votre fiche"
    assert "Tremblay" in post.answers()[0].text


def test_links_in_a_brief_lead_back_to_the_service(post: Post) -> None:
    """A mail has no address of its own that `/m/…` could belong to."""
    post.write(subject="Tremblay", text="Nouveau four")
    post.write(subject="brief roy")
    assert 'href="/' not in (post.answers()[-1].html or "")


def test_another_s_client_is_answered_exactly_as_one_that_does_not_exist(post: Post) -> None:
    """Bob's hardware shop and a name that nobody has get the same words."""
    post.write(text="brief hardware smith")
    post.write(text="brief zyzzyva")
    theirs, nobody_s = post.answers()
    assert (theirs.subject, theirs.text, theirs.html) == (nobody_s.subject, nobody_s.text, nobody_s.html)
    assert theirs.text.startswith("Aucun client de ce nom.")


def test_several_clients_are_a_numbered_choice_that_a_digit_answers(post: Post) -> None:
    """Two garages: the answer asks which, and “2” in answer to it brings the second one's brief, once."""
    post.add(ClientRow(ref="C9", name="Garage Roy Laval", manager_id=ANNIE.id, city="Laval", updated_at=NOW))
    post.write(subject="brief garage roy")
    (asking,) = post.answers()
    assert "1. Garage Roy" in asking.text
    assert "2. Garage Roy" in asking.text
    assert max(map(len, asking.text.splitlines())) <= 40
    asked = f"In-Reply-To: <{asking.uid}@calepin.example.net>"
    post.write(subject="Re: brief garage roy", text="2", headers=(asked,))
    second = next(line for line in asking.text.splitlines() if line.startswith("2. "))
    assert post.answers()[1].text.splitlines()[0] in second.replace("2. ", "")
    post.write(subject="Re: brief garage roy", text="1", headers=(asked,))
    assert "Aucune question ouverte" in post.answers()[2].text
    assert post.notes() == []


def test_a_digit_without_a_thread_answers_the_last_question(post: Post) -> None:
    """Handhelds that write no In-Reply-To are understood."""
    post.add(ClientRow(ref="C9", name="Garage Roy Laval", manager_id=ANNIE.id, city="Laval", updated_at=NOW))
    post.write(subject="brief garage roy")
    post.write(text="1")
    assert post.answers()[1].text.startswith("Garage Roy")


def test_another_s_question_is_not_answered(post: Post) -> None:
    """Bob's digit in answer to Annie's question chooses nothing."""
    post.add(ClientRow(ref="C9", name="Garage Roy Laval", manager_id=ANNIE.id, city="Laval", updated_at=NOW))
    post.write(subject="brief garage roy")
    asked = f"In-Reply-To: <{post.answers()[0].uid}@calepin.example.net>"
    post.deliver(letter("Re:", "1", author=BOB.email, headers=(asked,)), sender=BOB.email)
    assert post.answers()[1].text.startswith("No open question")
    assert [question.answered_at for question in post.questions()] == [None]


@pytest.mark.parametrize(("author", "words"), [(ANNIE.email, "fiche NOM"), (BOB.email, "brief NAME")])
def test_help_is_in_the_sender_s_language(post: Post, author: str, words: str) -> None:
    """Help says what can be written, and where to, in lines of 40 characters."""
    post.deliver(letter("help", author=author))
    (answer,) = post.answers()
    assert words in answer.text
    assert "notes@calepin.example.net" in answer.text
    assert max(map(len, answer.text.splitlines())) <= 40


def test_line_ends_inside_an_encoded_subject_do_not_reach_ours(post: Post) -> None:
    """CR LF in a subject would be a header of the sender's choice in our answer."""
    post.write(subject="=?utf-8?q?brief_tremblay=0D=0ABcc:_evil=40example.org?=")
    (answer,) = post.answers()
    assert not {"\r", "\n"} & set(answer.subject)


def test_a_sender_gets_so_many_answers_an_hour(post: Post) -> None:
    """Thirty, then silence; an hour later they are answered again."""
    for _ in range(33):
        post.write(subject="help")
    assert len(post.answers()) == 30
