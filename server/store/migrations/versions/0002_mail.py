"""Mail in and out, and what people want by mail."""

import sqlalchemy as sa
from alembic import op

from server.store.tables.base import Instant

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "mailboxes",
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("uid_validity", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("last_uid", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_mailboxes")),
    )
    op.create_table(
        "mails",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("received_at", Instant(timezone=True), nullable=False),
        sa.Column("road", sa.String(length=10), nullable=False),
        sa.Column("sender", sa.String(length=320), nullable=False),
        sa.Column("recipient", sa.String(length=320), nullable=False),
        sa.Column("blob", sa.String(length=64), nullable=False),
        sa.Column("bytes", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.String(length=50), nullable=True),
        sa.Column("rep_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("identity", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(["rep_id"], ["people.id"], name=op.f("fk_mails_rep_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mails")),
        sa.UniqueConstraint("blob", "recipient", name=op.f("uq_mails_blob_recipient")),
        sa.UniqueConstraint("rep_id", "identity", name=op.f("uq_mails_rep_id_identity")),
        sa.UniqueConstraint("uid", name=op.f("uq_mails_uid")),
    )
    op.create_index(
        "ix_mails_waiting",
        "mails",
        ["received_at"],
        unique=False,
        sqlite_where=sa.text("state = 'received'"),
        postgresql_where=sa.text("state = 'received'"),
    )
    op.create_table(
        "outgoing_mails",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("created_at", Instant(timezone=True), nullable=False),
        sa.Column("due_at", Instant(timezone=True), nullable=False),
        sa.Column("until", Instant(timezone=True), nullable=False),
        sa.Column("rep_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("recipient", sa.String(length=320), nullable=False),
        sa.Column("subject", sa.String(length=300), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("html", sa.Text(), nullable=True),
        sa.Column("calendar", sa.Text(), nullable=True),
        sa.Column("in_reply_to", sa.String(length=998), nullable=True),
        sa.Column("automatic", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=True),
        sa.Column("sent_at", Instant(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["rep_id"], ["people.id"], name=op.f("fk_outgoing_mails_rep_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outgoing_mails")),
        sa.UniqueConstraint("key", name=op.f("uq_outgoing_mails_key")),
        sa.UniqueConstraint("uid", name=op.f("uq_outgoing_mails_uid")),
    )
    op.create_index(
        op.f("ix_outgoing_mails_rep_id_outgoing_mails_created_at"),
        "outgoing_mails",
        ["rep_id", "created_at"],
        unique=False,
    )
    op.create_index(
        "ix_outgoing_mails_waiting",
        "outgoing_mails",
        ["due_at"],
        unique=False,
        sqlite_where=sa.text("state = 'waiting'"),
        postgresql_where=sa.text("state = 'waiting'"),
    )
    op.create_table(
        "questions",
        sa.Column("outgoing_uid", sa.String(length=32), nullable=False),
        sa.Column("rep_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("about", sa.String(length=20), nullable=False),
        sa.Column("subject", sa.String(length=100), nullable=False),
        sa.Column("choices", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("answered_at", Instant(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["outgoing_uid"], ["outgoing_mails.uid"], name=op.f("fk_questions_outgoing_uid")),
        sa.ForeignKeyConstraint(["rep_id"], ["people.id"], name=op.f("fk_questions_rep_id")),
        sa.PrimaryKeyConstraint("outgoing_uid", name=op.f("pk_questions")),
    )
    op.create_index(op.f("ix_questions_rep_id"), "questions", ["rep_id"], unique=False)
    op.add_column("activities", sa.Column("calendar_uid", sa.String(length=255), nullable=True))
    op.add_column("activities", sa.Column("calendar_sequence", sa.Integer(), nullable=True))
    op.create_index(op.f("ix_activities_calendar_uid"), "activities", ["calendar_uid"], unique=False)
    op.add_column("devices", sa.Column("mail_digest", sa.String(length=64), nullable=True))
    op.create_index(op.f("ix_devices_mail_digest"), "devices", ["mail_digest"], unique=True)
    op.add_column("people", sa.Column("receipt", sa.String(length=10), server_default="trouble", nullable=False))
    op.add_column("people", sa.Column("brief_minutes", sa.Integer(), server_default="15", nullable=False))
    op.add_column("people", sa.Column("digest_hour", sa.Integer(), nullable=True))
    op.add_column("people", sa.Column("feed_digest", sa.String(length=64), nullable=True))
    op.create_index(op.f("ix_people_feed_digest"), "people", ["feed_digest"], unique=True)


def downgrade() -> None:
    """Take back."""
    op.drop_index(op.f("ix_people_feed_digest"), table_name="people")
    op.drop_column("people", "feed_digest")
    op.drop_column("people", "digest_hour")
    op.drop_column("people", "brief_minutes")
    op.drop_column("people", "receipt")
    op.drop_index(op.f("ix_devices_mail_digest"), table_name="devices")
    op.drop_column("devices", "mail_digest")
    op.drop_index(op.f("ix_activities_calendar_uid"), table_name="activities")
    op.drop_column("activities", "calendar_sequence")
    op.drop_column("activities", "calendar_uid")
    op.drop_index(op.f("ix_questions_rep_id"), table_name="questions")
    op.drop_table("questions")
    op.drop_index(
        "ix_outgoing_mails_waiting",
        table_name="outgoing_mails",
        sqlite_where=sa.text("state = 'waiting'"),
        postgresql_where=sa.text("state = 'waiting'"),
    )
    op.drop_index(op.f("ix_outgoing_mails_rep_id_outgoing_mails_created_at"), table_name="outgoing_mails")
    op.drop_table("outgoing_mails")
    op.drop_index(
        "ix_mails_waiting",
        table_name="mails",
        sqlite_where=sa.text("state = 'received'"),
        postgresql_where=sa.text("state = 'received'"),
    )
    op.drop_table("mails")
    op.drop_table("mailboxes")
