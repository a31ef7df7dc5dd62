"""documents that decided what becomes of bodies

Revision ID: d01cae0f49ce
Revises: c3e81f6a42d7
"""

import sqlalchemy as sa
from alembic import op

revision = 'd01cae0f49ce'
down_revision = 'c3e81f6a42d7'
branch_labels = None
depends_on = None

WORDS = ('document_number', 'document_issuer', 'file_hash', 'file_name', 'media_type')


def upgrade() -> None:
    with op.batch_alter_table('body_change') as batch_op:
        for name in WORDS:
            batch_op.add_column(sa.Column(name, sa.Text(), server_default='', nullable=False))
        batch_op.add_column(sa.Column('document_on', sa.Date(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table('body_change') as batch_op:
        for name in (*WORDS, 'document_on'):
            batch_op.drop_column(name)
