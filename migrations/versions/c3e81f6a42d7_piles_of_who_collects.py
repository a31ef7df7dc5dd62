"""piles of scans that the body which collects hands in itself, and what senders say of what was typed of their papers:
their own words, by the mail that asked, and of opinions that were collected too

Revision ID: c3e81f6a42d7
Revises: ee05f4b5149a
"""

import sqlalchemy as sa
from alembic import op

revision = 'c3e81f6a42d7'
down_revision = 'ee05f4b5149a'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('paper_pile') as batch_op:
        batch_op.add_column(sa.Column('collection_id', sa.Uuid(), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_paper_pile_collection_id'), 'collection', ['collection_id'], ['id'])
        batch_op.create_index(batch_op.f('ix_paper_pile_collection_id'), ['collection_id'])
    with op.batch_alter_table('typing_check') as batch_op:
        batch_op.add_column(sa.Column('texts', sa.JSON(), server_default='{}', nullable=False))
        batch_op.add_column(sa.Column('link', sa.Text(), server_default='', nullable=False))


def downgrade() -> None:
    with op.batch_alter_table('typing_check') as batch_op:
        batch_op.drop_column('link')
        batch_op.drop_column('texts')
    with op.batch_alter_table('paper_pile') as batch_op:
        batch_op.drop_index(batch_op.f('ix_paper_pile_collection_id'))
        batch_op.drop_constraint(batch_op.f('fk_paper_pile_collection_id'), type_='foreignkey')
        batch_op.drop_column('collection_id')
