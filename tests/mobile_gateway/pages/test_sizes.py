"""Every page fits into 4 KB and is well-formed, whatever the data."""

from datetime import timedelta
from decimal import Decimal

import pytest

from mobile_gateway.briefs.html import html
from server.domain.policy import Policy
from server.domain.sentences import Language
from server.store.people import to_person
from server.store.tables.disbursements import DisbursementRow
from server.store.tables.notes import NoteRow
from server.store.tables.people import PersonRow
from server.usecases import briefs
from server.usecases.briefs import Asked, BriefMemory
from server.web.phrases import phrases
from tests.mobile_gateway.pages.browser import Browser, Page
from tests.mobile_gateway.pages.conftest import ANNIE, NOW, Company, client, visit

MOST_BYTES = 4096

# What takes most room: five bytes where it is escaped, twelve in an address, four as it is; and ordinary names.
MARKS = ('"', "<", "\U0001f600", "é", "Garage Gagné & Filles ltée, ")


def long(mark: str, length: int, tail: object = "") -> str:
    """A text of that length made of the mark, ending in the tail."""
    end = str(tail)
    return (mark * length)[: length - len(end)] + end


def fill(company: Company, mark: str, language: str) -> None:
    """As much of everything as the tables take, in the longest form that they take."""
    company.add(PersonRow(id=1, email=ANNIE, name=long(mark, 200), language=language))
    company.add(*(_client(mark, number) for number in range(30)))
    company.add(
        *(
            visit(
                long(mark, 100, number),
                number + 1,
                NOW + timedelta(minutes=10 * number - 150),
                subject=long(mark, 300),
                kind="meeting",
            )
            for number in range(30)
        )
    )
    company.add(*(_note(mark, number) for number in range(30)))
    company.add(*(_disbursement(number, currency) for number, currency in enumerate(("CAD", "EUR", "USD", "XOF"))))


def _client(mark: str, number: int) -> object:
    return client(
        number + 1,
        long(mark, 200, number),
        ref=long(mark, 100, number),
        category=long(mark, 100),
        status=long(mark, 50),
        city=long(mark, 100),
        phone="1" * 25 + long(mark, 25),
    )


def _disbursement(number: int, currency: str) -> DisbursementRow:
    amount = Decimal("9999999999999.9999")
    return DisbursementRow(ref=f"D{number}", client_id=1, date=NOW.date(), amount=amount, currency=currency)


def _note(mark: str, number: int) -> NoteRow:
    linked = number % 3 == 0
    reasons = [{"code": "named", "values": {"name": long(mark, 200)}}] * 3
    suggestion = {"activity": None, "confidence": 0.4, "evidence": reasons}
    return NoteRow(
        id=number + 1,
        uid=f"{number:024}",
        rep_id=1,
        kind="voice",
        state=("processed", "failed", "received")[number // 3 % 3],
        fingerprint=str(number),
        recorded_at=NOW - timedelta(minutes=number),
        received_at=NOW,
        text=long(mark, 20_000),
        transcript=long(mark, 5_000),
        blob="0" * 64,
        seconds=3599.0,
        failure="not-audio" if number // 3 % 3 == 1 else None,
        remark="incomplete",
        link_status="linked" if linked else "suggested",
        client_id=1 if linked else None,
        activity_id=1 if linked else None,
        evidence=reasons,
        suggestions=[
            {"client": long(mark, 100, other), "name": long(mark, 200, other)} | suggestion for other in (4, 5, 6)
        ],
    )


def looked_at(browser: Browser, most: int) -> dict[str, bytes]:
    """All pages that can be reached from the first one by links, the most of them that are wanted."""
    waiting = ["/m/", "/m/find?q=gar", "/m/sign-in", "/m/i/K7Q2-9FXM-3TBA", "/m/clients/none"]
    seen: dict[str, bytes] = {}
    while waiting and len(seen) < most:
        address = waiting.pop(0)
        if address in seen or not address.startswith("/m/"):
            continue
        answer = browser.get(address)
        seen[address] = answer.content
        waiting += Page(answer.text).links
    return seen


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("mark", MARKS)
def test_no_page_exceeds_four_kilobytes_even_with_the_longest_names(empty: Company, mark: str, language: str) -> None:
    """Whatever is in the tables, every page that links lead to has at most 4,096 bytes."""
    fill(empty, mark, language)
    sizes = {address: len(body) for address, body in looked_at(empty.browser(), 45).items()}
    assert len(sizes) == 45
    assert {address: size for address, size in sizes.items() if size > MOST_BYTES} == {}
    assert {address.split("?")[0][:11] for address in sizes} >= {
        "/m/",
        "/m/find",
        "/m/record",
        "/m/notes",
        "/m/notes/00",
    }


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("mark", MARKS)
def test_the_brief_for_an_address_book_fits_too(empty: Company, mark: str, language: Language) -> None:
    """The brief that the API answers as HTML is a whole page of at most 4,096 bytes."""
    fill(empty, mark, language)
    with empty.services.database.reading() as session:
        asked = Asked(to_person(session.get_one(PersonRow, 1)), Policy(), NOW)
        brief = briefs.brief(session, BriefMemory(), asked, long(mark, 100, 0))
    page = html(brief, phrases(language, "America/Toronto"))
    assert len(page.encode()) <= MOST_BYTES
    assert len(brief.notes) == 3
    assert Page(page).language == language
