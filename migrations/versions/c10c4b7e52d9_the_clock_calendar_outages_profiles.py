"""changes of the calendar, outages, and legal profiles that wait for a second administrator

Revision ID: c10c4b7e52d9
Revises: b8e2f4a61c07
"""

import sqlalchemy as sa
from alembic import op

revision = 'c10c4b7e52d9'
down_revision = 'b8e2f4a61c07'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('holiday_change',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('before', sa.JSON(none_as_null=True), nullable=True),
    sa.Column('after', sa.JSON(none_as_null=True), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_id', sa.Uuid(), nullable=True),
    sa.ForeignKeyConstraint(['by_id'], ['app_user.id'], name=op.f('fk_holiday_change_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_holiday_change'))
    )
    op.create_index(op.f('ix_holiday_change_at'), 'holiday_change', ['at'])
    op.create_table('outage',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('starts_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ends_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('observed', sa.Boolean(), nullable=False),
    sa.Column('evidence', sa.Text(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_id', sa.Uuid(), nullable=True),
    sa.Column('taken_back_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('taken_back_by_id', sa.Uuid(), nullable=True),
    sa.Column('taken_back_reason', sa.Text(), server_default='', nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['app_user.id'], name=op.f('fk_outage_by_id')),
    sa.ForeignKeyConstraint(['taken_back_by_id'], ['app_user.id'], name=op.f('fk_outage_taken_back_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_outage'))
    )
    op.create_index(op.f('ix_outage_ends_at'), 'outage', ['ends_at'])
    op.create_table('profile_proposal', *_columns_of_a_profile())
    with op.batch_alter_table('period_extension') as batch_op:
        batch_op.add_column(sa.Column('outage', sa.JSON(none_as_null=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table('period_extension') as batch_op:
        batch_op.drop_column('outage')
    op.drop_table('profile_proposal')
    op.drop_index(op.f('ix_outage_ends_at'), 'outage')
    op.drop_table('outage')
    op.drop_index(op.f('ix_holiday_change_at'), 'holiday_change')
    op.drop_table('holiday_change')


def _columns_of_a_profile() -> list[sa.schema.SchemaItem]:
    keys = {
        'base_id': 'legal_profile', 'proposed_by_id': 'app_user', 'settled_by_id': 'app_user',
        'profile_id': 'legal_profile',
    }
    return [
        sa.Column('id', sa.Uuid(), nullable=False),
        sa.Column('base_id', sa.Uuid(), nullable=False),
        sa.Column('name', sa.Text(), nullable=False),
        sa.Column('valid_from', sa.Date(), nullable=False),
        sa.Column('basis', sa.Text(), nullable=False),
        sa.Column('rules', sa.JSON(none_as_null=True), nullable=False),
        sa.Column('proposed_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('proposed_by_id', sa.Uuid(), nullable=False),
        sa.Column('settled_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('settled_by_id', sa.Uuid(), nullable=True),
        sa.Column('settlement', sa.String(length=40), nullable=True),
        sa.Column('profile_id', sa.Uuid(), nullable=True),
        *(
            sa.ForeignKeyConstraint([column], [f'{table}.id'], name=op.f(f'fk_profile_proposal_{column}'))
            for column, table in keys.items()
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_profile_proposal')),
    ]
