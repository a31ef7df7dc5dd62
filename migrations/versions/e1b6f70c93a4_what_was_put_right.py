"""what was put right in the names of bodies, units and people

Revision ID: e1b6f70c93a4
Revises: c7d1f0a4e852
"""

import sqlalchemy as sa
from alembic import op

revision = 'e1b6f70c93a4'
down_revision = '5b7e20c9d114'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'correction',
        sa.Column('id', sa.Uuid(), nullable=False),
        sa.Column('subject_id', sa.Uuid(), nullable=False),
        sa.Column('field', sa.Text(), nullable=False),
        sa.Column('old', sa.Text(), nullable=False),
        sa.Column('new', sa.Text(), nullable=False),
        sa.Column('reason', sa.Text(), nullable=False),
        sa.Column('at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('by_id', sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(['by_id'], ['app_user.id'], name=op.f('fk_correction_by_id_app_user')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_correction')),
    )
    op.create_index(op.f('ix_correction_subject_id'), 'correction', ['subject_id'])


def downgrade() -> None:
    op.drop_table('correction')
