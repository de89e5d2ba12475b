"""One mail that is being handled: what it says, who sent it, and what there is to work with."""

from dataclasses import dataclass
from datetime import datetime

from mobile_gateway.mail import words
from mobile_gateway.mail.parts import MailParts
from server.domain.mails import Mail
from server.domain.people import Person
from server.usecases.mails import Received
from server.usecases.notes import Taker
from server.web.phrases import Phrases, phrases


@dataclass(frozen=True, slots=True)
class Case:
    """A mail whose sender is proved. `device_id` is set where it came to the secret address of a device."""

    parts: MailParts
    received: Received
    mail: Mail
    person: Person
    device_id: int | None
    now: datetime

    @property
    def phrases(self) -> Phrases:
        """Times, money and words as the sender reads them."""
        return phrases(self.person.language, self.person.timezone)

    @property
    def taker(self) -> Taker:
        """What is needed to keep a note of the sender's."""
        services = self.parts.services
        return Taker(services.queue, services.blobs, services.policy, self.person, self.device_id)

    @property
    def by_machine(self) -> bool:
        """Whether no person wrote it, or whoever did wants no answer (RFC 3834)."""
        return self.mail.automatic.unanswerable or self._null_sender

    @property
    def no_invitation(self) -> bool:
        """Whether a calendar in it is no invitation to us.

        Calendars send theirs by machine (Google says `Auto-Submitted: auto-generated`), and want an answer.
        """
        signs = self.mail.automatic
        by_list = bool(signs.mailing_list or signs.precedence in ("bulk", "list", "junk"))
        return bool(signs.loop or signs.report or signs.auto_reply or by_list) or self._null_sender

    @property
    def _null_sender(self) -> bool:
        return not self.received.sender and self.received.road != "imap"

    def word(self, key: str, **values: object) -> str:
        """The words for a key, in the sender's language."""
        return words.word(self.person.language, key, **values)
