"""Whether mail can be taken at an address: asked without taking any."""

import errno
import socket

from mobile_gateway.mail.listener.address import parse_listen


def look(listen: str, domain: str) -> str:
    """What is at the address, in words: nothing yet, or Calepin itself.

    Raises ValueError for an address that is none and OSError for one that cannot be had, each with the remedy.
    """
    address = parse_listen(listen)
    where = f"{address.road} at {address.host}:{address.port}"
    try:
        with socket.create_server((address.host, address.port), family=_family(address.host)):
            return f"{where}, for {domain}"
    except OSError as error:
        if error.errno == errno.EADDRINUSE and _banner(address.host, address.port).startswith(f"220 {domain} "):
            return f"{where}, for {domain}: Calepin listens"
        msg = (
            f"{where} cannot be listened on ({error.strerror}). Remedy: end what listens there, or set "
            "CALEPIN_SMTP_LISTEN to another address; ports below 1024 need the right to bind them."
        )
        raise OSError(msg) from error


def _family(host: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in host else socket.AF_INET


def _banner(host: str, port: int) -> str:
    try:
        with socket.create_connection((host, port), timeout=3) as line:
            return line.recv(512).decode("ascii", "replace")
    except OSError:
        return ""
