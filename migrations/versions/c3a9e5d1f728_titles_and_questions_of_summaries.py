"""titles and questions of summaries

What was told before in another language has neither, and the page shows the title of the matter instead.

Revision ID: c3a9e5d1f728
Revises: 7e2c40b9d1a6
"""

import sqlalchemy as sa
from alembic import op

revision = 'c3a9e5d1f728'
down_revision = '7e2c40b9d1a6'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('summary') as batch:
        batch.add_column(sa.Column('title', sa.Text(), server_default='', nullable=False))
        batch.add_column(sa.Column('question', sa.Text(), server_default='', nullable=False))


def downgrade() -> None:
    with op.batch_alter_table('summary') as batch:
        batch.drop_column('question')
        batch.drop_column('title')
