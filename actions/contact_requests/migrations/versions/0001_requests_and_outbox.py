"""Contact requests and the outbox."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create both tables."""
    op.create_table(
        "contact_requests",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("code", sa.String(8), nullable=False, unique=True),
        sa.Column("status", sa.String(8), nullable=False, index=True),
        sa.Column("sender_hash", sa.String(64), nullable=False, index=True),
        sa.Column("channel", sa.String(32), nullable=False),
        sa.Column("topic", sa.String(64)),
        sa.Column("notice_version", sa.String(16), nullable=False),
        sa.Column("consented_at", sa.DateTime),
        sa.Column("created_at", sa.DateTime, nullable=False),
        sa.Column("updated_at", sa.DateTime, nullable=False),
        sa.Column("submitted_at", sa.DateTime),
        sa.Column("closed_at", sa.DateTime),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "contact_outbox",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column(
            "request_id",
            sa.String(32),
            sa.ForeignKey("contact_requests.id", ondelete="CASCADE"),
            nullable=False,
            index=True,
        ),
        sa.Column("way", sa.String(8), nullable=False),
        sa.Column("status", sa.String(12), nullable=False, index=True),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("next_attempt_at", sa.DateTime, nullable=False),
        sa.Column("lease", sa.String(32)),
        sa.Column("lease_until", sa.DateTime),
        sa.Column("last_error", sa.String(80)),
        sa.Column("created_at", sa.DateTime, nullable=False),
        sa.Column("sent_at", sa.DateTime),
    )


def downgrade() -> None:
    """Drop both tables."""
    op.drop_table("contact_outbox")
    op.drop_table("contact_requests")
