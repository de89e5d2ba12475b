"""A brief inside something that is no page of ours, a mail or a calendar event: its addresses are whole."""

from mobile_gateway.briefs.html import fitted
from mobile_gateway.briefs.text import text
from mobile_gateway.markup import render
from server.domain.briefs import Brief
from server.web.phrases import Phrases


def as_text(brief: Brief, phrases: Phrases, public_url: str) -> str:
    """The brief in lines of 40 characters, with whole addresses: those that begin with a slash mean nothing here."""
    return text(brief, phrases).replace("\n/m/", f"\n{public_url}/m/")


def as_page(brief: Brief, phrases: Phrases, public_url: str) -> str:
    """The brief as HTML of at most 4 KB, with whole addresses."""

    def draw(values: dict[str, object]) -> str:
        body = render("brief_body.html", record=None, **values).replace('href="/', f'href="{public_url}/')
        head = f'<html lang="{phrases.language}">\n<head><meta charset="utf-8"></head>'
        return f"<!DOCTYPE html>\n{head}\n<body>\n{body}\n</body>\n</html>\n"

    return fitted(brief, phrases, draw)
