"""multipart/form-data (RFC 7578) as a stream: fields into a dictionary, the recording into its file."""

from collections.abc import Callable
from typing import Final

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header

from mobile_gateway.intake.media import may_be_audio
from mobile_gateway.intake.recording import RecordingWriter
from server.domain.errors import Invalid, TooLarge, Unsupported

MOST_PARTS: Final = 40
MOST_FIELD_BYTES: Final = 128 * 1024
RECORDING_FIELDS: Final = frozenset({"audio", "file"})

OpenRecording = Callable[[str], RecordingWriter]


class FormReader:
    """Feed it the body; afterwards `fields` holds the texts and `recording` the file that came, if one did."""

    def __init__(self, content_type: str, open_recording: OpenRecording) -> None:
        boundary = parse_options_header(content_type)[1].get(b"boundary")
        if not boundary or len(boundary) > 200:
            raise Invalid("broken-body", reason="multipart without a boundary")
        self.fields: dict[str, str] = {}
        self.recording: RecordingWriter | None = None
        self._open_recording = open_recording
        self._parts = 0
        self._ended = False
        self._parser = MultipartParser(
            boundary,
            {
                "on_part_begin": self._part_begins,
                "on_header_field": self._header_name,
                "on_header_value": self._header_value,
                "on_header_end": self._header_ends,
                "on_headers_finished": self._headers_are_over,
                "on_part_data": self._part_data,
                "on_part_end": self._part_ends,
                "on_end": self._all_ends,
            },
        )

    def feed(self, chunk: bytes) -> None:
        """Take in more of the body; raises Invalid for what is no form, TooLarge, Unsupported."""
        try:
            self._parser.write(chunk)
        except FormParserError as error:
            raise Invalid("broken-body", reason="not multipart/form-data") from error

    def close(self) -> None:
        """The body is over; raises Invalid if its last boundary is missing."""
        if not self._ended:
            raise Invalid("broken-body", reason="cut off before its end")

    def _part_begins(self) -> None:
        self._parts += 1
        if self._parts > MOST_PARTS:
            raise Invalid("broken-body", reason=f"more than {MOST_PARTS} parts")
        self._headers: dict[str, bytes] = {}
        self._name, self._value = b"", b""
        self._writer: RecordingWriter | None = None
        self._text = bytearray()

    def _header_name(self, data: bytes, start: int, end: int) -> None:
        self._name += data[start:end]

    def _header_value(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]

    def _header_ends(self) -> None:
        self._headers[self._name.decode("latin-1").lower()] = self._value
        self._name, self._value = b"", b""

    def _headers_are_over(self) -> None:
        options = parse_options_header(self._headers.get("content-disposition", b""))[1]
        self._field = options.get(b"name", b"").decode("utf-8", "replace")
        filename = options.get(b"filename")
        self._discarded = filename == b""  # a file input that was left empty
        if self._discarded or self._field not in RECORDING_FIELDS or filename is None:
            return
        claimed = self._headers.get("content-type", b"").decode("latin-1")
        if not may_be_audio(claimed):
            raise Unsupported(type=claimed[:100])
        if self.recording is not None:
            raise Invalid("broken-body", reason="more than one recording")
        self._writer = self.recording = self._open_recording(claimed)

    def _part_data(self, data: bytes, start: int, end: int) -> None:
        if self._writer is not None:
            self._writer.write(data[start:end])
            return
        if len(self._text) + end - start > MOST_FIELD_BYTES:
            raise TooLarge(limit=f"{MOST_FIELD_BYTES // 1024} KB")
        self._text += data[start:end]

    def _part_ends(self) -> None:
        if self._writer is None and not self._discarded:
            self.fields[self._field] = _decoded(bytes(self._text))

    def _all_ends(self) -> None:
        self._ended = True


def _decoded(text: bytes) -> str:
    # Old browsers send a form in Windows-1252 whatever the page says.
    try:
        return text.decode()
    except UnicodeDecodeError:
        return text.decode("cp1252", "replace")
