"""sheets laid before a leader

Revision ID: 249680844cb8
Revises: 3194d3c65e4e
"""

import sqlalchemy as sa
from alembic import op

revision = '249680844cb8'
down_revision = '3194d3c65e4e'
branch_labels = None
depends_on = None

TABLE = 'approval_sheet'
KEY = 'fk_response_approval_consultation_id_sheet_id'


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column('number', sa.Integer(), nullable=False),
        sa.Column('hash', sa.Text(), nullable=False),
        sa.Column('entries', sa.JSON(), nullable=False),
        sa.Column('at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('by_id', sa.Uuid(), nullable=False),
        sa.Column('consultation_id', sa.Uuid(), nullable=False),
        sa.Column('id', sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(['by_id'], ['app_user.id'], name=op.f(f'fk_{TABLE}_by_id')),
        sa.ForeignKeyConstraint(['consultation_id'], ['consultation.id'], name=op.f(f'fk_{TABLE}_consultation_id')),
        sa.PrimaryKeyConstraint('consultation_id', 'id', name=op.f(f'pk_{TABLE}')),
        sa.UniqueConstraint('consultation_id', 'number', name=op.f(f'uq_{TABLE}_consultation_id_number')),
    )
    with op.batch_alter_table('response_approval') as batch_op:
        batch_op.add_column(sa.Column('sheet_id', sa.Uuid(), nullable=True))
        batch_op.create_foreign_key(
            op.f(KEY), TABLE, ['consultation_id', 'sheet_id'], ['consultation_id', 'id'],
            initially='DEFERRED', deferrable=True,
        )


def downgrade() -> None:
    with op.batch_alter_table('response_approval') as batch_op:
        batch_op.drop_constraint(op.f(KEY), type_='foreignkey')
        batch_op.drop_column('sheet_id')
    op.drop_table(TABLE)
