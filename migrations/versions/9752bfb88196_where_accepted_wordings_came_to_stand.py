"""where accepted wordings came to stand

Revision ID: 9752bfb88196
Revises: 7b3e9d20c6f1
"""

import sqlalchemy as sa
from alembic import op

revision = '9752bfb88196'
down_revision = '7b3e9d20c6f1'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('accepted_change',
    sa.Column('comment_id', sa.Uuid(), nullable=False),
    sa.Column('revision_id', sa.Uuid(), nullable=False),
    sa.Column('provision_id', sa.Uuid(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_id', sa.Uuid(), nullable=False),
    sa.Column('consultation_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['app_user.id'], name=op.f('fk_accepted_change_by_id')),
    sa.ForeignKeyConstraint(['consultation_id', 'comment_id'], ['comment.consultation_id', 'comment.id'], name=op.f('fk_accepted_change_consultation_id_comment_id'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['consultation_id', 'provision_id'], ['provision.consultation_id', 'provision.id'], name=op.f('fk_accepted_change_consultation_id_provision_id'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['consultation_id', 'revision_id'], ['revision.consultation_id', 'revision.id'], name=op.f('fk_accepted_change_consultation_id_revision_id'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['consultation_id'], ['consultation.id'], name=op.f('fk_accepted_change_consultation_id')),
    sa.PrimaryKeyConstraint('consultation_id', 'id', name=op.f('pk_accepted_change'))
    )
    op.create_index(op.f('ix_accepted_change_consultation_id_comment_id'), 'accepted_change', ['consultation_id', 'comment_id'])
    op.create_index(op.f('ix_accepted_change_consultation_id_revision_id'), 'accepted_change', ['consultation_id', 'revision_id'])


def downgrade() -> None:
    op.drop_table('accepted_change')
