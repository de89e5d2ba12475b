"""What is too much, too large or too slow is refused, and the others are served."""

import time
from dataclasses import replace

import pytest

from mobile_gateway.mail.listener.doors import Doors, Origin, origin_of
from mobile_gateway.mail.listener.limits import USUAL, Limits, Pace
from mobile_gateway.mail.listener.rates import Rate
from tests.company import ANNIE
from tests.mobile_gateway.mail.listener.conftest import DOMAIN, Line, Office

QUICK = replace(USUAL, idle=0.4, window=0.4, window_bytes=1_000)


def test_a_mail_that_is_announced_too_large_is_refused_at_once(small_office: Office) -> None:
    """SIZE (RFC 1870) saves sending it."""
    with small_office.listening() as listener, Line(listener) as line:
        assert line.greet().ask(f"MAIL FROM:<{ANNIE.email}> SIZE=100001").startswith("552")
        assert line.ask(f"MAIL FROM:<{ANNIE.email}> SIZE=99999").startswith("250")


def test_a_mail_that_is_too_large_is_refused_and_leaves_nothing(small_office: Office) -> None:
    """One byte too many; the next mail of the same connection is taken."""
    with small_office.listening() as listener, Line(listener) as line:
        line.greet().begin().say(b"x" * 99_999 + b"\r\n.\r\n")
        assert line.hear().startswith("552 5.3.4 Too large")
        line.begin().say(b"x" * 99_998 + b"\r\n.\r\n")
        assert line.hear().startswith("250 2.0.0")
    assert [row.bytes for row in small_office.mails()] == [100_000]
    assert small_office.half_written() == []


def test_whoever_goes_on_for_ever_is_cut_off(small_office: Office) -> None:
    """A mail of twice the size and more is not awaited."""
    with small_office.listening() as listener, Line(listener) as line:
        line.greet().begin()
        with pytest.raises(ConnectionError):
            line.say(b"x" * 50_000_000)
    assert small_office.half_written() == []


def test_a_trickle_does_not_hold_a_place(small_office: Office) -> None:
    """A mail that comes a byte at a time ends with 421 within its window; one that comes in time does not."""
    with small_office.listening(limits=QUICK) as listener, Line(listener) as slow, Line(listener) as steady:
        slow.greet().begin()
        steady.greet().begin()
        for number in range(6):
            if number < 3:
                slow.say(b"x")
            steady.say(b"x" * 1_000)
            time.sleep(0.1)
        steady.say(b"\r\n.\r\n")
        assert steady.hear().startswith("250")
        assert slow.hear().startswith("421 4.4.2")
        assert slow.hear() == ""
    assert [row.bytes for row in small_office.mails()] == [6_002]


def test_silence_and_old_age_end_a_connection(small_office: Office) -> None:
    """Nothing said for `idle` seconds, or a conversation older than `session`: 421."""
    with small_office.listening(limits=QUICK) as listener, Line(listener) as line:
        assert line.greet().hear().startswith("421 4.4.2")
    with small_office.listening(limits=replace(USUAL, session=0.3)) as listener, Line(listener) as line:
        line.greet()
        while (reply := line.ask("NOOP")).startswith("250"):
            time.sleep(0.05)
        assert reply.startswith("421 4.4.2")


def test_commands_that_lead_nowhere_end_a_connection(small_office: Office) -> None:
    """Fifty of a kind is enough."""
    with small_office.listening() as listener, Line(listener) as line:
        line.greet()
        assert {line.ask("NOOP")[:3] for _ in range(50)} == {"250"}
        assert line.ask("NOOP").startswith("421")


def test_an_endless_command_is_not_kept(small_office: Office) -> None:
    """A line of megabytes is refused, and its connection still serves."""
    with small_office.listening() as listener, Line(listener) as line:
        line.greet().say(b"NOOP " + b"x" * 3_000_000)
        assert line.ask("").startswith("500")
        assert line.ask("NOOP").startswith("250")


def test_there_is_room_for_so_many_connections(small_office: Office) -> None:
    """One more is told to come later, and may when another has gone."""
    with small_office.listening(limits=replace(USUAL, connections=2)) as listener, Line(listener) as first:
        first.greet()
        with Line(listener) as second, Line(listener) as third:
            second.greet()
            assert third.hear().startswith("421 4.3.2")
            assert second.ask("QUIT").startswith("221")
            assert second.hear() == ""
        with Line(listener) as fourth:
            fourth.greet()


def test_a_mail_has_so_many_recipients(small_office: Office) -> None:
    """The next one is put off, as RFC 5321 §4.5.3.1.10 has it."""
    with small_office.listening(limits=replace(USUAL, recipients=2)) as listener, Line(listener) as line:
        line.greet().ask(f"MAIL FROM:<{ANNIE.email}>")
        replies = [line.ask(f"RCPT TO:<r{number}@{DOMAIN}>")[:9] for number in range(3)]
    assert replies == ["250 2.1.5", "250 2.1.5", "452 4.5.3"]


def test_a_return_path_may_send_so_many_mails(small_office: Office) -> None:
    """Then it is told to come later, while others are served."""
    limits = replace(USUAL, mails_sender=Pace(2, 3600))
    with small_office.listening(limits=limits) as listener, Line(listener) as line:
        line.greet()
        replies = [
            line.ask(f"MAIL FROM:<{sender}@example.com>")[:9] + line.ask("RSET")[:3] for sender in ("a", "A", "a", "b")
        ]
    assert replies == ["250 2.1.0250", "250 2.1.0250", "451 4.7.1250", "250 2.1.0250"]


def test_an_address_counts_for_itself_unless_it_is_our_own_server(small_office: Office) -> None:
    """From elsewhere, connections are counted for each address or IPv6 network; from this machine and by LMTP not."""
    assert origin_of(("127.0.0.1", 1), lmtp=False).ours
    assert origin_of(("::1", 1, 0, 0), lmtp=False).ours
    assert origin_of(("192.0.2.1", 1), lmtp=True).ours
    assert origin_of(("192.0.2.1", 1), lmtp=False) == origin_of(("::ffff:192.0.2.1", 1), lmtp=False)
    assert origin_of(("2001:db8::1", 1), lmtp=False) == origin_of(("2001:db8::ffff", 1), lmtp=False)
    doors = Doors(Limits(connections=5, connections_each=2))
    stranger, ours = Origin("192.0.2.1", ours=False), Origin("127.0.0.1", ours=True)
    assert [doors.enter(stranger) for _ in range(3)] == [True, True, False]
    assert [doors.enter(ours) for _ in range(4)] == [True, True, True, False]
    doors.leave(stranger)
    assert doors.enter(stranger)


def test_a_rate_gives_back_with_time() -> None:
    """Three at once, then one for each twenty seconds of a minute's three."""
    now = 0.0
    rate = Rate(Pace(3, 60), lambda: now)
    assert [rate.allow("a") for _ in range(4)] == [True, True, True, False]
    assert rate.allow("b")
    now = 20.0
    assert [rate.allow("a") for _ in range(2)] == [True, False]
