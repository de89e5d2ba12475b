"""Mail out: each mail is handed to the next server once, as a job that is repeated until that is done."""

from mobile_gateway.mail.sending.delivery import Refused, RelayFault, greet
from mobile_gateway.mail.sending.job import send_mail
from mobile_gateway.mail.sending.relay import Relay, parse_relay

__all__ = ["Refused", "Relay", "RelayFault", "greet", "parse_relay", "send_mail"]
