"""signed copies know what was taken back

Revision ID: 6b1f0c2a94de
Revises: e7b2d94c1f60
"""

import sqlalchemy as sa
from alembic import op

revision = '6b1f0c2a94de'
down_revision = 'e7b2d94c1f60'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('signed_copy', sa.Column('taken_back', sa.Integer(), server_default='0', nullable=False))
    # What was made public so far was looked at by nobody under this rule: it goes on as it stands.
    op.execute(
        'UPDATE signed_copy SET taken_back = coalesce((SELECT max(position) FROM taken_back '
        'WHERE taken_back.consultation_id = signed_copy.consultation_id), 0)'
    )


def downgrade() -> None:
    with op.batch_alter_table('signed_copy') as batch_op:
        batch_op.drop_column('taken_back')
