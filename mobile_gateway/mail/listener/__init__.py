"""The mail gateway's own mail server: takes mail for our addresses by SMTP (RFC 5321) or LMTP (RFC 2033)."""

from mobile_gateway.mail.listener.listener import Listener

__all__ = ["Listener"]
