"""whether an answer answered

Revision ID: d7e20b45c918
Revises: c41d9e07b3f2
"""

import sqlalchemy as sa
from alembic import op

revision = 'd7e20b45c918'
down_revision = 'c41d9e07b3f2'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('rating_mark',
    sa.Column('mark', sa.Text(), nullable=False),
    sa.Column('consultation_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['consultation_id'], ['consultation.id'], name=op.f('fk_rating_mark_consultation_id')),
    sa.PrimaryKeyConstraint('consultation_id', 'mark', name=op.f('pk_rating_mark')),
    sqlite_with_rowid=False
    )
    op.create_table('answer_rating',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('clear', sa.Boolean(), nullable=False),
    sa.Column('line', sa.Text(), nullable=False),
    sa.Column('shown', sa.Boolean(), server_default=sa.false(), nullable=False),
    sa.Column('consultation_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['consultation_id'], ['consultation.id'], name=op.f('fk_answer_rating_consultation_id')),
    sa.PrimaryKeyConstraint('consultation_id', 'id', name=op.f('pk_answer_rating')),
    sqlite_with_rowid=False
    )


def downgrade() -> None:
    op.drop_table('answer_rating')
    op.drop_table('rating_mark')
