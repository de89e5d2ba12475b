"""The bytes of a mail, read as values: no input raises, and time and memory are bounded."""

from mobile_gateway.mail.reading.message import read

__all__ = ["read"]
