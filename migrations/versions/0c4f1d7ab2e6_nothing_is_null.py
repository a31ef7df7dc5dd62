"""nothing is NULL, not the JSON text "null"

Comments without a marked part of a page had the text `null` where everything else that is nothing has NULL.

Revision ID: 0c4f1d7ab2e6
Revises: b81d5f27c0e4
"""

from alembic import op

revision = '0c4f1d7ab2e6'
down_revision = 'b81d5f27c0e4'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("UPDATE comment SET box = NULL WHERE CAST(box AS TEXT) = 'null'")
    op.execute("UPDATE consultation SET profile_rules = NULL WHERE CAST(profile_rules AS TEXT) = 'null'")


def downgrade() -> None:
    """Both are read as nothing."""
