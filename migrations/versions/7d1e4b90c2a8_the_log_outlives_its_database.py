"""the log outlives its database

Revision ID: 7d1e4b90c2a8
Revises: d40b7e5c2a91
"""

import sqlalchemy as sa
from alembic import op

from consult.db import Moment

revision = '7d1e4b90c2a8'
down_revision = 'd40b7e5c2a91'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'checkpoint_place',
        sa.Column('id', sa.Text(), nullable=False),
        sa.Column('since', Moment(), nullable=False),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_checkpoint_place')),
    )
    op.create_table(
        'ledger_epoch',
        sa.Column('consultation_id', sa.Uuid(), nullable=False),
        sa.Column('number', sa.Integer(), autoincrement=False, nullable=False),
        sa.Column('index', sa.Integer(), nullable=False),
        sa.Column('size', sa.Integer(), nullable=False),
        sa.Column('root', sa.LargeBinary(), nullable=False),
        sa.Column('at', Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ['consultation_id'], ['consultation.id'], name=op.f('fk_ledger_epoch_consultation_id')
        ),
        sa.PrimaryKeyConstraint('consultation_id', 'number', name=op.f('pk_ledger_epoch')),
    )
    op.create_table(
        'lost_entry',
        sa.Column('consultation_id', sa.Uuid(), nullable=False),
        sa.Column('comment_id', sa.Uuid(), nullable=False),
        sa.Column('epoch', sa.Integer(), nullable=False),
        sa.Column('was', sa.Integer(), nullable=False),
        sa.Column('number', sa.Integer(), nullable=False),
        sa.Column('leaf', sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ['consultation_id', 'comment_id'],
            ['comment.consultation_id', 'comment.id'],
            name=op.f('fk_lost_entry_consultation_id_comment_id'),
            initially='DEFERRED',
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ['consultation_id'], ['consultation.id'], name=op.f('fk_lost_entry_consultation_id')
        ),
        sa.PrimaryKeyConstraint('consultation_id', 'comment_id', name=op.f('pk_lost_entry')),
        sa.UniqueConstraint(
            'consultation_id', 'epoch', 'was', name=op.f('uq_lost_entry_consultation_id_epoch_was')
        ),
    )


def downgrade() -> None:
    op.drop_table('lost_entry')
    op.drop_table('ledger_epoch')
    op.drop_table('checkpoint_place')
