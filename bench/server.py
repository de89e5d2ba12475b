"""The product's own web process, with the bare endpoints beside its own: `python -m bench.server`.

The bare ones are what a reader of the FastAPI and SQLAlchemy tutorials would write: the yardstick for ours.
"""

import logging
import os
import tempfile
from pathlib import Path

import uvicorn
from fastapi import FastAPI, Request, Response
from fastapi.concurrency import run_in_threadpool
from sqlalchemy import LargeBinary, create_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from deploy import compose
from deploy.settings import read_settings


class Base(DeclarativeBase):
    """Tables of the bench alone."""


class Page(Base):
    """A ready answer under a number."""

    __tablename__ = "bench_pages"

    id: Mapped[int] = mapped_column(primary_key=True)
    body: Mapped[bytes] = mapped_column(LargeBinary)


def add_bare_endpoints(app: FastAPI, url: str, folder: Path) -> None:
    """A `def` endpoint that does one primary-key SELECT, and a handler that streams to a file and fsyncs."""
    engine = create_engine(url)

    @app.get("/bare/pages/{number}")
    def page(number: int) -> Response:
        with Session(engine) as session:
            return Response(session.get_one(Page, number).body, media_type="application/json")

    @app.post("/bare/uploads", status_code=201)
    async def upload(request: Request) -> dict[str, int]:
        descriptor, _name = tempfile.mkstemp(dir=folder)
        size = 0
        try:
            async for chunk in request.stream():
                size += os.write(descriptor, chunk)
            await run_in_threadpool(os.fsync, descriptor)
        finally:
            os.close(descriptor)
        return {"bytes": size}


def main() -> None:
    """Serve until a signal comes, as `calepin serve` does."""
    settings = read_settings()
    logging.basicConfig(level=settings.log_level.upper(), format="%(asctime)s %(levelname)s %(name)s %(message)s")
    given = compose.services(settings)
    app = compose.web_app(given, "all")
    bare = settings.data / "bare"
    bare.mkdir(exist_ok=True)
    add_bare_endpoints(app, settings.database, bare)
    uvicorn.run(app, host=settings.host, port=settings.port, log_config=None, access_log=False, server_header=False)


if __name__ == "__main__":
    main()
