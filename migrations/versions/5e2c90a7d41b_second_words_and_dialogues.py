"""whether an answer satisfies the body that it is given to, and dialogues

Revision ID: 5e2c90a7d41b
Revises: 7d20c6f3ab84
"""

import sqlalchemy as sa
from alembic import op

revision = '5e2c90a7d41b'
down_revision = '7d20c6f3ab84'
branch_labels = None
depends_on = None
LATER = {'initially': 'DEFERRED', 'deferrable': True}


def upgrade() -> None:
    with op.batch_alter_table('answer_remark') as batch_op:
        batch_op.add_column(sa.Column('verdict', sa.String(length=40), nullable=True))
        batch_op.add_column(sa.Column('on_whole', sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column('answer_by', sa.Date(), nullable=True))
    op.create_table('dialogue',
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('submission_id', sa.Uuid(), nullable=False),
    sa.Column('starts_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('place', sa.Text(), nullable=False),
    sa.Column('invited', sa.Text(), server_default='', nullable=False),
    sa.Column('called_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('called_by_id', sa.Uuid(), nullable=False),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('recorded_by_id', sa.Uuid(), nullable=True),
    sa.Column('attendees', sa.Text(), server_default='', nullable=False),
    sa.Column('minutes_hash', sa.Text(), server_default='', nullable=False),
    sa.Column('minutes_name', sa.Text(), server_default='', nullable=False),
    sa.Column('minutes_type', sa.Text(), server_default='', nullable=False),
    sa.Column('minutes_size', sa.Integer(), server_default='0', nullable=False),
    sa.Column('answer_by', sa.Date(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('consultation_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['called_by_id'], ['app_user.id'], name=op.f('fk_dialogue_called_by_id')),
    sa.ForeignKeyConstraint(['consultation_id', 'submission_id'], ['submission.consultation_id', 'submission.id'], name=op.f('fk_dialogue_consultation_id_submission_id'), **LATER),
    sa.ForeignKeyConstraint(['consultation_id'], ['consultation.id'], name=op.f('fk_dialogue_consultation_id')),
    sa.ForeignKeyConstraint(['recorded_by_id'], ['app_user.id'], name=op.f('fk_dialogue_recorded_by_id')),
    sa.PrimaryKeyConstraint('consultation_id', 'id', name=op.f('pk_dialogue')),
    sa.UniqueConstraint('consultation_id', 'number', name=op.f('uq_dialogue_consultation_id_number'))
    )
    with op.batch_alter_table('dialogue') as batch_op:
        batch_op.create_index(batch_op.f('ix_dialogue_consultation_id_submission_id'), ['consultation_id', 'submission_id'], unique=False)
    op.create_table('dialogue_point',
    sa.Column('dialogue_id', sa.Uuid(), nullable=False),
    sa.Column('comment_id', sa.Uuid(), nullable=False),
    sa.Column('agreed', sa.Boolean(), nullable=True),
    sa.Column('outcome', sa.Text(), server_default='', nullable=False),
    sa.Column('consultation_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['consultation_id', 'comment_id'], ['comment.consultation_id', 'comment.id'], name=op.f('fk_dialogue_point_consultation_id_comment_id'), **LATER),
    sa.ForeignKeyConstraint(['consultation_id', 'dialogue_id'], ['dialogue.consultation_id', 'dialogue.id'], name=op.f('fk_dialogue_point_consultation_id_dialogue_id'), **LATER),
    sa.ForeignKeyConstraint(['consultation_id'], ['consultation.id'], name=op.f('fk_dialogue_point_consultation_id')),
    sa.PrimaryKeyConstraint('consultation_id', 'dialogue_id', 'comment_id', name=op.f('pk_dialogue_point'))
    )
    with op.batch_alter_table('dialogue_point') as batch_op:
        batch_op.create_index(batch_op.f('ix_dialogue_point_consultation_id_comment_id'), ['consultation_id', 'comment_id'], unique=False)


def downgrade() -> None:
    op.drop_table('dialogue_point')
    op.drop_table('dialogue')
    with op.batch_alter_table('answer_remark') as batch_op:
        batch_op.drop_column('answer_by')
        batch_op.drop_column('on_whole')
        batch_op.drop_column('verdict')
