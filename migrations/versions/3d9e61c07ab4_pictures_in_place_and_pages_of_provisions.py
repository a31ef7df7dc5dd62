"""pictures in place, and the pages of provisions

Pictures of a Word file are shown where they stand; an article of a PDF names the page it begins on.

Revision ID: 3d9e61c07ab4
Revises: 7d1e4b90c2a8
"""

import sqlalchemy as sa
from alembic import op

revision = '3d9e61c07ab4'
down_revision = '7d1e4b90c2a8'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("provision", sa.Column("picture", sa.JSON(), nullable=True))
    op.add_column("provision", sa.Column("page", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("revision", sa.Column("pictures", sa.JSON(), nullable=False, server_default="[]"))


def downgrade() -> None:
    op.drop_column("revision", "pictures")
    op.drop_column("provision", "page")
    op.drop_column("provision", "picture")
