"""The frame around every page."""

from functools import partial
from typing import Any, Final

from mobile_gateway.markup import render
from mobile_gateway.pages.style import sheet
from mobile_gateway.pages.words import word
from server.domain.sentences import Language

# The keys 1 to 4 of a handheld, and where they lead.
PLACES: Final = (("today", "/m/"), ("find", "/m/find"), ("record", "/m/record"), ("my-notes", "/m/notes"))


def draw(template: str, language: Language, *, signed: bool, **values: Any) -> str:
    """A whole page in that language; the links between pages are for those who are signed in."""
    places = PLACES if signed else ()
    return render(
        template, language=language, w=partial(word, language), style=sheet().address, places=places, **values
    )
