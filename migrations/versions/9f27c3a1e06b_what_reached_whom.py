"""which answers reached their sender

Of answers published before nothing is known, and so nothing is said: their senders read them with their codes.

Revision ID: 9f27c3a1e06b
Revises: 4e8a1c6f02d7
"""

import sqlalchemy as sa
from alembic import op

revision = '9f27c3a1e06b'
down_revision = '4e8a1c6f02d7'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('answer_handed_over',
    sa.Column('consultation_id', sa.Uuid(), nullable=False),
    sa.Column('comment_id', sa.Uuid(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('way', sa.String(length=40), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['consultation_id', 'comment_id'], ['comment.consultation_id', 'comment.id'], name=op.f('fk_answer_handed_over_consultation_id_comment_id'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['consultation_id'], ['consultation.id'], name=op.f('fk_answer_handed_over_consultation_id')),
    sa.PrimaryKeyConstraint('consultation_id', 'comment_id', 'version', name=op.f('pk_answer_handed_over'))
    )
    with op.batch_alter_table('organisation') as batch:
        batch.add_column(sa.Column('writer_sends', sa.Boolean(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table('organisation') as batch:
        batch.drop_column('writer_sends')
    op.drop_table('answer_handed_over')
