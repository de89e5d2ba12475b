"""A rep's day by mail, through a real Postfix both ways and a real worker: recordings in, briefs and receipts out."""

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

import httpx
import pytest

from tests.mail_sink import Sink, sink
from tests.wire import mail_servers
from tests.wire.conftest import ANNIE, found_company
from tests.wire.mail_servers import Postfix
from tests.wire.service import Service, free_port, until

DOMAIN = "notes.test"
MEMO = Path(__file__).parents[2] / "deploy" / "demo" / "recordings" / "new-note.amr"
OURS = f"notes@{DOMAIN}"
VOUCHED = "mx.test; dmarc=pass header.from=example.com"


@dataclass
class Road:
    """Annie's post: what she sends goes through Postfix to the service, what she gets comes through it."""

    postfix: Postfix
    inbox: Sink
    service: Service
    count: int = 0

    def send(self, subject: str, text: str = "", *, audio: bytes = b"", to: str = OURS, vouched: bool = True) -> str:
        """Mail it; its Message-ID."""
        self.count += 1
        message = EmailMessage()
        if vouched:
            message["Authentication-Results"] = VOUCHED
        message["From"] = f"Annie <{ANNIE}>"
        message["To"] = to
        message["Subject"] = subject
        message["Message-ID"] = identity = f"<{self.count}@example.com>"
        message["Date"] = datetime.now(UTC)
        message.set_content(text)
        if audio:
            message.add_attachment(audio, maintype="audio", subtype="amr", filename="memo.amr")
        self.postfix.send(ANNIE, to, message.as_bytes())
        return identity

    def answer_to(self, identity: str, seconds: float = 30) -> EmailMessage:
        """What came back in answer to it."""

        def found() -> EmailMessage | None:
            return next((mail for mail in self.inbox.mails if mail["In-Reply-To"] == identity), None)

        answer: EmailMessage = until(found, seconds, f"an answer to {identity}")
        return answer


def text_of(mail: EmailMessage) -> str:
    """Its plain text."""
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content()).replace("\r\n", "\n")


@pytest.fixture
def road(own_service: Service) -> Iterator[Road]:
    """A service behind Postfix, with the small company."""
    if reason := mail_servers.postfix_missing():
        pytest.skip(reason)
    port = free_port()
    with sink() as inbox, mail_servers.postfix(DOMAIN, port, inbox.port) as postfix:
        own_service.settings = {
            "CALEPIN_MAIL_DOMAIN": DOMAIN,
            "CALEPIN_SMTP_LISTEN": f"lmtp://127.0.0.1:{port}",
            "CALEPIN_SMTP_RELAY": f"smtp://127.0.0.1:{postfix.port}?tls=off",
            "CALEPIN_AUTHSERV_ID": "mx.test",
        }
        found_company(own_service.start())
        yield Road(postfix, inbox, own_service)


def test_a_mailed_recording_is_in_the_brief_that_the_next_mail_asks_for(road: Road) -> None:
    """Also when the service is killed between the two mails, and again before it has handled either."""
    road.send("Tremblay: nouveau four", audio=MEMO.read_bytes())
    until(road.postfix.delivered, 20, "Postfix has handed on the recording")
    road.service.kill()
    identity = road.send("brief tremblay")
    road.service.start()
    until(road.postfix.delivered, 20, "Postfix has tried again")
    brief = road.answer_to(identity)
    assert text_of(brief).startswith("Boulangerie Tremblay inc.\n")
    assert re.search(r"Annie Gagnon, voix, 0:\d\d\nTremblay: nouveau four\n", text_of(brief))
    assert (brief["Auto-Submitted"], brief["To"]) == ("auto-replied", ANNIE)
    page = brief.get_body(("html",))
    assert page is not None
    assert "nouveau four" in page.get_content()
    key = road.service.key()
    with road.service.device(ANNIE, key) as annie:
        (note,) = annie.get("/notes").json()["items"]
        assert (note["kind"], note["state"], note["link"]["client"]) == ("voice", "processed", "C1")


def test_a_device_s_secret_address_needs_no_other_proof(road: Road) -> None:
    """The address comes with the enrolment; the answer goes to the registered address. A new one ends it."""
    with road.service.office(road.service.key()) as office:
        code = office.post("/devices", json={"rep": ANNIE}).json()["code"]
    told = httpx.post(f"{road.service.url}/api/v1/enrolments", json={"code": code}).json()
    identity = road.send("fiche roy", to=told["mail_address"], vouched=False)
    answer = road.answer_to(identity)
    assert text_of(answer).startswith("Garage Roy & Fils ltée\n")
    headers = {"Authorization": f"Bearer {told['token']}"}
    again = httpx.post(f"{road.service.url}/api/v1/me/mail-address", headers=headers).json()["mail_address"]
    assert again != told["mail_address"]
    old = road.send("fiche roy", to=told["mail_address"], vouched=False)
    new = road.send("fiche roy", to=again, vouched=False)
    road.answer_to(new)
    assert all(mail["In-Reply-To"] != old for mail in road.inbox.mails)


def test_an_unclear_note_is_asked_about_and_a_digit_settles_it(road: Road) -> None:
    """The receipt has the choices; the number that is mailed back is the rep's word, and is confirmed."""
    with road.service.device(ANNIE, road.service.key()) as annie:
        recorded = (datetime.now(UTC) - timedelta(days=20)).isoformat()
        annie.post("/activities", json={"client": "C2", "starts_at": recorded}).raise_for_status()
        identity = road.send("Note", "Papeterie Morin et Garage Roy")
        receipt = road.answer_to(identity)
        choice = next(line[0] for line in text_of(receipt).splitlines() if re.match(r"\d\. Papeterie Morin", line))
        digit = _reply(road, receipt, choice)
        assert text_of(road.answer_to(digit)) == "Liée à Papeterie Morin\n"
        (note,) = annie.get("/notes").json()["items"]
        assert (note["link"]["status"], note["link"]["client"]) == ("confirmed", "C4")


def test_a_forged_mail_is_neither_handled_nor_answered(road: Road) -> None:
    """Nobody vouches for it: kept, set aside, and the rep hears nothing."""
    forged = road.send("brief tremblay", vouched=False)
    honest = road.send("brief tremblay")
    road.answer_to(honest)
    time.sleep(0.5)
    assert [mail["In-Reply-To"] for mail in road.inbox.mails] == [honest]
    assert forged != honest


def test_the_brief_comes_before_the_meeting_and_follows_it(road: Road) -> None:
    """A meeting that is moved into the next quarter of an hour: its brief comes within a minute, once."""
    with road.service.device(ANNIE, road.service.key()) as annie:
        soon = datetime.now(UTC) + timedelta(minutes=5)
        times = {"starts_at": soon.isoformat(), "ends_at": (soon + timedelta(hours=1)).isoformat()}
        annie.patch("/activities/A2", json=times).raise_for_status()

    def unasked() -> list[EmailMessage]:
        return [mail for mail in road.inbox.mails if mail["In-Reply-To"] is None]

    until(unasked, 30, "the brief of the next meeting")
    (brief,) = unasked()
    assert text_of(brief).startswith("Garage Roy & Fils ltée\n")
    assert brief["Subject"].startswith("Votre visite de ")
    assert brief["Auto-Submitted"] == "auto-generated"


def _reply(road: Road, mail: EmailMessage, text: str) -> str:
    road.count += 1
    reply = EmailMessage()
    reply["Authentication-Results"] = VOUCHED
    reply["From"], reply["To"], reply["Subject"] = ANNIE, OURS, f"Re: {mail['Subject']}"
    reply["Message-ID"] = identity = f"<{road.count}@example.com>"
    reply["In-Reply-To"] = mail["Message-ID"]
    reply.set_content(f"{text}\n\nLe 24 novembre, Calepin a écrit :\n> 1. x\n")
    road.postfix.send(ANNIE, OURS, reply.as_bytes())
    return identity
