"""What the endpoints are given: made once by the composition root, found on the application's state."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated

from fastapi import Depends, Request

from server.domain.policy import Policy
from server.store.blobs import Blobs
from server.store.database import Database
from server.store.jobs import JobQueue
from server.usecases.briefs import BriefMemory

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Services:
    """Everything an endpoint works with. `public_url` has no slash at its end; no mail without `mail_domain`."""

    database: Database
    blobs: Blobs
    queue: JobQueue
    policy: Policy
    clock: Clock
    public_url: str
    briefs: BriefMemory = field(default_factory=BriefMemory)
    mail_domain: str = ""

    @property
    def secure(self) -> bool:
        """Whether browsers reach us by HTTPS, so that cookies may insist on it."""
        return self.public_url.startswith("https:")


async def services_of(request: Request) -> Services:
    """The services of the application that got this request."""
    services: Services = request.app.state.services
    return services


Given = Annotated[Services, Depends(services_of)]
