"""Mails that nobody has asked for at that moment: receipts, the brief before a meeting, the morning's digest."""

from mobile_gateway.mail.notices.briefs import write_briefs
from mobile_gateway.mail.notices.digests import write_digests
from mobile_gateway.mail.notices.receipts import write_receipts

__all__ = ["write_briefs", "write_digests", "write_receipts"]
