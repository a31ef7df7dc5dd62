"""What waited to be told at once and is told in the morning now: its events and mails have nobody left who handles them.

Revision ID: 7b3e9d20c6f1
Revises: 3f7a90c2d15e
Create Date: 2026-11-29
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "7b3e9d20c6f1"
down_revision: str | None = "3f7a90c2d15e"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Marks them done at the moment they were written."""
    message = sa.table(
        "outbox_message",
        sa.column("event", sa.String),
        sa.column("payload", sa.Text),
        sa.column("created_at", sa.DateTime),
        sa.column("done_at", sa.DateTime),
    )
    told = sa.and_(
        message.c.event == "mail_requested",
        sa.cast(message.c.payload, sa.Text).contains('"awaiting_approval"', autoescape=True),
    )
    gone = sa.and_(message.c.done_at.is_(None), sa.or_(message.c.event == "answer_drafted", told))
    op.execute(message.update().where(gone).values(done_at=message.c.created_at))


def downgrade() -> None:
    """What is done stays done."""
