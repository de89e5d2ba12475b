"""Receipts that are owed, and activities found by when they start."""

import sqlalchemy as sa
from alembic import op

from server.store.tables.base import Instant

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "receipts",
        sa.Column("note_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("asked_at", Instant(timezone=True), nullable=False),
        sa.Column("in_reply_to", sa.String(length=998), nullable=True),
        sa.ForeignKeyConstraint(["note_id"], ["notes.id"], name=op.f("fk_receipts_note_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("note_id", name=op.f("pk_receipts")),
    )
    op.create_index(
        op.f("ix_activities_state_activities_starts_at"), "activities", ["state", "starts_at"], unique=False
    )


def downgrade() -> None:
    """Take back."""
    op.drop_index(op.f("ix_activities_state_activities_starts_at"), table_name="activities")
    op.drop_table("receipts")
