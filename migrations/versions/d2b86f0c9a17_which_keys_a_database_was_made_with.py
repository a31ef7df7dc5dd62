"""which keys a database was made with

Revision ID: d2b86f0c9a17
Revises: c7d1f0a4e852
"""

import sqlalchemy as sa
from alembic import op

revision = 'd2b86f0c9a17'
down_revision = 'e5a7c3190b46'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'known_key',
        sa.Column('purpose', sa.Text(), nullable=False),
        sa.Column('fingerprint', sa.Text(), nullable=False),
        sa.Column('since', sa.DateTime(timezone=True), nullable=False),
        sa.Column('given_up_at', sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint('purpose', 'fingerprint', name=op.f('pk_known_key')),
    )


def downgrade() -> None:
    op.drop_table('known_key')
