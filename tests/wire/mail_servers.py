"""Real mail servers for tests: Postfix and Dovecot, each with a configuration and folders of its own, on loopback."""

import os
import shutil
import smtplib
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from imaplib import IMAP4
from pathlib import Path
from typing import Final

from imap_tools import BaseMailBox, MailBoxUnencrypted

from tests.wire.service import free_port, until

POSTFIX_PROGRAMS: Final = Path("/usr/lib/postfix/sbin")
PASSWORD = "secret"


def postfix_missing() -> str:
    """Why Postfix cannot be run here; empty where it can."""
    if shutil.which("postfix") is None:
        return "Postfix is not installed (apt-get install postfix)"
    return "" if os.geteuid() == 0 else "Postfix is started by root only"


def dovecot_missing() -> str:
    """Why Dovecot cannot be run here; empty where it can."""
    if shutil.which("dovecot") is None:
        return "Dovecot is not installed (apt-get install dovecot-imapd)"
    return "" if os.geteuid() == 0 else "Dovecot is started by root only"


@dataclass(frozen=True)
class Postfix:
    """A mail server that takes anything for a domain and hands it on to an LMTP server."""

    folder: Path
    port: int

    def send(self, sender: str, recipient: str, mail: bytes) -> None:
        """Give it a mail; when this returns, delivering it is its business."""
        with smtplib.SMTP("127.0.0.1", self.port, "client.test", timeout=20) as connection:
            connection.sendmail(sender, [recipient], mail)

    def waiting(self) -> int:
        """How many mails it has not delivered yet."""
        done = self._run("postqueue", "-j")
        return len(done.splitlines())

    def flush(self) -> None:
        """Make it try again now."""
        self._run("postqueue", "-f")

    def delivered(self) -> bool:
        """Try again, and say whether nothing is left."""
        if not self.waiting():
            return True
        self.flush()
        return False

    def _run(self, *command: str) -> str:
        program, *arguments = command
        done = subprocess.run(
            [program, "-c", str(self.folder / "etc"), *arguments],
            capture_output=True,
            text=True,
            check=True,
            timeout=20,
        )
        return done.stdout


@contextmanager
def postfix(domain: str, lmtp_port: int, elsewhere_port: int | None = None) -> Iterator[Postfix]:
    """Postfix, handing mail for a domain to LMTP on a port of loopback.

    What is for anybody else goes by SMTP to another port; it is thrown away where none is given.
    """
    with _folder() as folder:
        server = Postfix(folder, free_port())
        _configure_postfix(server, domain, lmtp_port, elsewhere_port)
        log = (folder / "output").open("wb")
        command = ["postfix", "-c", str(folder / "etc"), "start-fg"]
        with log, subprocess.Popen(command, stdout=log, stderr=log, start_new_session=True) as process:
            try:
                until(lambda: _greets(server.port), 20, "Postfix greets")
                yield server
            finally:
                # Its master ends its own children.
                subprocess.run(
                    ["postfix", "-c", str(folder / "etc"), "stop"], capture_output=True, check=False, timeout=20
                )
                process.terminate()
                process.wait(20)


def _configure_postfix(server: Postfix, domain: str, lmtp_port: int, elsewhere_port: int | None) -> None:
    etc, queue, data = (server.folder / name for name in ("etc", "queue", "data"))
    for made in (etc, queue, data):
        made.mkdir()
    shutil.chown(data, "postfix")
    settings = {
        "compatibility_level": "3.6",
        "queue_directory": queue,
        "data_directory": data,
        "mail_owner": "postfix",
        "setgid_group": "postdrop",
        "myhostname": "mx.test",
        "mydestination": "",
        "mynetworks": "127.0.0.0/8",
        "inet_interfaces": "127.0.0.1",
        "inet_protocols": "ipv4",
        "relay_domains": domain,
        "relay_transport": f"lmtp:inet:127.0.0.1:{lmtp_port}",
        "default_transport": f"smtp:[127.0.0.1]:{elsewhere_port}" if elsewhere_port else "discard",
        "smtp_tls_security_level": "none",
        "smtpd_relay_restrictions": "permit_mynetworks, reject",
        "recipient_delimiter": "+",
        "alias_maps": "",
        "message_size_limit": 120_000_000,
        "mailbox_size_limit": 0,
        "minimal_backoff_time": "1s",
        "maximal_backoff_time": "2s",
        "queue_run_delay": "1s",
        "maillog_file": "/dev/stdout",
    }
    (etc / "main.cf").write_text("".join(f"{name} = {value}\n" for name, value in settings.items()))
    (etc / "master.cf").write_text(_MASTER.format(port=server.port))


@dataclass(frozen=True)
class Dovecot:
    """An IMAP server as one of its users sees it; there is a user of every name, whose mailbox is empty at first."""

    folder: Path
    port: int
    user: str = "notes"

    @property
    def url(self) -> str:
        """The mailbox as it stands in the settings."""
        return f"imap://{self.user}:{PASSWORD}@127.0.0.1:{self.port}/INBOX"

    @contextmanager
    def box(self) -> Iterator[BaseMailBox]:
        """A connection of the user's own."""
        with MailBoxUnencrypted("127.0.0.1", self.port, timeout=10) as box:
            yield box.login(self.user, PASSWORD)

    def put(self, mail: bytes, folder: str = "INBOX") -> None:
        """A new message."""
        with self.box() as box:
            box.append(mail, folder)

    def count(self, folder: str) -> int:
        """How many messages there are in a folder; none where there is no folder."""
        with self.box() as box:
            return box.folder.status(folder)["MESSAGES"] if box.folder.exists(folder) else 0


@contextmanager
def dovecot() -> Iterator[Dovecot]:
    """Dovecot with an empty mailbox."""
    with _folder() as folder:
        server = Dovecot(folder, free_port())
        with running_dovecot(server):
            yield server


@contextmanager
def running_dovecot(server: Dovecot) -> Iterator[None]:
    """The server of that folder and port, until the block ends."""
    folder = server.folder
    (folder / "mail").mkdir(exist_ok=True)
    shutil.chown(folder / "mail", "dovecot")
    configuration = folder / "dovecot.conf"
    configuration.write_text(_DOVECOT.format(folder=folder, port=server.port, password=PASSWORD))
    log = (folder / "output").open("ab")
    command = ["dovecot", "-F", "-c", str(configuration)]
    with log, subprocess.Popen(command, stdout=log, stderr=log) as process:
        try:
            until(lambda: _answers(server), 20, "Dovecot answers")
            yield
        finally:
            process.terminate()
            process.wait(20)


@contextmanager
def _folder() -> Iterator[Path]:
    # The servers' own users have to reach it, which they do not in pytest's folders.
    with tempfile.TemporaryDirectory(prefix="calepin-mail-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder


def _greets(port: int) -> bool:
    try:
        with smtplib.SMTP("127.0.0.1", port, timeout=2) as connection:
            return connection.noop()[0] == 250
    except (OSError, smtplib.SMTPException):
        return False


def _answers(server: Dovecot) -> bool:
    try:
        with server.box():
            return True
    except (OSError, IMAP4.error):
        return False


_MASTER = """\
127.0.0.1:{port} inet n - n - - smtpd
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
flush unix n - n 1000? 0 flush
showq unix n - n - - showq
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
lmtp unix - - n - - lmtp
smtp unix - - n - - smtp
anvil unix - - n - 1 anvil
pickup unix n - n 60 1 pickup
postlog unix-dgram n - n - 1 postlogd
proxymap unix - - n - - proxymap
"""

_DOVECOT = """\
base_dir = {folder}/run
state_dir = {folder}/state
log_path = /dev/stderr
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
auth_failure_delay = 0
mail_location = maildir:{folder}/mail/%u
mail_uid = dovecot
mail_gid = dovecot
first_valid_uid = 1
namespace inbox {{
  inbox = yes
  separator = /
}}
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid=dovecot gid=dovecot home={folder}/mail/%u
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service anvil {{
  chroot =
}}
"""
