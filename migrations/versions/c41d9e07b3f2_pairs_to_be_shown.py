"""what people said beside what came of it, chosen to be shown

Revision ID: c41d9e07b3f2
Revises: 8e1b54c7d2a0
"""

import sqlalchemy as sa
from alembic import op

revision = 'c41d9e07b3f2'
down_revision = '8e1b54c7d2a0'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('chosen_pair',
    sa.Column('comment_id', sa.Uuid(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_id', sa.Uuid(), nullable=False),
    sa.Column('consultation_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['app_user.id'], name=op.f('fk_chosen_pair_by_id')),
    sa.ForeignKeyConstraint(['consultation_id', 'comment_id'], ['comment.consultation_id', 'comment.id'], name=op.f('fk_chosen_pair_consultation_id_comment_id'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['consultation_id'], ['consultation.id'], name=op.f('fk_chosen_pair_consultation_id')),
    sa.PrimaryKeyConstraint('consultation_id', 'comment_id', name=op.f('pk_chosen_pair'))
    )


def downgrade() -> None:
    op.drop_table('chosen_pair')
