"""what witnesses signed

Revision ID: c15e0a7d93b4
Revises: f0c7a2915d3e
"""

import sqlalchemy as sa
from alembic import op

revision = 'c15e0a7d93b4'
down_revision = 'f0c7a2915d3e'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('cosignature',
    sa.Column('consultation_id', sa.Uuid(), nullable=False),
    sa.Column('epoch', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('size', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('witness', sa.Text(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('line', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['consultation_id'], ['consultation.id'], name=op.f('fk_cosignature_consultation_id')),
    sa.PrimaryKeyConstraint('consultation_id', 'epoch', 'size', 'witness', name=op.f('pk_cosignature'))
    )
    op.create_table('witness_answer',
    sa.Column('consultation_id', sa.Uuid(), nullable=False),
    sa.Column('witness', sa.Text(), nullable=False),
    sa.Column('epoch', sa.Integer(), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('said', sa.Text(), nullable=False),
    sa.Column('theirs', sa.Integer(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('since', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['consultation_id'], ['consultation.id'], name=op.f('fk_witness_answer_consultation_id')),
    sa.PrimaryKeyConstraint('consultation_id', 'witness', name=op.f('pk_witness_answer'))
    )


def downgrade() -> None:
    op.drop_table('witness_answer')
    op.drop_table('cosignature')
