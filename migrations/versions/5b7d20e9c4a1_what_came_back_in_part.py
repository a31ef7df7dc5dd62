"""files that were lost with a database, and amendments brought back from receipts

Of files brought back before, those that could not be had have no row; nothing is told of them.

Revision ID: 5b7d20e9c4a1
Revises: c3d91e07ab54
"""

import sqlalchemy as sa
from alembic import op

revision = '5b7d20e9c4a1'
down_revision = 'c3d91e07ab54'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('attachment') as batch:
        batch.add_column(sa.Column('lost_at', sa.DateTime(timezone=True), nullable=True))
    op.create_table('lost_version',
    sa.Column('version_id', sa.Uuid(), nullable=False),
    sa.Column('epoch', sa.Integer(), nullable=False),
    sa.Column('was', sa.Integer(), nullable=False),
    sa.Column('leaf', sa.LargeBinary(), nullable=False),
    sa.Column('consultation_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['consultation_id', 'version_id'], ['comment_version.consultation_id', 'comment_version.id'], name=op.f('fk_lost_version_consultation_id_version_id'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['consultation_id'], ['consultation.id'], name=op.f('fk_lost_version_consultation_id')),
    sa.PrimaryKeyConstraint('consultation_id', 'version_id', name=op.f('pk_lost_version')),
    sa.UniqueConstraint('consultation_id', 'epoch', 'was', name=op.f('uq_lost_version_consultation_id_epoch_was'))
    )


def downgrade() -> None:
    op.drop_table('lost_version')
    with op.batch_alter_table('attachment') as batch:
        batch.drop_column('lost_at')
