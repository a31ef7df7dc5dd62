"""how long a voice is

Revision ID: a41c0e2b97d3
Revises: f429e82abd2b
"""

import sqlalchemy as sa
from alembic import op

revision = 'a41c0e2b97d3'
down_revision = 'f429e82abd2b'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('attachment', schema=None) as batch_op:
        batch_op.add_column(sa.Column('seconds', sa.Integer(), server_default='0', nullable=False))


def downgrade() -> None:
    with op.batch_alter_table('attachment', schema=None) as batch_op:
        batch_op.drop_column('seconds')
