"""more time for the answers of a matter

Revision ID: 8e1b54c7d2a0
Revises: c3a9e5d1f728
"""

import sqlalchemy as sa
from alembic import op

revision = '8e1b54c7d2a0'
down_revision = 'c3a9e5d1f728'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('answer_extension',
    sa.Column('last_day', sa.Date(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('consultation_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['app_user.id'], name=op.f('fk_answer_extension_by_id')),
    sa.ForeignKeyConstraint(['consultation_id'], ['consultation.id'], name=op.f('fk_answer_extension_consultation_id')),
    sa.PrimaryKeyConstraint('consultation_id', 'id', name=op.f('pk_answer_extension'))
    )


def downgrade() -> None:
    op.drop_table('answer_extension')
