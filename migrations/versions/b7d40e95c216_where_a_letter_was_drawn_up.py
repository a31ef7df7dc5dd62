"""where a letter was drawn up

Of letters received before nothing was entered, and so nothing is said: what the log has of them stays as it is.

Revision ID: b7d40e95c216
Revises: 5b7d20e9c4a1
"""

import sqlalchemy as sa
from alembic import op

revision = 'b7d40e95c216'
down_revision = '5b7d20e9c4a1'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('submission') as batch:
        batch.add_column(sa.Column('letter_place', sa.Text(), server_default='', nullable=False))


def downgrade() -> None:
    with op.batch_alter_table('submission') as batch:
        batch.drop_column('letter_place')
