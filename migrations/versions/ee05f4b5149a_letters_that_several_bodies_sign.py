"""letters that several bodies sign

Revision ID: ee05f4b5149a
Revises: 9c41d7e0b25f
"""

import sqlalchemy as sa
from alembic import op

revision = 'ee05f4b5149a'
down_revision = '9c41d7e0b25f'
branch_labels = None
depends_on = None

TABLE = 'organisation_draft_cosigner'


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column('draft_id', sa.Uuid(), nullable=False),
        sa.Column('organisation_id', sa.Uuid(), nullable=False),
        sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('asked_by_id', sa.Uuid(), nullable=False),
        sa.Column('agreed', sa.Boolean(), nullable=True),
        sa.Column('digest', sa.Text(), nullable=False),
        sa.Column('reason', sa.Text(), nullable=False),
        sa.Column('settled_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('settled_by_id', sa.Uuid(), nullable=True),
        sa.Column('taken_off_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('consultation_id', sa.Uuid(), nullable=False),
        sa.Column('id', sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f(f'fk_{TABLE}_organisation_id')),
        sa.ForeignKeyConstraint(['asked_by_id'], ['app_user.id'], name=op.f(f'fk_{TABLE}_asked_by_id')),
        sa.ForeignKeyConstraint(['settled_by_id'], ['app_user.id'], name=op.f(f'fk_{TABLE}_settled_by_id')),
        sa.ForeignKeyConstraint(
            ['consultation_id', 'draft_id'],
            ['organisation_draft.consultation_id', 'organisation_draft.id'],
            name=op.f(f'fk_{TABLE}_consultation_id_draft_id'),
            initially='DEFERRED',
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(['consultation_id'], ['consultation.id'], name=op.f(f'fk_{TABLE}_consultation_id')),
        sa.PrimaryKeyConstraint('consultation_id', 'id', name=op.f(f'pk_{TABLE}')),
        sa.UniqueConstraint(
            'consultation_id', 'draft_id', 'organisation_id',
            name=op.f(f'uq_{TABLE}_consultation_id_draft_id_organisation_id'),
        ),
    )
    op.create_index(op.f(f'ix_{TABLE}_organisation_id'), TABLE, ['organisation_id'])
    with op.batch_alter_table('submission') as batch_op:
        batch_op.add_column(sa.Column('cosigned', sa.JSON(), server_default='[]', nullable=False))


def downgrade() -> None:
    with op.batch_alter_table('submission') as batch_op:
        batch_op.drop_column('cosigned')
    op.drop_table(TABLE)
