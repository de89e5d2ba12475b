"""Transcripts: where they stand, and their pieces."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_DUE = sa.text("transcribing = 'due'")


def upgrade() -> None:
    """Apply."""
    op.add_column("notes", sa.Column("segments", sa.JSON(none_as_null=True), nullable=True))
    op.add_column("notes", sa.Column("transcribing", sa.String(length=10), nullable=True))
    op.add_column("notes", sa.Column("transcribing_failures", sa.Integer(), server_default="0", nullable=False))
    op.create_index(
        "ix_notes_untranscribed",
        "notes",
        ["received_at"],
        unique=False,
        sqlite_where=_DUE,
        postgresql_where=_DUE,
    )


def downgrade() -> None:
    """Take back."""
    op.drop_index("ix_notes_untranscribed", table_name="notes", sqlite_where=_DUE, postgresql_where=_DUE)
    op.drop_column("notes", "transcribing_failures")
    op.drop_column("notes", "transcribing")
    op.drop_column("notes", "segments")
