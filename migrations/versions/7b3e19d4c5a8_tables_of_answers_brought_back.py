"""tables of answers that are brought back

Revision ID: 7b3e19d4c5a8
Revises: a41d7c0e93b5
"""

import sqlalchemy as sa
from alembic import op

revision = '7b3e19d4c5a8'
down_revision = 'a41d7c0e93b5'
branch_labels = None
depends_on = None

TABLE = 'answer_table'


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column('name', sa.Text(), nullable=False),
        sa.Column('at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('by_id', sa.Uuid(), nullable=False),
        sa.Column('rows', sa.JSON(), nullable=False),
        sa.Column('told', sa.Text(), nullable=False),
        sa.Column('doubts', sa.JSON(), nullable=False),
        sa.Column('saved', sa.JSON(), nullable=False),
        sa.Column('consultation_id', sa.Uuid(), nullable=False),
        sa.Column('id', sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(['by_id'], ['app_user.id'], name=op.f(f'fk_{TABLE}_by_id')),
        sa.ForeignKeyConstraint(['consultation_id'], ['consultation.id'], name=op.f(f'fk_{TABLE}_consultation_id')),
        sa.PrimaryKeyConstraint('consultation_id', 'id', name=op.f(f'pk_{TABLE}')),
    )
    op.create_index(op.f(f'ix_{TABLE}_consultation_id_by_id'), TABLE, ['consultation_id', 'by_id'])


def downgrade() -> None:
    op.drop_index(op.f(f'ix_{TABLE}_consultation_id_by_id'), table_name=TABLE)
    op.drop_table(TABLE)
