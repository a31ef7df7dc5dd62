"""the text that was issued

Revision ID: f3a96c18d0b7
Revises: d7e20b45c918
"""

import sqlalchemy as sa
from alembic import op

revision = 'f3a96c18d0b7'
down_revision = 'd7e20b45c918'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('issued_text',
    sa.Column('revision_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Text(), nullable=False),
    sa.Column('issued_on', sa.Date(), nullable=False),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_id', sa.Uuid(), nullable=False),
    sa.Column('consultation_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['app_user.id'], name=op.f('fk_issued_text_by_id')),
    sa.ForeignKeyConstraint(['consultation_id', 'revision_id'], ['revision.consultation_id', 'revision.id'], name=op.f('fk_issued_text_consultation_id_revision_id'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['consultation_id'], ['consultation.id'], name=op.f('fk_issued_text_consultation_id')),
    sa.PrimaryKeyConstraint('consultation_id', name=op.f('pk_issued_text'))
    )


def downgrade() -> None:
    op.drop_table('issued_text')
