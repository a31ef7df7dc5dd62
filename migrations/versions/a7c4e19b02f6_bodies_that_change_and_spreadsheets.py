"""bodies that merge and split, that were typed in, their standing; deputies; spreadsheets that are looked at first

Revision ID: a7c4e19b02f6
Revises: d74fa1c3e805
"""

import sqlalchemy as sa
from alembic import op

revision = 'a7c4e19b02f6'
down_revision = '9c41e7d3a5b2'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('organisation') as batch_op:
        batch_op.add_column(sa.Column('standing', sa.String(40), nullable=True))
        batch_op.add_column(sa.Column('typed_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('typed_by_id', sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column('confirmed_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_organisation_typed_by_id'), 'app_user', ['typed_by_id'], ['id'])
    for table in ('membership', 'role_proposal'):
        with op.batch_alter_table(table) as batch_op:
            batch_op.add_column(sa.Column('deputy_for_id', sa.Uuid(), nullable=True))
            batch_op.create_foreign_key(batch_op.f(f'fk_{table}_deputy_for_id'), 'app_user', ['deputy_for_id'], ['id'])
    op.create_table('body_change', *_columns_of_a_change())
    op.create_index(op.f('ix_body_change_organisation_id'), 'body_change', ['organisation_id'])
    op.create_table('spreadsheet_upload', *_columns_of_an_upload())


def downgrade() -> None:
    op.drop_table('spreadsheet_upload')
    op.drop_index(op.f('ix_body_change_organisation_id'), 'body_change')
    op.drop_table('body_change')
    for table in ('role_proposal', 'membership'):
        with op.batch_alter_table(table) as batch_op:
            batch_op.drop_constraint(batch_op.f(f'fk_{table}_deputy_for_id'), type_='foreignkey')
            batch_op.drop_column('deputy_for_id')
    with op.batch_alter_table('organisation') as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_organisation_typed_by_id'), type_='foreignkey')
        for column in ('confirmed_at', 'typed_by_id', 'typed_at', 'standing'):
            batch_op.drop_column(column)


def _columns_of_a_change() -> list[sa.schema.SchemaItem]:
    keys = {'organisation_id': 'organisation', 'by_id': 'app_user', 'undone_by_id': 'app_user'}
    return [
        sa.Column('id', sa.Uuid(), nullable=False),
        sa.Column('kind', sa.String(40), nullable=False),
        sa.Column('organisation_id', sa.Uuid(), nullable=False),
        sa.Column('on', sa.Date(), nullable=False),
        sa.Column('source', sa.Text(), nullable=False),
        sa.Column('at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('by_id', sa.Uuid(), nullable=True),
        sa.Column('moved', sa.JSON(none_as_null=True), nullable=False),
        sa.Column('undone_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('undone_by_id', sa.Uuid(), nullable=True),
        *(
            sa.ForeignKeyConstraint([column], [f'{table}.id'], name=op.f(f'fk_body_change_{column}'))
            for column, table in keys.items()
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_body_change')),
    ]


def _columns_of_an_upload() -> list[sa.schema.SchemaItem]:
    return [
        sa.Column('id', sa.Uuid(), nullable=False),
        sa.Column('kind', sa.String(40), nullable=False),
        sa.Column('name', sa.Text(), nullable=False),
        sa.Column('at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('by_id', sa.Uuid(), nullable=False),
        sa.Column('sheets', sa.JSON(none_as_null=True), nullable=False),
        sa.Column('mapped', sa.JSON(none_as_null=True), nullable=False),
        sa.Column('written_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('written', sa.JSON(none_as_null=True), nullable=False),
        sa.ForeignKeyConstraint(['by_id'], ['app_user.id'], name=op.f('fk_spreadsheet_upload_by_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_spreadsheet_upload')),
    ]
