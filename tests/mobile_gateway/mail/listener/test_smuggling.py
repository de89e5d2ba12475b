"""Only CR LF . CR LF ends a mail: nothing smuggles a second one in behind the sender's server."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mobile_gateway.mail.listener.dots import DotText
from tests.company import ANNIE, BOB
from tests.mobile_gateway.mail.listener.conftest import DOMAIN, MAIL, Line, Office

ENDINGS = (
    b"\n.\n",
    b"\n.\r\n",
    b"\r\n.\n",
    b"\r.\r",
    b"\r\n.\r",
    b"\r.\r\n",
    b"\n.\r",
    b"\r\n\x00.\r\n",
    b"\r\r\n.\r\r\n",
)


@pytest.mark.parametrize("ending", ENDINGS)
def test_other_endings_end_nothing(small_office: Office, ending: bytes) -> None:
    """The second mail that hides behind a wrong ending is text of the first."""
    hidden = f"MAIL FROM:<{BOB.email}>\r\nRCPT TO:<notes@{DOMAIN}>\r\nDATA\r\nFrom: {BOB.email}\r\n\r\nForged\r\n"
    with small_office.listening() as listener, Line(listener) as line:
        line.greet().begin().say(MAIL + b"text" + ending + hidden.encode() + b".\r\n")
        assert line.hear().startswith("250 2.0.0")
        assert line.ask("NOOP").startswith("250")
    [row] = small_office.mails()
    [raw] = small_office.raw()
    assert row.sender == ANNIE.email
    assert raw.startswith(MAIL)
    assert raw.endswith(hidden.encode())
    assert raw.count(b"\r") == raw.count(b"\n") == raw.count(b"\r\n")


@given(st.lists(st.sampled_from([b"\r", b"\n", b".", b"a", b"\r\n", b"\r\n."])).map(b"".join), st.data())
def test_a_mail_is_read_the_same_however_it_is_cut(text: bytes, data: st.DataObject) -> None:
    """What `DotText` gives depends on the bytes alone, not on how they arrive."""
    sent = text.replace(b"\r\n.\r\n", b"\r\n") + b"\r\n.\r\nQUIT\r\n"
    whole = DotText()
    expected = whole.feed(sent)
    pieces, got, start = DotText(), b"", 0
    while not pieces.ended:
        end = data.draw(st.integers(start + 1, len(sent)))
        got += pieces.feed(sent[start:end])
        start = end
    assert whole.ended
    assert got == expected
    assert pieces.rest + sent[start:] == whole.rest


@given(st.lists(st.sampled_from([b".", b"a", b"..", b"\xff", b"\r\n"])).map(b"".join))
def test_what_a_client_made_transparent_comes_out_as_it_was(text: bytes) -> None:
    """Dots that the client doubled at the beginning of lines are single again."""
    lines = (text + b"\r\n").split(b"\r\n")[:-1]
    sent = b"".join((b"." + line if line.startswith(b".") else line) + b"\r\n" for line in lines) + b".\r\n"
    reader = DotText()
    assert reader.feed(sent) == text + b"\r\n"
    assert (reader.ended, reader.rest) == (True, b"")
