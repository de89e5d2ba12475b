"""Who is looking at a page, and what they see it with."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any

from fastapi import Depends, Request

from mobile_gateway.pages import layout
from mobile_gateway.pages.forms import read_small
from server.domain.devices import Signed
from server.domain.errors import NotAllowed, NotSignedIn
from server.domain.people import Person
from server.domain.policy import Policy
from server.web.phrases import Phrases, phrases
from server.web.services import Given, Services
from server.web.sign_in import COOKIE, form_token, signed_in


@dataclass(frozen=True, slots=True)
class Visitor:
    """A signed-in rep at a device; `form_token` is what the forms of their pages carry."""

    signed: Signed
    services: Services
    now: datetime
    form_token: str

    @property
    def rep(self) -> Person:
        """The rep."""
        return self.signed.rep

    @property
    def policy(self) -> Policy:
        """The organisation's rules."""
        return self.services.policy

    @property
    def phrases(self) -> Phrases:
        """How figures are written for the rep."""
        return phrases(self.rep.language, self.rep.timezone)

    @property
    def today(self) -> date:
        """The rep's day."""
        return self.phrases.today(self.now)

    def draw(self, template: str, **values: Any) -> str:
        """A page for the rep."""
        own = {"p": self.phrases, "today": self.today, "token": self.form_token}
        return layout.draw(template, self.rep.language, signed=True, **(own | values))

    def check_form(self, fields: Mapping[str, str]) -> None:
        """Raises NotAllowed for a form that no page of ours gave to this device."""
        if not secrets.compare_digest(fields.get("t", "").encode(), self.form_token.encode()):
            raise NotAllowed("cross-site")


def visiting(request: Request, services: Given) -> Visitor:
    """The visitor by the cookie that signing in has set. Raises NotSignedIn, NotAllowed."""
    token = request.cookies.get(COOKIE)
    if token is None:
        raise NotSignedIn
    return Visitor(signed_in(request, services), services, services.clock(), form_token(token))


Visiting = Annotated[Visitor, Depends(visiting)]


async def sent_form(request: Request, visitor: Visiting) -> dict[str, str]:
    """The fields of a form that a page of ours gave to this visitor. Raises NotAllowed, TooLarge, Invalid."""
    fields = await read_small(request)
    visitor.check_form(fields)
    return fields


Sent = Annotated[dict[str, str], Depends(sent_form)]
