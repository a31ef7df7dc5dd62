"""what bodies remark on the answers to their letters

Revision ID: c63e90b2d7f4
Revises: b52d8fa1c6e3
"""

import sqlalchemy as sa
from alembic import op

revision = 'c63e90b2d7f4'
down_revision = 'b52d8fa1c6e3'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('answer_remark',
    sa.Column('comment_id', sa.Uuid(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('written_by_ids', sa.JSON(), nullable=False),
    sa.Column('written_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('response', sa.Integer(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=True),
    sa.Column('signed_by_id', sa.Uuid(), nullable=True),
    sa.Column('signed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('consultation_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['consultation_id', 'comment_id'], ['comment.consultation_id', 'comment.id'], name=op.f('fk_answer_remark_consultation_id_comment_id'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['consultation_id'], ['consultation.id'], name=op.f('fk_answer_remark_consultation_id')),
    sa.ForeignKeyConstraint(['signed_by_id'], ['app_user.id'], name=op.f('fk_answer_remark_signed_by_id')),
    sa.PrimaryKeyConstraint('consultation_id', 'comment_id', name=op.f('pk_answer_remark'))
    )


def downgrade() -> None:
    op.drop_table('answer_remark')
