"""Resumable uploads."""

import sqlalchemy as sa
from alembic import op

from server.store.tables.base import Instant

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_OPEN = sa.text("note_id IS NULL")
_WITH_KEY = sa.text("key IS NOT NULL")


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "uploads",
        sa.Column("id", _ID, nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("rep_id", _ID, nullable=False),
        sa.Column("device_id", _ID, nullable=False),
        sa.Column("key", sa.String(length=255), nullable=True),
        sa.Column("content", sa.String(length=64), nullable=False),
        sa.Column("length", _ID, nullable=True),
        sa.Column("committed", _ID, nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("held", sa.Boolean(), nullable=False),
        sa.Column("file", sa.Integer(), nullable=False),
        sa.Column("type", sa.String(length=100), nullable=False),
        sa.Column("fields", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("note_id", _ID, nullable=True),
        sa.Column("created_at", Instant(timezone=True), nullable=False),
        sa.Column("expires_at", Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["device_id"], ["devices.id"], name=op.f("fk_uploads_device_id")),
        sa.ForeignKeyConstraint(["note_id"], ["notes.id"], name=op.f("fk_uploads_note_id")),
        sa.ForeignKeyConstraint(["rep_id"], ["people.id"], name=op.f("fk_uploads_rep_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_uploads")),
        sa.UniqueConstraint("uid", name=op.f("uq_uploads_uid")),
    )
    op.create_index(
        "ix_uploads_key",
        "uploads",
        ["rep_id", "key"],
        unique=True,
        sqlite_where=_WITH_KEY,
        postgresql_where=_WITH_KEY,
    )
    op.create_index(op.f("ix_uploads_expires_at"), "uploads", ["expires_at"], unique=False)
    op.create_index(
        "ix_uploads_open",
        "uploads",
        ["device_id", "expires_at"],
        unique=False,
        sqlite_where=_OPEN,
        postgresql_where=_OPEN,
    )


def downgrade() -> None:
    """Take back."""
    op.drop_index("ix_uploads_open", table_name="uploads", sqlite_where=_OPEN, postgresql_where=_OPEN)
    op.drop_index(op.f("ix_uploads_expires_at"), table_name="uploads")
    op.drop_index("ix_uploads_key", table_name="uploads", sqlite_where=_WITH_KEY, postgresql_where=_WITH_KEY)
    op.drop_table("uploads")
