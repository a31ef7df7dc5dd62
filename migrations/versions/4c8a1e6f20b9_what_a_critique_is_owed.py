"""what a critique is owed

Each content and recommendation of a critique is a comment of its own. Critiques received before are divided by the
worker, with entries of their own (`consult/submissions/acts/dividing.py`): a migration writes nothing into a log.

Revision ID: 4c8a1e6f20b9
Revises: 6b1e93d7c5a0
"""

import sqlalchemy as sa
from alembic import op

revision = '4c8a1e6f20b9'
down_revision = '6b1e93d7c5a0'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('comment', sa.Column('critique_part', sa.String(length=40), nullable=True))
    op.add_column('critique', sa.Column('divided_at', sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column('critique', 'divided_at')
    op.drop_column('comment', 'critique_part')
