"""how a body is reached, places as they were said, new codes for lost ones

Revision ID: 8c21f6d4a7e3
Revises: b7d40e95c216
"""

import sqlalchemy as sa
from alembic import op

revision = '8c21f6d4a7e3'
down_revision = 'b7d40e95c216'
branch_labels = None
depends_on = None

REACH = ('address', 'telephone', 'hours', 'mail')


def upgrade() -> None:
    with op.batch_alter_table('organisation') as batch:
        for name in REACH:
            batch.add_column(sa.Column(name, sa.Text(), server_default='', nullable=False))
    with op.batch_alter_table('submission') as batch:
        batch.add_column(sa.Column('place_said', sa.Text(), server_default='', nullable=False))
        batch.add_column(sa.Column('mail_code', sa.Text(), server_default='', nullable=False))
    op.create_table(
        'codes_issued',
        sa.Column('submission_id', sa.Uuid(), nullable=False),
        sa.Column('at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('by_id', sa.Uuid(), nullable=False),
        sa.Column('checked', sa.Text(), nullable=False),
        sa.Column('reason', sa.Text(), nullable=False),
        sa.Column('consultation_id', sa.Uuid(), nullable=False),
        sa.Column('id', sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(['by_id'], ['app_user.id'], name=op.f('fk_codes_issued_by_id')),
        sa.ForeignKeyConstraint(
            ['consultation_id', 'submission_id'],
            ['submission.consultation_id', 'submission.id'],
            name=op.f('fk_codes_issued_consultation_id_submission_id'),
            initially='DEFERRED',
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ['consultation_id'], ['consultation.id'], name=op.f('fk_codes_issued_consultation_id')
        ),
        sa.PrimaryKeyConstraint('consultation_id', 'id', name=op.f('pk_codes_issued')),
    )
    with op.batch_alter_table('codes_issued') as batch:
        batch.create_index(
            batch.f('ix_codes_issued_consultation_id_submission_id'), ['consultation_id', 'submission_id']
        )


def downgrade() -> None:
    op.drop_table('codes_issued')
    with op.batch_alter_table('submission') as batch:
        batch.drop_column('mail_code')
        batch.drop_column('place_said')
    with op.batch_alter_table('organisation') as batch:
        for name in reversed(REACH):
            batch.drop_column(name)
