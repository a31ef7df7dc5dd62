"""words that mean the same

Revision ID: a97b3e51c0d4
Revises: 5b8e2c914af0
"""

import sqlalchemy as sa
from alembic import op

revision = 'a97b3e51c0d4'
down_revision = '5b8e2c914af0'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('synonym_group',
    sa.Column('key', sa.Text(), nullable=False),
    sa.Column('words', sa.JSON(none_as_null=True), nullable=False),
    sa.Column('stamp', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('key', name=op.f('pk_synonym_group'))
    )


def downgrade() -> None:
    op.drop_table('synonym_group')
