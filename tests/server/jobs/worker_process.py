"""A worker in a process of its own: `python -m tests.server.jobs.worker_process URL FOLDER`, until SIGTERM."""

import logging
import os
import signal
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from threading import Event

from server.domain.policy import Policy
from server.jobs import worker
from server.jobs.parts import Pace, WorkerParts
from server.store.blobs import Blobs
from server.store.database import Database


class SlowBlobs(Blobs):
    """A store whose recordings cannot be reached while there is a file `hold` in its folder."""

    def original(self, digest: str) -> Path:
        while (self.root / "hold").exists():
            time.sleep(0.01)
        return super().original(digest)


def main(url: str, folder: str) -> None:
    stop = Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    parts = WorkerParts(Database(url), SlowBlobs(Path(folder)), Policy(), lambda: datetime.now(UTC))
    if worker.run(parts, stop, Pace(reap=0.3, drain=2)):
        os._exit(0)


if __name__ == "__main__":
    main(*sys.argv[1:])
