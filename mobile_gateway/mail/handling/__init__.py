"""What is done with a mail that came in."""

from mobile_gateway.mail.handling.job import handle_mail

__all__ = ["handle_mail"]
