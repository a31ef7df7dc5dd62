"""workers that live

How many mails went to an address on a day is counted, so that nobody can have a stranger's mailbox filled. A claim
belongs to a worker and holds for as long as it lives, instead of for five minutes.

Revision ID: e5a7c3190b46
Revises: c7d1f0a4e852
"""

import sqlalchemy as sa
from alembic import op

revision = 'e5a7c3190b46'
down_revision = 'c7d1f0a4e852'
branch_labels = None
depends_on = None
forgets = ('outbox_message.claimed_until',)


def upgrade() -> None:
    op.create_table(
        'outbox_worker',
        sa.Column('id', sa.Uuid(), nullable=False),
        sa.Column('host', sa.Text(), nullable=False),
        sa.Column('process', sa.Integer(), nullable=False),
        sa.Column('started_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('seen_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('beats', sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_outbox_worker')),
    )
    op.add_column('outbox_message', sa.Column('claimed_by', sa.Uuid(), nullable=True))
    op.drop_column('outbox_message', 'claimed_until')
    op.create_table(
        'mails_of_day',
        sa.Column('address', sa.Text(), nullable=False),
        sa.Column('day', sa.Date(), nullable=False),
        sa.Column('count', sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint('address', 'day', name=op.f('pk_mails_of_day')),
    )


def downgrade() -> None:
    op.drop_table('mails_of_day')
    op.add_column('outbox_message', sa.Column('claimed_until', sa.DateTime(timezone=True), nullable=True))
    op.drop_column('outbox_message', 'claimed_by')
    op.drop_table('outbox_worker')
