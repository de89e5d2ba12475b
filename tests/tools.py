"""Says which outside programs the tests will miss: run before the suite, so that a skip never comes as a surprise."""

import os
import shutil
import sys
from typing import Final

NEEDED: Final = {
    "curl": "uploads by curl",
    "node": "resumable uploads by tus-js-client",
    "npm": "resumable uploads by tus-js-client, and how accessible the pocket app is",
    "w3m": "the pages for small browsers in a text browser",
    "postfix": "mail from a real mail server",
    "dovecot": "mail from a real mailbox",
    "chromium": "the pocket app in a real browser",
    "espeak-ng": "sentences for a real speech model",
}
PACKAGES: Final = {"dovecot": "dovecot-imapd", "node": "nodejs"}


def missing() -> list[str]:
    """The names of the programs that are not installed."""
    return [name for name in NEEDED if shutil.which(name) is None]


def main() -> int:
    """Print a line for each missing program; fail only where nothing may be skipped."""
    absent = missing()
    for name in absent:
        sys.stdout.write(
            f"not installed: {name} - skipped: {NEEDED[name]}. Remedy: apt-get install {PACKAGES.get(name, name)}\n"
        )
    return 1 if absent and os.environ.get("SKIP_NOTHING") else 0


if __name__ == "__main__":
    sys.exit(main())
