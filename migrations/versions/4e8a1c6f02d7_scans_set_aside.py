"""scans set aside

Revision ID: 4e8a1c6f02d7
Revises: 4c8a1e6f20b9
"""

import sqlalchemy as sa
from alembic import op

revision = '4e8a1c6f02d7'
down_revision = '4c8a1e6f20b9'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('attachment', schema=None) as batch_op:
        batch_op.add_column(sa.Column('set_aside_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('set_aside_by_id', sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column('set_aside_reason', sa.Text(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f('fk_attachment_set_aside_by_id'), 'app_user', ['set_aside_by_id'], ['id']
        )


def downgrade() -> None:
    with op.batch_alter_table('attachment', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_attachment_set_aside_by_id'), type_='foreignkey')
        batch_op.drop_column('set_aside_reason')
        batch_op.drop_column('set_aside_by_id')
        batch_op.drop_column('set_aside_at')
