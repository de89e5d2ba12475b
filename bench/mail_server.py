"""Our listener, with a bare one beside it in the same process: `python -m bench.mail_server PORT`.

The bare one is what the documentation of aiosmtpd shows, made durable: the mail into a file, fsynced, then the reply.
"""

import logging
import os
import sys
import tempfile
from pathlib import Path

import uvicorn
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from deploy import compose
from deploy.settings import read_settings


class Bare:
    """aiosmtpd's handler."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def handle_DATA(  # noqa: N802 - aiosmtpd's name
        self, _server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        """Write it and fsync."""
        descriptor, _name = tempfile.mkstemp(dir=self._folder)
        try:
            os.write(descriptor, envelope.original_content or b"")
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        return "250 OK"


def main(bare_port: int) -> None:
    """Take mail on both ports until a signal comes; HTTP says when both are ready."""
    settings = read_settings()
    logging.basicConfig(level=logging.WARNING)
    given = compose.services(settings)
    folder = settings.data / "bare-mails"
    folder.mkdir(exist_ok=True)
    controller = Controller(Bare(folder), hostname="127.0.0.1", port=bare_port)
    controller.start()
    with compose.mail_service(settings, given).taking():
        app = compose.web_app(given, "mail")
        uvicorn.run(app, host=settings.host, port=settings.port, log_config=None, access_log=False)
    controller.stop()


if __name__ == "__main__":
    main(int(sys.argv[1]))
