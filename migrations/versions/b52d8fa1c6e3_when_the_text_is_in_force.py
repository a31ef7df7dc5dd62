"""from which day the issued text is in force

Revision ID: b52d8fa1c6e3
Revises: a41c7e90b5d2
"""

import sqlalchemy as sa
from alembic import op

revision = 'b52d8fa1c6e3'
down_revision = 'a41c7e90b5d2'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('issued_text', sa.Column('in_force_on', sa.Date(), nullable=True))


def downgrade() -> None:
    op.drop_column('issued_text', 'in_force_on')
