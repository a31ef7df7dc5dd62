"""a second administrator

Roles that wait to be confirmed, what was changed about how people sign in, and which invitation is good.

Revision ID: e5b07c3d91fa
Revises: c7d1f0a4e852
"""

import sqlalchemy as sa
from alembic import op

revision = 'e5b07c3d91fa'
down_revision = 'd2b86f0c9a17'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('app_user', sa.Column('invitation', sa.Integer(), nullable=False, server_default='0'))
    op.create_table(
        'account_change',
        sa.Column('id', sa.Uuid(), nullable=False),
        sa.Column('user_id', sa.Uuid(), nullable=False),
        sa.Column('at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('what', sa.Text(), nullable=False),
        sa.Column('by_id', sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(['by_id'], ['app_user.id'], name=op.f('fk_account_change_by_id_app_user')),
        sa.ForeignKeyConstraint(['user_id'], ['app_user.id'], name=op.f('fk_account_change_user_id_app_user')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_account_change')),
    )
    op.create_index(op.f('ix_account_change_user_id'), 'account_change', ['user_id'])
    op.create_table('role_proposal', *_columns_of_a_proposal())


def downgrade() -> None:
    op.drop_table('role_proposal')
    op.drop_index(op.f('ix_account_change_user_id'), 'account_change')
    op.drop_table('account_change')
    with op.batch_alter_table('app_user') as batch_op:
        batch_op.drop_column('invitation')


def _columns_of_a_proposal() -> list[sa.schema.SchemaItem]:
    keys = {
        'user_id': 'app_user', 'organisation_id': 'organisation', 'unit_id': 'unit', 'proposed_by_id': 'app_user',
        'settled_by_id': 'app_user', 'membership_id': 'membership',
    }  # fmt: skip
    return [
        sa.Column('id', sa.Uuid(), nullable=False),
        sa.Column('user_id', sa.Uuid(), nullable=False),
        sa.Column('organisation_id', sa.Uuid(), nullable=False),
        sa.Column('unit_id', sa.Uuid(), nullable=True),
        sa.Column('role', sa.String(40), nullable=False),
        sa.Column('since', sa.DateTime(timezone=True), nullable=False),
        sa.Column('until', sa.DateTime(timezone=True), nullable=True),
        sa.Column('proposed_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('proposed_by_id', sa.Uuid(), nullable=False),
        sa.Column('settled_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('settled_by_id', sa.Uuid(), nullable=True),
        sa.Column('settlement', sa.String(40), nullable=True),
        sa.Column('membership_id', sa.Uuid(), nullable=True),
        *(
            sa.ForeignKeyConstraint([column], [f'{table}.id'], name=op.f(f'fk_role_proposal_{column}_{table}'))
            for column, table in keys.items()
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_role_proposal')),
    ]
