"""Jobs that were asked for and that no worker has taken up yet."""

from datetime import datetime

from sqlalchemy import Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from server.store.tables.base import Instant, Table


class JobRow(Table):
    """Work for later, on its way from whoever asked for it to the durable queue of the workers."""

    __tablename__ = "jobs"

    key: Mapped[str] = mapped_column(String(200), primary_key=True)
    name: Mapped[str] = mapped_column(String(50))
    argument: Mapped[str] = mapped_column(String(200))
    queue: Mapped[str] = mapped_column(String(50))
    put_at: Mapped[datetime] = mapped_column(Instant)

    __table_args__ = (
        Index(
            "ix_jobs_live",
            "put_at",
            sqlite_where=text("queue <> 'history'"),
            postgresql_where=text("queue <> 'history'"),
        ),
        Index(None, "queue", "put_at"),
    )
