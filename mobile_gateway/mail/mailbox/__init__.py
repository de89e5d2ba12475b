"""A mailbox on somebody's IMAP server as a way in: read as mail arrives, and put into order."""

from mobile_gateway.mail.mailbox.mailbox import Mailbox

__all__ = ["Mailbox"]
