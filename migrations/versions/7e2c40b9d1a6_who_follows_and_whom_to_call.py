"""who follows a matter by mail, and whom somebody has to telephone

Whoever left a telephone number before is not called for what was told then: nobody can know by now what was.

Revision ID: 7e2c40b9d1a6
Revises: 8c21f6d4a7e3
"""

import sqlalchemy as sa
from alembic import op

revision = '7e2c40b9d1a6'
down_revision = '8c21f6d4a7e3'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('follower',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('subject', sa.Text(), nullable=False),
    sa.Column('consultation_id', sa.Uuid(), nullable=True),
    sa.Column('mailbox', sa.Text(), nullable=False),
    sa.Column('address', sa.Text(), nullable=False),
    sa.Column('language', sa.Text(), nullable=False),
    sa.Column('token', sa.Text(), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('confirmed_at', sa.DateTime(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_follower')),
    sa.UniqueConstraint('kind', 'subject', 'mailbox', name=op.f('uq_follower_kind_subject_mailbox')),
    sa.UniqueConstraint('token', name=op.f('uq_follower_token'))
    )
    op.create_index('ix_follower_asked_at', 'follower', ['asked_at'])
    op.create_table('telephone_call',
    sa.Column('consultation_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('submission_id', sa.Uuid(), nullable=True),
    sa.Column('joiner_id', sa.Uuid(), nullable=True),
    sa.Column('message_id', sa.Uuid(), nullable=False),
    sa.Column('notice', sa.Text(), nullable=False),
    sa.Column('facts', sa.JSON(none_as_null=True), nullable=False),
    sa.Column('why', sa.Text(), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['consultation_id', 'submission_id'], ['submission.consultation_id', 'submission.id'], name=op.f('fk_telephone_call_consultation_id_submission_id'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['consultation_id', 'joiner_id'], ['joiner.consultation_id', 'joiner.id'], name=op.f('fk_telephone_call_consultation_id_joiner_id'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['consultation_id'], ['consultation.id'], name=op.f('fk_telephone_call_consultation_id')),
    sa.PrimaryKeyConstraint('consultation_id', 'id', name=op.f('pk_telephone_call')),
    sa.UniqueConstraint('consultation_id', 'message_id', name=op.f('uq_telephone_call_consultation_id_message_id'))
    )
    op.create_index('ix_telephone_call_ended_at_asked_at', 'telephone_call', ['ended_at', 'asked_at'])
    op.create_table('call_attempt',
    sa.Column('consultation_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('call_id', sa.Uuid(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_id', sa.Uuid(), nullable=False),
    sa.Column('outcome', sa.String(length=40), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['app_user.id'], name=op.f('fk_call_attempt_by_id')),
    sa.ForeignKeyConstraint(['consultation_id', 'call_id'], ['telephone_call.consultation_id', 'telephone_call.id'], name=op.f('fk_call_attempt_consultation_id_call_id'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['consultation_id'], ['consultation.id'], name=op.f('fk_call_attempt_consultation_id')),
    sa.PrimaryKeyConstraint('consultation_id', 'id', name=op.f('pk_call_attempt'))
    )
    op.create_index('ix_call_attempt_consultation_id_call_id', 'call_attempt', ['consultation_id', 'call_id'])


def downgrade() -> None:
    op.drop_table('call_attempt')
    op.drop_table('telephone_call')
    op.drop_table('follower')
