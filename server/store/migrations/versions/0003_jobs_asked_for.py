"""Jobs that were asked for."""

import sqlalchemy as sa
from alembic import op

from server.store.tables.base import Instant

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "jobs",
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("name", sa.String(length=50), nullable=False),
        sa.Column("argument", sa.String(length=200), nullable=False),
        sa.Column("queue", sa.String(length=50), nullable=False),
        sa.Column("put_at", Instant(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_jobs")),
    )
    op.create_index(
        "ix_jobs_live",
        "jobs",
        ["put_at"],
        unique=False,
        sqlite_where=sa.text("queue <> 'history'"),
        postgresql_where=sa.text("queue <> 'history'"),
    )
    op.create_index(op.f("ix_jobs_queue_jobs_put_at"), "jobs", ["queue", "put_at"], unique=False)


def downgrade() -> None:
    """Take back."""
    op.drop_index(op.f("ix_jobs_queue_jobs_put_at"), table_name="jobs")
    op.drop_index(
        "ix_jobs_live",
        table_name="jobs",
        sqlite_where=sa.text("queue <> 'history'"),
        postgresql_where=sa.text("queue <> 'history'"),
    )
    op.drop_table("jobs")
