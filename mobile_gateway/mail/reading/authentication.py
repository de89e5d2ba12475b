"""Who vouches for the From domain: Authentication-Results of our own MTA (RFC 8601).

Which of these headers are believed: those whose authserv-id is ours, exactly but in any case, and of them only the
topmost run, which ends at the next Received. Whatever a sender forged stands below what our MTA wrote, so within the
run the topmost decides: dmarc is taken from the topmost field alone, dkim from the topmost that has a dkim result.
Received headers above the run are not judged: some MTAs write their own above it, and some below.
A forged field with our id on a mail for which the MTA wrote none must be removed by the MTA (RFC 8601, section 5).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice, takewhile
from typing import Final

from mobile_gateway.mail.reading.lexical import Token, TokenKind, Unclosed, tokens
from server.domain.mails import Mail, TraceField, Verdict

_LONGEST: Final = 8 * 1024
_MOST_FIELDS: Final = 10
_NO_OPINION: Final = frozenset({"none", "temperror", "permerror"})


@dataclass(frozen=True, slots=True)
class Result:
    """One `method=value ptype.property=pvalue …`, all in lower case."""

    method: str
    value: str
    properties: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Results:
    """An Authentication-Results header: who wrote it, and what was found."""

    authserv_id: str
    results: tuple[Result, ...]


def verdict(mail: Mail, authserv_id: str) -> Verdict:
    """Whether our MTA says that the From domain is genuine: DMARC passed for it, or DKIM by an aligned domain.

    Never passes for several From addresses, without an `authserv_id`, or on a header that cannot be read.
    """
    if not authserv_id:
        return Verdict(False, reason="no authserv-id of ours is configured")
    if mail.sender is None or mail.from_count != 1:
        return Verdict(False, reason="not exactly one From address")
    domain = _ascii(mail.sender.domain)
    try:
        run = list(islice(_our_run(mail.trace, authserv_id), _MOST_FIELDS))
    except Unclosed:
        return Verdict(False, domain=domain, reason="an Authentication-Results of ours cannot be read")
    if not run:
        return Verdict(False, domain=domain, reason="no Authentication-Results of ours")
    dmarc = [one for one in run[0].results if one.method == "dmarc"]
    if dmarc and not all(one.value in _NO_OPINION for one in dmarc):
        passed = all(one.value == "pass" and _ascii(one.properties.get("header.from", "")) == domain for one in dmarc)
        return Verdict(passed, "dmarc", domain, "" if passed else "dmarc did not pass for the From domain")
    dkim = next((found for one in run if (found := [r for r in one.results if r.method == "dkim"])), [])
    if any(one.value == "pass" and _aligned(_signer(one), domain) for one in dkim):
        return Verdict(True, "dkim", domain)
    return Verdict(False, domain=domain, reason="neither dmarc nor an aligned dkim signature passed")


def _our_run(trace: tuple[TraceField, ...], authserv_id: str) -> Iterator[Results]:
    start = next((at for at, one in enumerate(trace) if _is_ours(one, authserv_id)), len(trace))
    for one in takewhile(lambda each: each.name != "received", trace[start:]):
        if _is_ours(one, authserv_id):
            yield read_results(one.value)


def _is_ours(one: TraceField, authserv_id: str) -> bool:
    if one.name != "authentication-results":
        return False
    words = (token for token in tokens(one.value, ";=") if token.kind is not TokenKind.COMMENT)
    first = next(words, None)
    return first is not None and first.text.lower() == authserv_id.lower()


def read_results(value: str) -> Results:
    """Parse one header (RFC 8601, section 2.2), skipping comments. Raises Unclosed for what does not end, or is huge.

    What breaks the grammar in one result is left out; a semicolon inside quotes or a comment ends nothing.
    """
    if len(value) > _LONGEST:
        raise Unclosed
    sections: list[list[Token]] = [[]]
    for token in tokens(value, ";=", strict=True):
        if token.kind is TokenKind.SPECIAL and token.text == ";":
            sections.append([])
        elif token.kind is not TokenKind.COMMENT:
            sections[-1].append(token)
    head, *rest = sections
    results = (result for section in rest if (result := _result(section)))
    return Results(head[0].text.lower() if head else "", tuple(results))


def _result(section: list[Token]) -> Result | None:
    pairs = list(_pairs(section))
    if not pairs:
        return None
    (method, value), *properties = pairs
    # The first of two properties with one name counts: the later one may have been smuggled into the value before.
    found: dict[str, str] = {}
    for name, written in properties:
        found.setdefault(name, written)
    return Result(method.partition("/")[0], value, found)


def _pairs(section: list[Token]) -> Iterator[tuple[str, str]]:
    """`name=value` from the section's first token on. A further "=" is part of the value, which senders may choose."""
    at = 0
    while at + 2 < len(section):
        name, equals, *_rest = section[at : at + 3]
        is_pair = name.kind is TokenKind.ATOM and equals.kind is TokenKind.SPECIAL
        if not is_pair and at == 0:
            return
        end = at + 3 if is_pair else at + 1
        while end < len(section) and not section[end].apart:
            end += 1
        if is_pair:
            yield name.text.lower(), "".join(token.text for token in section[at + 2 : end]).lower()
        at = end


def _signer(result: Result) -> str:
    return _ascii(result.properties.get("header.d") or result.properties.get("header.i", "").rpartition("@")[2])


def _aligned(signer: str, domain: str) -> bool:
    """Relaxed alignment (RFC 7489, section 3.1.1): the same domain, or one lies within the other."""
    if "." not in signer or "." not in domain:
        return False
    return signer == domain or signer.endswith(f".{domain}") or domain.endswith(f".{signer}")


def _ascii(domain: str) -> str:
    try:
        return domain.strip(".").encode("idna").decode().lower()
    except UnicodeError:
        return domain.strip(".").lower()
