"""what every submission writes

Each index is one more page of the database for every submission. No query asks for a code within a matter, and most
comments are not about a page.

Revision ID: c7d1f0a4e852
Revises: a41c0e2b97d3
"""

import sqlalchemy as sa
from alembic import op

revision = 'c7d1f0a4e852'
down_revision = 'a41c0e2b97d3'
branch_labels = None
depends_on = None

PAGE = 'ix_comment_consultation_id_page_id'
CODE = 'ix_submission_consultation_id_code_hash'


def upgrade() -> None:
    about_a_page = sa.text('page_id IS NOT NULL')
    op.drop_index(CODE, 'submission')
    op.drop_index(PAGE, 'comment')
    op.create_index(
        PAGE, 'comment', ['consultation_id', 'page_id'], sqlite_where=about_a_page, postgresql_where=about_a_page
    )


def downgrade() -> None:
    op.drop_index(PAGE, 'comment')
    op.create_index(PAGE, 'comment', ['consultation_id', 'page_id'])
    op.create_index(CODE, 'submission', ['consultation_id', 'code_hash'])
