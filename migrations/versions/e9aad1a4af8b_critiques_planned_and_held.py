"""how a critique came about; the year's plan of critiques

Revision ID: e9aad1a4af8b
Revises: d74fa1c3e805
"""

import sqlalchemy as sa
from alembic import op

revision = 'e9aad1a4af8b'
down_revision = 'd74fa1c3e805'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('critique', sa.Column('proceedings', sa.JSON(), server_default='{}', nullable=False))


def downgrade() -> None:
    op.drop_column('critique', 'proceedings')
