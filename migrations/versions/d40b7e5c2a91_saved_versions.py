"""saved versions of what people write together

Revision ID: d40b7e5c2a91
Revises: 0c4f1d7ab2e6
"""

import sqlalchemy as sa
from alembic import op

revision = 'd40b7e5c2a91'
down_revision = '0c4f1d7ab2e6'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('saved_version',
    sa.Column('consultation_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('thing', sa.Text(), nullable=False),
    sa.Column('version', sa.Text(), nullable=False),
    sa.Column('fields', sa.JSON(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_id', sa.Uuid(), nullable=True),
    sa.ForeignKeyConstraint(['by_id'], ['app_user.id'], name=op.f('fk_saved_version_by_id')),
    sa.ForeignKeyConstraint(['consultation_id'], ['consultation.id'], name=op.f('fk_saved_version_consultation_id')),
    sa.PrimaryKeyConstraint('consultation_id', 'id', name=op.f('pk_saved_version'))
    )
    op.create_index(op.f('ix_saved_version_consultation_id_thing'), 'saved_version', ['consultation_id', 'thing'])


def downgrade() -> None:
    op.drop_table('saved_version')
