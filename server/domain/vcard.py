"""A client's brief as a vCard 3.0 (RFC 2426), which handhelds old and new put into their address book."""

from typing import Final

from server.domain.clients import Client

FOLD_AT: Final = 75  # octets of a line, RFC 2425 section 5.8.1


def vcard(client: Client, note: str) -> str:
    """The card of a client; `note` becomes its NOTE. Lines end in CR LF."""
    lines = [
        "BEGIN:VCARD",
        "VERSION:3.0",
        f"UID:calepin-client-{_escaped(client.ref)}",
        f"FN:{_escaped(client.name)}",
        f"N:{_escaped(client.name)};;;;",
        f"ORG:{_escaped(client.name)}",
    ]
    if client.phone:
        lines.append(f"TEL;TYPE=WORK,VOICE:{_escaped(client.phone)}")
    if client.city:
        lines.append(f"ADR;TYPE=WORK:;;;{_escaped(client.city)};;;")
    if client.category:
        lines.append(f"CATEGORIES:{_escaped(client.category)}")
    lines += [f"NOTE:{_escaped(note)}", "END:VCARD"]
    return "".join(_folded(line) + "\r\n" for line in lines)


def _escaped(text: str) -> str:
    plain = text.replace("\r\n", "\n").replace("\r", "\n").strip("\n")
    return plain.replace("\\", "\\\\").replace("\n", "\\n").replace(",", "\\,").replace(";", "\\;")


def _folded(line: str) -> str:
    folded: list[str] = []
    current, octets = "", 0
    for mark in line:
        size = len(mark.encode())
        if octets + size > FOLD_AT:
            folded.append(current)
            current, octets = " ", 1
        current += mark
        octets += size
    return "\r\n".join([*folded, current])
