"""what a body says of the answers to its letter on paper, as an officer enters it

Revision ID: 8d41f7c06e29
Revises: 5d1e8c40b7f2
"""

import sqlalchemy as sa
from alembic import op

revision = '8d41f7c06e29'
down_revision = '5d1e8c40b7f2'
branch_labels = None
depends_on = None
LATER = {'initially': 'DEFERRED', 'deferrable': True}


def upgrade() -> None:
    op.create_table(
        'second_word_paper',
        sa.Column('number', sa.Integer(), nullable=False),
        sa.Column('submission_id', sa.Uuid(), nullable=False),
        sa.Column('letter_number', sa.Text(), server_default='', nullable=False),
        sa.Column('letter_on', sa.Date(), nullable=True),
        sa.Column('signatory', sa.Text(), server_default='', nullable=False),
        sa.Column('received_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('received_reason', sa.Text(), server_default='', nullable=False),
        sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('recorded_by_id', sa.Uuid(), nullable=False),
        sa.Column('scan_hash', sa.Text(), nullable=False),
        sa.Column('scan_name', sa.Text(), nullable=False),
        sa.Column('scan_type', sa.Text(), nullable=False),
        sa.Column('scan_size', sa.Integer(), nullable=False),
        sa.Column('id', sa.Uuid(), nullable=False),
        sa.Column('consultation_id', sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(['consultation_id', 'submission_id'], ['submission.consultation_id', 'submission.id'], name=op.f('fk_second_word_paper_consultation_id_submission_id'), **LATER),
        sa.ForeignKeyConstraint(['consultation_id'], ['consultation.id'], name=op.f('fk_second_word_paper_consultation_id')),
        sa.ForeignKeyConstraint(['recorded_by_id'], ['app_user.id'], name=op.f('fk_second_word_paper_recorded_by_id')),
        sa.PrimaryKeyConstraint('consultation_id', 'id', name=op.f('pk_second_word_paper')),
        sa.UniqueConstraint('consultation_id', 'number', name=op.f('uq_second_word_paper_consultation_id_number')),
    )
    with op.batch_alter_table('second_word_paper') as batch_op:
        batch_op.create_index(batch_op.f('ix_second_word_paper_consultation_id_submission_id'), ['consultation_id', 'submission_id'], unique=False)
    with op.batch_alter_table('answer_remark') as batch_op:
        batch_op.add_column(sa.Column('paper_id', sa.Uuid(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f('fk_answer_remark_consultation_id_paper_id'), 'second_word_paper',
            ['consultation_id', 'paper_id'], ['consultation_id', 'id'], **LATER,
        )
        batch_op.create_index(batch_op.f('ix_answer_remark_consultation_id_paper_id'), ['consultation_id', 'paper_id'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('answer_remark') as batch_op:
        batch_op.drop_index(batch_op.f('ix_answer_remark_consultation_id_paper_id'))
        batch_op.drop_constraint(batch_op.f('fk_answer_remark_consultation_id_paper_id'), type_='foreignkey')
        batch_op.drop_column('paper_id')
    op.drop_table('second_word_paper')
