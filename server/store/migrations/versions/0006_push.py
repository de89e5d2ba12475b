"""Notices to phones."""

import sqlalchemy as sa
from alembic import op

from server.store.tables.base import Instant

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_WAITING = sa.text("ended_at IS NULL")


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "push_subscriptions",
        sa.Column("id", _ID, nullable=False),
        sa.Column("device_id", _ID, nullable=False),
        sa.Column("endpoint", sa.Text(), nullable=False),
        sa.Column("p256dh", sa.String(length=200), nullable=False),
        sa.Column("auth", sa.String(length=100), nullable=False),
        sa.Column("created_at", Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["device_id"], ["devices.id"], name=op.f("fk_push_subscriptions_device_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_push_subscriptions")),
        sa.UniqueConstraint("device_id", name=op.f("uq_push_subscriptions_device_id")),
    )
    op.create_table(
        "pushes",
        sa.Column("id", _ID, nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("rep_id", _ID, nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("about", sa.String(length=100), nullable=False),
        sa.Column("created_at", Instant(timezone=True), nullable=False),
        sa.Column("until", Instant(timezone=True), nullable=False),
        sa.Column("ended_at", Instant(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["rep_id"], ["people.id"], name=op.f("fk_pushes_rep_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pushes")),
        sa.UniqueConstraint("key", name=op.f("uq_pushes_key")),
        sa.UniqueConstraint("uid", name=op.f("uq_pushes_uid")),
    )
    op.create_index(
        "ix_pushes_waiting",
        "pushes",
        ["created_at"],
        unique=False,
        sqlite_where=_WAITING,
        postgresql_where=_WAITING,
    )


def downgrade() -> None:
    """Take back."""
    op.drop_index("ix_pushes_waiting", table_name="pushes", sqlite_where=_WAITING, postgresql_where=_WAITING)
    op.drop_table("pushes")
    op.drop_table("push_subscriptions")
