"""Recordings, wherever in a mail they are."""

import base64
import binascii
from contextlib import suppress

import pytest

from mobile_gateway.mail import reading
from mobile_gateway.mail.reading.tnef import Attachment, BadTnef, attachments
from server.domain.mails import Fault, FaultKind, Recording
from tests.mobile_gateway.mail.reading.by_hand import (
    HEADERS,
    SOUND,
    attachment,
    encoded,
    mail,
    multipart,
    properties,
    text,
    winmail,
)

RECORDING = Recording("a.amr", "audio/amr", SOUND)


def test_attached_inline_and_alone() -> None:
    """A recording is found as an attachment, inline, and as the whole mail."""
    inline = b"Content-Disposition: inline\r\n" + encoded(b"", b"audio/amr; name=a.amr", base64.encodebytes(SOUND))
    assert reading.read(HEADERS + multipart(text("Voici"), attachment())).recordings == (RECORDING,)
    assert reading.read(HEADERS + multipart(inline)).recordings == (RECORDING,)
    assert reading.read(HEADERS + attachment()).recordings == (RECORDING,)


def test_nested_and_forwarded() -> None:
    """Recordings in multiparts within multiparts and in forwarded mails are found; the text is the sender's own."""
    forwarded = (
        b"Content-Type: message/rfc822\r\n\r\n"
        + HEADERS
        + multipart(text("theirs"), attachment(b"b.amr"), boundary=b"2")
    )
    read = reading.read(HEADERS + multipart(text("mine"), multipart(attachment(), boundary=b"1"), forwarded))
    assert [recording.name for recording in read.recordings] == ["a.amr", "b.amr"]
    assert read.text == "mine"


@pytest.mark.parametrize(
    ("name", "claimed", "expected"),
    [
        (b"x.amr", b"application/octet-stream", "audio/amr"),
        (b"X.M4A", b"application/octet-stream", "audio/mp4"),
        (b"x.3gp", b"video/3gpp", "video/3gpp"),
        (b"x.qcp", b"application/x-unknown", "audio/qcelp"),
        (b"x.wav", b"text/plain", "audio/wav"),
        (b"x", b"AUDIO/AMR", "audio/amr"),
        (b"x.ogg", b"application/ogg", "application/ogg"),
        (b"x.caf", b"", "audio/x-caf"),
        (b"x.webm", b"nonsense", "audio/webm"),
        (b"x.pdf", b"application/octet-stream", None),
        (b"amr", b"application/octet-stream", None),
    ],
)
def test_types(name: bytes, claimed: bytes, expected: str | None) -> None:
    """The type is the claimed one if it is of sound or film, else the suffix tells."""
    found = reading.read(HEADERS + multipart(attachment(name, claimed))).recordings
    assert ([expected] if expected else []) == [recording.type for recording in found]


@pytest.mark.parametrize(
    ("parameter", "expected"),
    [
        (b'filename="../../x.amr"', "x.amr"),
        (b'filename="C:\\\\dossier\\\\x.amr"', "x.amr"),
        (b'filename="C:\\dossier\\x.amr"', "x.amr"),
        (b"filename=x y.amr", "x y.amr"),
        (b"filename*=utf-8''..%2F..%2Fr%C3%A9union%0D%0A.amr", "réunion .amr"),
        (b"filename*0*=utf-8'fr'r%C3%A9; filename*1=union; filename*2=.amr", "réunion.amr"),
        (b"filename*1=b.amr; filename*0=a", "ab.amr"),
        (b'filename="=?utf-8?q?r=C3=A9union=0D=0A.amr?="', "réunion .amr"),
        ('filename="réunion.amr"'.encode("latin-1"), "réunion.amr"),
        (b'filename="a\x00b.amr"', "a b.amr"),
        (b'filename="a\r\n b.amr"', "a b.amr"),
        (b"filename*=utf-8''%E2%80%AErma.amr", "rma.amr"),
        (b'filename="' + b"a" * 300 + b'.amr"', "a" * 96 + ".amr"),
        (b'filename=".."', ""),
        (b"filename*99999=x; filename*=", ""),
    ],
)
def test_file_names(parameter: bytes, expected: str) -> None:
    """A file name has no folders, line breaks or control characters, whichever form it is written in."""
    part = b"Content-Type: audio/amr\r\nContent-Disposition: attachment; " + parameter + b"\r\n\r\n" + SOUND
    (recording,) = reading.read(HEADERS + multipart(part)).recordings
    assert expected == recording.name


@pytest.mark.parametrize(
    "body",
    [
        base64.encodebytes(SOUND)[:-20] + b"*" + base64.encodebytes(SOUND)[-19:],
        b"QUJD\r\n-- \r\nA list's footer",
        b"QUJDR",
        b"QQ==QUJD",
    ],
)
def test_damaged_base64_is_kept_as_it_came(body: bytes) -> None:
    """Broken base64 is never decoded to noise: the bytes are kept, marked, and named."""
    read = reading.read(HEADERS + multipart(encoded(b"a.amr", b"audio/amr", body)))
    assert (Recording("a.amr", "audio/amr", body, damaged=True),) == read.recordings
    assert (Fault(FaultKind.BAD_ENCODING, "a.amr"),) == read.faults


def test_an_unknown_encoding_is_damage() -> None:
    """What nobody can decode is kept as it came."""
    part = b"Content-Type: audio/amr\r\nContent-Transfer-Encoding: x-secret\r\n\r\nabc"
    (recording,) = reading.read(HEADERS + multipart(part)).recordings
    assert (recording.data, recording.damaged) == (b"abc", True)


def test_missing_padding_is_forgiven() -> None:
    """Base64 without its padding says exactly what it would say with it."""
    part = encoded(b"a.amr", b"audio/amr", base64.b64encode(b"abcd").rstrip(b"="))
    assert [one.data for one in reading.read(HEADERS + multipart(part)).recordings] == [b"abcd"]


def test_an_empty_recording_is_said() -> None:
    """A recording without a byte is no recording, and a fault."""
    read = reading.read(HEADERS + multipart(attachment(data=b"")))
    assert ((), (Fault(FaultKind.EMPTY_RECORDING, "a.amr"),)) == (read.recordings, read.faults)


def uuencoded(name: bytes, data: bytes) -> bytes:
    """As an old gateway writes a file into a text."""
    lines = b"".join(binascii.b2a_uu(data[at : at + 45]) for at in range(0, len(data), 45))
    return b"begin 644 " + name + b"\n" + lines + b"`\nend\n"


def test_uuencoded_within_a_text() -> None:
    """Uuencoded recordings are taken out of the text, and other files too."""
    body = b"before\n" + uuencoded(b"a.amr", SOUND) + b"between\n" + uuencoded(b"x.gif", b"GIF") + b"after"
    read = reading.read(mail(body))
    assert read.recordings == (RECORDING,)
    assert read.text.split() == ["before", "between", "after"]


def test_uuencoded_as_a_part() -> None:
    """The transfer encoding x-uuencode is undone."""
    part = b"Content-Type: audio/amr; name=a.amr\r\nContent-Transfer-Encoding: x-uuencode\r\n\r\n" + uuencoded(
        b"a.amr", SOUND
    )
    assert reading.read(HEADERS + multipart(part)).recordings == (RECORDING,)


def test_damaged_uuencoding_is_kept_as_it_came() -> None:
    """A broken line makes the whole file damaged."""
    read = reading.read(mail(b"begin 644 a.amr\nM!!\x7f\x7f\n`\nend\n"))
    assert [(one.data, one.damaged) for one in read.recordings] == [(b"M!!\x7f\x7f\n`\n", True)]


OUTLOOK = winmail(
    (1, 0x00069007, (1252).to_bytes(8, "little")),
    (2, 0x00069002, bytes(14)),
    (2, 0x00018010, b"A~1.AMR\0"),
    (2, 0x0006800F, SOUND),
    (2, 0x00069005, properties((0x1F, 0x3707, "réunion.amr\0".encode("utf-16-le")), (0x1E, 0x370E, b"audio/amr\0"))),
    (2, 0x00069002, bytes(14)),
    (2, 0x00018010, b"x.pdf\0"),
    (2, 0x0006800F, b"%PDF"),
)


@pytest.mark.parametrize("kind", [b"application/ms-tnef", b"application/octet-stream"])
def test_within_winmail_dat(kind: bytes) -> None:
    """A recording within winmail.dat is found under its long name."""
    read = reading.read(HEADERS + multipart(text("Voici"), attachment(b"winmail.dat", kind, OUTLOOK)))
    assert (Recording("réunion.amr", "audio/amr", SOUND),) == read.recordings


def test_within_a_mail_forwarded_by_outlook() -> None:
    """A mail embedded in winmail.dat holds a TNEF stream of its own, which is read too."""
    embedded = properties((0x0D, 0x3701, bytes(16) + OUTLOOK))
    outer = winmail((2, 0x00069002, bytes(14)), (2, 0x00069005, embedded))
    assert [one.name for one in attachments(outer)] == ["réunion.amr", "x.pdf"]


@pytest.mark.parametrize("cut", [1, 5, 20, 60, 200, len(OUTLOOK) - 1])
def test_a_cut_winmail_dat_is_a_fault(cut: int) -> None:
    """A TNEF stream that ends early is a fault; its finished attachments stay."""
    read = reading.read(HEADERS + multipart(attachment(b"winmail.dat", b"application/ms-tnef", OUTLOOK[:cut])))
    assert [fault.kind for fault in read.faults] == [FaultKind.BAD_TNEF]


@pytest.mark.parametrize("position", range(0, len(OUTLOOK), 7))
def test_a_changed_winmail_dat_never_raises_anything_else(position: int) -> None:
    """Any changed byte gives attachments or BadTnef."""
    changed = bytearray(OUTLOOK)
    changed[position] ^= 0xFF
    found: list[Attachment] = []
    with suppress(BadTnef):
        found.extend(attachments(bytes(changed)))
    assert len(found) <= 3


def test_an_embedded_stream_within_itself_ends() -> None:
    """Streams embedded in one another are opened to a limited depth."""
    stream = OUTLOOK
    for _ in range(6):
        stream = winmail((2, 0x00069002, b""), (2, 0x00069005, properties((0x0D, 0x3701, bytes(16) + stream))))
    with pytest.raises(BadTnef, match="too deep"):
        list(attachments(stream))


def test_two_multiparts_with_one_boundary() -> None:
    """The end of an inner multipart may be missing: the outer delimiter ends it."""
    inner = b'Content-Type: multipart/mixed; boundary="in"\r\n\r\n--in\r\n' + attachment()
    read = reading.read(HEADERS + multipart(inner, attachment(b"b.amr")))
    assert [one.name for one in read.recordings] == ["a.amr", "b.amr"]
    assert [one.data for one in read.recordings] == [SOUND, SOUND]
