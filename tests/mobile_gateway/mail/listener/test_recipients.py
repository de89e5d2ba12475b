"""Who may write to which address: checked before a mail is sent."""

import pytest

from server.domain.devices import DeviceState
from server.store.tables.devices import DeviceRow
from server.store.tables.people import PersonRow
from tests.company import ANNIE
from tests.mobile_gateway.mail.listener.conftest import DOMAIN, Line, Office


def replies(office: Office, sender: str, *recipients: str) -> list[str]:
    """What is said to each recipient."""
    with office.listening() as listener, Line(listener) as line:
        line.greet().ask(f"MAIL FROM:<{sender}>")
        return [line.ask(f"RCPT TO:<{recipient}>") for recipient in recipients]


def test_a_rep_may_write_to_any_address_of_the_domain(office: Office) -> None:
    """The return path is that of an active person, however it is written."""
    assert [reply[:3] for reply in replies(office, "Annie@Example.COM", f"notes@{DOMAIN}", f"brief@{DOMAIN}")] == [
        "250",
        "250",
    ]


def test_a_device_s_secret_address_takes_mail_from_anybody(office: Office) -> None:
    """The secret is the credential, whatever the return path."""
    address = office.device_address()
    assert replies(office, "whoever@example.net", address, address.upper())[1].startswith("250")


def test_a_device_s_own_credential_is_an_address_too_in_its_own_case(office: Office) -> None:
    """For what can hold nothing else: `notes+TOKEN@`, letter by letter; in capitals it is another one."""
    token = office.device_token()
    address = f"Notes+{token}@{DOMAIN.upper()}"
    taken, refused = replies(office, "whoever@example.net", address, address.upper())
    assert (taken[:3], refused[:3]) == ("250", "550")


def test_invitations_come_under_the_envelope_of_the_calendar_s_maker(office: Office) -> None:
    """Google sends a rep's invitation from an address of its own: whose it is, the mail has to prove."""
    sender = "3xyz@calendar-server.bounces.google.com"
    assert replies(office, sender, f"notes@{DOMAIN}")[0].startswith("250")
    assert replies(office, f"{sender}.example.net", f"notes@{DOMAIN}")[0].startswith("550")


@pytest.mark.parametrize(
    "recipient", [f"notes@{DOMAIN}", f"brief@{DOMAIN}", f"postmaster@{DOMAIN}", f"notes+secret@{DOMAIN}"]
)
def test_strangers_get_one_and_the_same_refusal(small_office: Office, recipient: str) -> None:
    """The reply does not depend on which addresses exist."""
    [reply] = replies(small_office, "stranger@example.net", recipient)
    [other] = replies(small_office, "stranger@example.net", f"nobody@{DOMAIN}")
    assert reply == other
    assert reply.startswith("550 5.7.1")


def test_bounces_are_taken_to_be_recorded(small_office: Office) -> None:
    """The null return path is that of bounces; it opens no device's address that does not exist."""
    good, wrong = replies(small_office, "", f"notes@{DOMAIN}", f"notes+wrong@{DOMAIN}")
    assert (good[:3], wrong[:3]) == ("250", "550")


@pytest.mark.parametrize(
    "recipient", ["annie@example.com", f"notes@sub.{DOMAIN}", f"notes%x@{DOMAIN}.example", "notes"]
)
def test_mail_for_others_is_not_relayed(small_office: Office, recipient: str) -> None:
    """A recipient of another domain is refused, also for people we know."""
    [reply] = replies(small_office, ANNIE.email, recipient)
    assert reply.startswith("5")


def test_an_inactive_person_and_a_revoked_device_are_strangers(office: Office) -> None:
    """Both are refused from the next mail on."""
    address = office.device_address()
    with office.parts.services.database.transaction() as session:
        session.get_one(PersonRow, ANNIE.id).active = False
    assert [reply[:3] for reply in replies(office, ANNIE.email, f"notes@{DOMAIN}", address)] == ["550", "550"]
    with office.parts.services.database.transaction() as session:
        session.get_one(PersonRow, ANNIE.id).active = True
        session.query(DeviceRow).one().state = DeviceState.QUARANTINED
    assert [reply[:3] for reply in replies(office, ANNIE.email, f"notes@{DOMAIN}", address)] == ["250", "550"]


@pytest.mark.parametrize("sender", ["a" * 300 + "@example.com", "annie\x00@example.com", "<<>>", "x@[y"])
def test_a_return_path_that_is_none_is_refused(small_office: Office, sender: str) -> None:
    """Nothing odd reaches the database; the conversation goes on."""
    with small_office.listening() as listener, Line(listener) as line:
        assert line.greet().ask(f"MAIL FROM:<{sender}>")[0] in "45"
        assert line.ask("NOOP").startswith("250")
