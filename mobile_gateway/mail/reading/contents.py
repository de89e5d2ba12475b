"""What the parts of a mail hold: recordings, invitations, texts, a delivery status."""

import re
from typing import Final

from mobile_gateway.mail.reading import bounces, tnef
from mobile_gateway.mail.reading.charsets import clean, decoded
from mobile_gateway.mail.reading.flowed import unflowed
from mobile_gateway.mail.reading.html_text import text_of
from mobile_gateway.mail.reading.limits import CALENDAR_BYTES, MOST_CALENDARS, MOST_RECORDINGS, Allowance
from mobile_gateway.mail.reading.parameters import Value, read_value
from mobile_gateway.mail.reading.parts import Part
from mobile_gateway.mail.reading.recordings import clean_name, recording_type
from mobile_gateway.mail.reading.transfer import UUENCODED, Content, decode, decode_text, uuencoded
from server.domain.mails import Bounce, Calendar, FaultKind, Recording

_METHOD: Final = re.compile(r"^METHOD:([A-Za-z-]{1,40})[ \t]*$", re.MULTILINE)
_CALENDARS: Final = frozenset({"text/calendar", "application/ics"})
_TNEF: Final = frozenset({"application/ms-tnef", "application/vnd.ms-tnef"})
_TEXTS: Final = frozenset({"text/plain", "text/html"})


class Contents:
    """Give it each part; afterwards it holds what they said."""

    def __init__(self, allowance: Allowance) -> None:
        self.recordings: list[Recording] = []
        self.calendars: list[Calendar] = []
        self.bounce: Bounce | None = None
        self._plain: list[str] = []
        self._html: list[str] = []
        self._allowance = allowance

    @property
    def text(self) -> str:
        """The plain texts, or where they are blank the text of the HTML."""
        plain = "\n".join(self._plain)
        return (plain if plain.strip() else "\n".join(self._html)).strip("\n")

    def take(self, part: Part) -> None:
        """Keep what is of use in one part."""
        disposition = read_value(part.headers.first("content-disposition"))
        name = clean_name(disposition.text("filename") or part.type.text("name"))
        kind = part.type.word
        self._returned(part)
        if recording := recording_type(kind, name):
            self._recording(name, recording, part)
        elif kind in _CALENDARS or name.lower().endswith(".ics"):
            self._calendar(part.body(2 * CALENDAR_BYTES), part.encoding, part.type, bool(part.forwarded))
        elif kind in _TNEF or name.lower() == "winmail.dat":
            self._tnef(name, part)
        elif kind in bounces.STATUS_TYPES:
            self.bounce = self.bounce or bounces.read_status(part, self._allowance)
        elif kind in _TEXTS:
            self._text(part, attached=disposition.word == "attachment")

    def _returned(self, part: Part) -> None:
        if self.bounce is None or self.bounce.message_id:
            return
        if part.type.word in bounces.RETURNED_HEADERS:
            self.bounce = bounces.with_original(self.bounce, bounces.returned_headers(part, self._allowance))
        elif part.forwarded:
            self.bounce = bounces.with_original(self.bounce, part.message)

    def _recording(self, name: str, kind: str, part: Part) -> None:
        if not self._room_for_recording() or not self._allowance.may_decode(part.size, name):
            return
        if part.encoding in UUENCODED:
            files = uuencoded(part.body(), self._allowance)
            content = files[0].content if files else Content(part.body(), damaged=True)
        else:
            content = decode(part.body(), part.encoding)
        self._keep(name, kind, content)

    def _room_for_recording(self) -> bool:
        if len(self.recordings) < MOST_RECORDINGS:
            return True
        self._allowance.fault(FaultKind.TOO_MANY_RECORDINGS)
        return False

    def _keep(self, name: str, kind: str, content: Content) -> None:
        if not content.data:
            self._allowance.fault(FaultKind.EMPTY_RECORDING, name)
            return
        if content.damaged:
            self._allowance.fault(FaultKind.BAD_ENCODING, name)
        self.recordings.append(Recording(name, kind, content.data, content.damaged))

    def _calendar(self, body: bytes, encoding: str, kind: Value, forwarded: bool) -> None:
        data = decode_text(body, encoding)
        if len(self.calendars) >= MOST_CALENDARS or len(data) > CALENDAR_BYTES:
            self._allowance.fault(FaultKind.TEXT_TOO_LONG, "calendar")
            return
        text = clean(decoded(data, kind.token("charset")))
        written = _METHOD.search(text)
        method = kind.token("method") or (written[1] if written else "")
        self.calendars.append(Calendar(method[:40].upper(), text, forwarded))

    def _tnef(self, name: str, part: Part) -> None:
        if not self._allowance.may_decode(part.size, name):
            return
        stream = decode(part.body(), part.encoding)
        try:
            for file in tnef.attachments(stream.data):
                self._tnef_file(file, bool(part.forwarded))
        except tnef.BadTnef as error:
            self._allowance.fault(FaultKind.BAD_TNEF, str(error))

    def _tnef_file(self, file: tnef.Attachment, forwarded: bool) -> None:
        name = clean_name(file.name)
        if kind := recording_type(file.type, name):
            if self._room_for_recording() and self._allowance.may_decode(len(file.data), name):
                self._keep(name, kind, Content(file.data))
        elif file.type in _CALENDARS or name.lower().endswith(".ics"):
            self._calendar(file.data[: 2 * CALENDAR_BYTES], "", Value(file.type), forwarded)

    def _text(self, part: Part, attached: bool) -> None:
        raw = self._without_files(part) if part.type.word == "text/plain" else part.body(2 * self._allowance.text)
        if attached or part.forwarded:
            return
        data = decode_text(raw, part.encoding)
        if len(data) > self._allowance.text or len(raw) < part.size > 2 * self._allowance.text:
            self._allowance.fault(FaultKind.TEXT_TOO_LONG)
            # At a line's end: half a character would make the whole look like another charset.
            most = data[: self._allowance.text]
            data = most.rpartition(b"\n")[0] or most
        self._allowance.text -= len(data)
        text = clean(decoded(data, part.type.token("charset")))
        if part.type.word == "text/html":
            self._html.append(text_of(text))
            return
        if part.type.token("format").lower() == "flowed":
            text = unflowed(text, delete_space=part.type.token("delsp").lower() == "yes")
        self._plain.append(text)

    def _without_files(self, part: Part) -> bytes:
        """The beginning of a plain body without the uuencoded files in it, which are kept if they are recordings."""
        most = 2 * self._allowance.text
        files = uuencoded(part.body(), self._allowance) if part.encoding in ("", "7bit", "8bit", "binary") else []
        pieces, position = [], part.start
        for file in files:
            name = clean_name(decoded(file.name))
            kind = recording_type("", name)
            if kind and self._room_for_recording() and self._allowance.may_decode(len(file.content.data), name):
                self._keep(name, kind, file.content)
            pieces.append(part.source.raw[position : min(part.start + file.start, position + most)])
            position = part.start + file.end
        return b"".join([*pieces, part.source.raw[position : min(part.end, position + most)]])[:most]
