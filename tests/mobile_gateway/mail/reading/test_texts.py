"""What a mail says in words, and which of them are the sender's own."""

import base64

import pytest

from mobile_gateway.mail import reading
from mobile_gateway.mail.reading.own_text import own_text
from tests.mobile_gateway.mail.reading.by_hand import HEADERS, attachment, mail, multipart, text


@pytest.mark.parametrize(
    ("charset", "data"),
    [
        (b"utf-8", "déjà €".encode()),
        (b"utf-8", "déjà €".encode("cp1252")),
        (b"us-ascii", "déjà €".encode()),
        (b"iso-8859-1", "déjà €".encode("cp1252")),
        (b"x-unknown", "déjà €".encode()),
        (b"utf-16", "déjà €".encode()),
        (b"utf-16", "déjà €".encode("utf-16")),
        (b"punycode", "déjà €".encode()),
        (b"zlib_codec", "déjà €".encode()),
        (b"unicode_escape", "déjà €".encode()),
        (b"'utf-8'", "déjà €".encode()),
        (b"cp\x00", "déjà €".encode()),
        (b"utf-8 (Unicode)", "déjà €".encode()),
        (b"a" * 1000, "déjà €".encode()),
        (b"utf-7", b"d+AOk-j+AOA +IKw-"),
    ],
)
def test_charsets_unknown_and_lying(charset: bytes, data: bytes) -> None:
    """A text is read by its charset where that is true, and by what it really is where not."""
    assert reading.read(mail(data, content_type=b"text/plain; charset=" + charset)).text == "déjà €"


def test_control_characters_are_dropped() -> None:
    """NUL, escape and other control characters and halves of characters are not in a text."""
    assert reading.read(mail(b"a\x00b\tc\x1b\r\nd\x7f")).text == "ab\tc\nd"
    assert reading.read(mail(b"a+2AA-b", content_type=b"text/plain; charset=utf-7")).text == "ab"


def test_broken_base64_text_is_read_as_far_as_it_goes() -> None:
    """Half a text can be read, unlike half a recording."""
    body = base64.b64encode(b"Bonjour Tremblay") + b"\r\n-- \r\n"
    assert reading.read(HEADERS + b"Content-Transfer-Encoding: base64\r\n\r\n" + body).text == "Bonjour Tremblay"


def test_plain_text_before_html() -> None:
    """Of two forms of a text the plain one is read, unless it is blank."""
    page = b"Content-Type: text/html\r\n\r\n<p>page</p>"
    assert reading.read(HEADERS + multipart(text("plain"), page, kind=b"alternative")).text == "plain"
    assert reading.read(HEADERS + multipart(text(" \r\n"), page, kind=b"alternative")).text == "page"


def test_texts_around_an_attachment() -> None:
    """A text in pieces is read whole; attached text files are not part of it."""
    parts = (text("one"), attachment(), text("two"), attachment(b"x.txt", b"text/plain", b"file"))
    assert reading.read(HEADERS + multipart(*parts)).text == "one\ntwo"


def test_a_text_with_a_name_is_a_text() -> None:
    """Gateways of telephone companies give the text of a message a file name."""
    part = b"Content-Type: text/plain; name=text_0.txt\r\n\r\nBonjour"
    assert reading.read(HEADERS + multipart(part)).text == "Bonjour"


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("<html><head><title>t</title></head><body>Bonjour<br>Anne &amp; Luc</body>", "Bonjour\nAnne & Luc"),
        ("a<script>b</script>c<style>d</STYLE >e<!-- f -->g", "aceg"),
        ("<p>a</p><p>b  \n c</p>", "a\n\nb c"),
        ("a<br><br><br><br>b", "a\n\nb"),
        ("<blockquote>a<div>b</div></blockquote>c", "> a\n> b\n>\nc"),
        ("3 < 4 &lt; 5", "3 < 4 < 5"),
        ("<tr><td>a</td><td>b</td></tr>", "a b"),
        ("&#" + "9" * 5000 + ";", "\ufffd"),
        ("İİİİ<style>x</style>y", "İİİİy"),
        ("a<b", "a"),
        ("a<!-- b", "a"),
    ],
)
def test_html(page: str, expected: str) -> None:
    """The text of a page is what a person sees; quotations are marked."""
    assert expected == reading.read(mail(page.encode(), content_type=b"text/html; charset=utf-8")).text


def test_flowed_paragraphs() -> None:
    """format=flowed: soft line breaks go, stuffed spaces too, quotations and the signature line stay."""
    body = b"one \r\ntwo\r\n  stuffed\r\n>> quoted \r\n>> on\r\n> less \r\n-- \r\nme \r\nmyself"
    read = reading.read(mail(body, content_type=b"text/plain; format=flowed"))
    assert read.text.split("\n") == ["one two", " stuffed", ">> quoted on", "> less ", "-- ", "me myself"]
    joined = reading.read(mail(b"one \r\ntwo", content_type=b"text/plain; format=flowed; delsp=yes")).text
    assert joined == "onetwo"


OWN = "Tremblay veut 3 palettes.\nÀ rappeler."


@pytest.mark.parametrize(
    "rest",
    [
        "-- \nAnne Roy\nVendeuse",
        "--\nAnne Roy",
        "On Tue, Mar 31, 2026 at 2:05 PM Luc <luc@corp.example> wrote:\n> hello\n> you",
        "On Tue, Mar 31, 2026 at 2:05 PM Luc\n<luc@corp.example> wrote:\n\n> hello",
        "Le mar. 31 mars 2026 à 14:05, Luc <luc@corp.example> a écrit :\nsans marques",
        "Le 31 mars 2026 à 14 h 05, Luc Gagné a écrit\u00a0:\n\nsans marques",
        "2026-03-31 14:05 GMT-04:00 Luc <luc@corp.example>:\n> hello",
        "-----Original Message-----\nFrom: Luc\nhello",
        "-----Message d'origine-----\nDe : Luc\nbonjour",
        "---------- Forwarded message ---------\nFrom: Luc",
        "---------- Message transféré ----------\nDe : Luc",
        "Begin forwarded message:\n\nhello",
        "Début du message réexpédié :\n\nbonjour",
        "________________________________\nFrom: Luc <luc@corp.example>\nSent: Tuesday",
        "De : Luc Gagné\nEnvoyé : 31 mars 2026 14:05\nÀ : Anne Roy\nObjet : Visite\n\nbonjour",
        "From: Luc\nSent: Tuesday\nTo: Anne\nSubject: Visit\n\nhello",
        "*De :* Luc\n*Envoyé :* mardi\n*À :* Anne\n\nbonjour",
        "> quoted\n> more",
        "Envoyé de mon iPhone",
        "Envoyé depuis mon téléphone Samsung",
        "Envoyé à partir d'Outlook pour iOS",
        "Sent from my iPhone",
        "Sent from my BlackBerry 10 smartphone on the Bell network.",
        "Sent via my mobile phone",
        "Get Outlook for Android",
        "Téléchargez Outlook pour iOS\n\nEnvoyé de mon appareil mobile",
        "Provenance : Courrier pour Windows",
        "Sent from my iPhone\n\n> On Mar 31, 2026, at 14:05, Luc <l@c.example> wrote:\n> hello",
    ],
)
def test_own_words(rest: str) -> None:
    """History, forwarded mails, signatures and the telephone's own line are not what the person wrote."""
    assert own_text(f"{OWN}\n\n{rest}") == OWN


@pytest.mark.parametrize(
    "words",
    [
        "Le 12 mars, Tremblay a écrit :\nil veut 3 palettes",
        "De : Québec à Montréal\nrien d'autre",
        "Envoyé de mon mieux les échantillons",
        "a > b\n->- c",
        "---",
        "Sent from the office to Tremblay",
        "On verra en 2026",
    ],
)
def test_sentences_that_only_look_like_history(words: str) -> None:
    """A rep's own sentence stays, though it begins as a mail program's line would."""
    assert words == own_text(words)


def test_an_answer_below_the_quotation() -> None:
    """Words written below a quotation are the person's own."""
    quoted = "On Tue, Mar 31, 2026 at 2:05 PM Luc <luc@corp.example> wrote:\n> Which one?\n\n2"
    assert own_text(quoted) == "2"


def test_a_pure_forward_has_no_own_words() -> None:
    """What stands only below a separator is somebody else's."""
    read = reading.read(mail(b"-----Message d'origine-----\r\nDe : Luc\r\nbonjour"))
    assert (read.own_text, "bonjour" in read.text) == ("", True)
