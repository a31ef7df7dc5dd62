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

CHECK = 'collected_typing_check'


def upgrade() -> None:
    with op.batch_alter_table('paper_pile') as batch_op:
        batch_op.add_column(sa.Column('collection_id', sa.Uuid(), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_paper_pile_collection_id'), 'collection', ['collection_id'], ['id'])
        batch_op.create_index(batch_op.f('ix_paper_pile_collection_id'), ['collection_id'])
    with op.batch_alter_table('typing_check') as batch_op:
        batch_op.add_column(sa.Column('texts', sa.JSON(), server_default='{}', nullable=False))
        batch_op.add_column(sa.Column('link', sa.Text(), server_default='', nullable=False))
    op.create_table(
        CHECK,
        sa.Column('id', sa.Uuid(), nullable=False),
        sa.Column('gathering_id', sa.Uuid(), nullable=False),
        sa.Column('opinion_id', sa.Uuid(), nullable=False),
        sa.Column('at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('right', sa.Boolean(), nullable=False),
        sa.Column('said', sa.Text(), nullable=False),
        sa.Column('texts', sa.JSON(), nullable=False),
        sa.Column('settled_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('settled_by_id', sa.Uuid(), nullable=True),
        sa.Column('settled_reason', sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(['gathering_id'], ['gathering.id'], name=op.f(f'fk_{CHECK}_gathering_id')),
        sa.ForeignKeyConstraint(['opinion_id'], ['collected_opinion.id'], name=op.f(f'fk_{CHECK}_opinion_id')),
        sa.ForeignKeyConstraint(['settled_by_id'], ['app_user.id'], name=op.f(f'fk_{CHECK}_settled_by_id')),
        sa.PrimaryKeyConstraint('id', name=op.f(f'pk_{CHECK}')),
    )
    op.create_index(op.f(f'ix_{CHECK}_gathering_id'), CHECK, ['gathering_id'])
    op.create_index(op.f(f'ix_{CHECK}_opinion_id'), CHECK, ['opinion_id'])


def downgrade() -> None:
    op.drop_table(CHECK)
    with op.batch_alter_table('typing_check') as batch_op:
        batch_op.drop_column('link')
        batch_op.drop_column('texts')
    with op.batch_alter_table('paper_pile') as batch_op:
        batch_op.drop_index(batch_op.f('ix_paper_pile_collection_id'))
        batch_op.drop_constraint(batch_op.f('fk_paper_pile_collection_id'), type_='foreignkey')
        batch_op.drop_column('collection_id')
