"""whether what was issued works, asked a year later

Revision ID: d74fa1c3e805
Revises: c63e90b2d7f4
"""

import sqlalchemy as sa
from alembic import op

revision = 'd74fa1c3e805'
down_revision = 'c63e90b2d7f4'
branch_labels = None
depends_on = None


def upgrade() -> None:
    about = sa.Enum('answer', 'text', name='rated', native_enum=False, length=40)
    op.add_column('answer_rating', sa.Column('about', about, server_default='answer', nullable=False))


def downgrade() -> None:
    op.drop_column('answer_rating', 'about')
