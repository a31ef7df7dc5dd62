"""answers know what they were warned of

Revision ID: a41d7c0e93b5
Revises: 249680844cb8
"""

import sqlalchemy as sa
from alembic import op

revision = 'a41d7c0e93b5'
down_revision = '249680844cb8'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('response_version') as batch_op:
        batch_op.add_column(sa.Column('warnings', sa.JSON(), server_default='[]', nullable=False))


def downgrade() -> None:
    with op.batch_alter_table('response_version') as batch_op:
        batch_op.drop_column('warnings')
