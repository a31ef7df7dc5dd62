"""what was taken back

Revision ID: e5a7c3d19b60
Revises: c7d1f0a4e852
"""

import sqlalchemy as sa
from alembic import op

revision = 'e5a7c3d19b60'
down_revision = 'e5b07c3d91fa'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'taken_back',
        sa.Column('consultation_id', sa.Uuid(), nullable=False),
        sa.Column('position', sa.Integer(), nullable=False),
        sa.Column('least', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['consultation_id'], ['consultation.id'], name=op.f('fk_taken_back_consultation_id')),
        sa.PrimaryKeyConstraint('consultation_id', 'position', name=op.f('pk_taken_back')),
    )


def downgrade() -> None:
    op.drop_table('taken_back')
