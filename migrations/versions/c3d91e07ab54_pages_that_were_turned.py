"""pages that were turned

Pages that were read before are shown as they were: comments point at places on them.

Revision ID: c3d91e07ab54
Revises: 9f27c3a1e06b
"""

import sqlalchemy as sa
from alembic import op

revision = 'c3d91e07ab54'
down_revision = '9f27c3a1e06b'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('page') as batch:
        batch.add_column(sa.Column('turned', sa.Integer(), server_default='0', nullable=False))


def downgrade() -> None:
    with op.batch_alter_table('page') as batch:
        batch.drop_column('turned')
