"""the log outlives its database

Revision ID: 7d1e4b90c2a8
Revises: 0c4f1d7ab2e6
"""

import sqlalchemy as sa
from alembic import op

from consult.db import Moment

revision = '7d1e4b90c2a8'
down_revision = '0c4f1d7ab2e6'
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


def downgrade() -> None:
    op.drop_table('ledger_epoch')
    op.drop_table('checkpoint_place')
