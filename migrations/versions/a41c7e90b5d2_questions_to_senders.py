"""questions back to the senders of comments

Revision ID: a41c7e90b5d2
Revises: a97b3e51c0d4
"""

import sqlalchemy as sa
from alembic import op

revision = 'a41c7e90b5d2'
down_revision = 'a97b3e51c0d4'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('sender_question',
    sa.Column('comment_id', sa.Uuid(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('salt', sa.LargeBinary(), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('asked_by_id', sa.Uuid(), nullable=False),
    sa.Column('waits_until', sa.Date(), nullable=False),
    sa.Column('reply', sa.Text(), nullable=False),
    sa.Column('reply_salt', sa.LargeBinary(), nullable=True),
    sa.Column('replied_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('reply_by_id', sa.Uuid(), nullable=True),
    sa.Column('consultation_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['asked_by_id'], ['app_user.id'], name=op.f('fk_sender_question_asked_by_id')),
    sa.ForeignKeyConstraint(['consultation_id', 'comment_id'], ['comment.consultation_id', 'comment.id'], name=op.f('fk_sender_question_consultation_id_comment_id'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['consultation_id'], ['consultation.id'], name=op.f('fk_sender_question_consultation_id')),
    sa.ForeignKeyConstraint(['reply_by_id'], ['app_user.id'], name=op.f('fk_sender_question_reply_by_id')),
    sa.PrimaryKeyConstraint('consultation_id', 'comment_id', name=op.f('pk_sender_question'))
    )


def downgrade() -> None:
    op.drop_table('sender_question')
