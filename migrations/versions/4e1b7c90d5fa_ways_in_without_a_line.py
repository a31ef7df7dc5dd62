"""ways in without a line: spreadsheets of branches and which rows of them were written; what programs sent

Revision ID: 4e1b7c90d5fa
Revises: 5b8e0d9a3c71
"""

import sqlalchemy as sa
from alembic import op

revision = '4e1b7c90d5fa'
down_revision = '61f09f2111f7'
branch_labels = None
depends_on = None


def upgrade() -> None:
    _create_spreadsheets()
    _create_rows()
    _create_instances()


def downgrade() -> None:
    op.drop_index(op.f('ix_program_instance_branch_id'), 'program_instance')
    op.drop_table('program_instance')
    op.drop_index(op.f('ix_branch_spreadsheet_row_branch_id_content_hash'), 'branch_spreadsheet_row')
    op.drop_table('branch_spreadsheet_row')
    op.drop_index(op.f('ix_branch_spreadsheet_branch_id'), 'branch_spreadsheet')
    op.drop_table('branch_spreadsheet')


def _create_spreadsheets() -> None:
    op.create_table(
        'branch_spreadsheet',
        sa.Column('id', sa.Uuid(), nullable=False),
        sa.Column('branch_id', sa.Uuid(), nullable=False),
        sa.Column('name', sa.Text(), nullable=False),
        sa.Column('at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('by_id', sa.Uuid(), nullable=True),
        sa.Column('sheets', sa.JSON(none_as_null=True), nullable=False),
        sa.Column('mapped', sa.JSON(none_as_null=True), nullable=False),
        sa.Column('written_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('written', sa.JSON(none_as_null=True), nullable=False),
        sa.Column('left', sa.JSON(none_as_null=True), nullable=False),
        sa.ForeignKeyConstraint(
            ['branch_id'], ['collection_branch.id'], name=op.f('fk_branch_spreadsheet_branch_id')
        ),
        sa.ForeignKeyConstraint(['by_id'], ['app_user.id'], name=op.f('fk_branch_spreadsheet_by_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_branch_spreadsheet')),
    )
    op.create_index(op.f('ix_branch_spreadsheet_branch_id'), 'branch_spreadsheet', ['branch_id'])


def _create_rows() -> None:
    op.create_table(
        'branch_spreadsheet_row',
        sa.Column('id', sa.Uuid(), nullable=False),
        sa.Column('branch_id', sa.Uuid(), nullable=False),
        sa.Column('row_hash', sa.Text(), nullable=False),
        sa.Column('content_hash', sa.Text(), nullable=False),
        sa.Column('keyed', sa.Boolean(), nullable=False),
        sa.Column('opinion', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ['branch_id'], ['collection_branch.id'], name=op.f('fk_branch_spreadsheet_row_branch_id')
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_branch_spreadsheet_row')),
        sa.UniqueConstraint('branch_id', 'row_hash', name=op.f('uq_branch_spreadsheet_row_branch_id_row_hash')),
    )
    op.create_index(
        op.f('ix_branch_spreadsheet_row_branch_id_content_hash'), 'branch_spreadsheet_row', ['branch_id', 'content_hash']
    )


def _create_instances() -> None:
    op.create_table(
        'program_instance',
        sa.Column('id', sa.Uuid(), nullable=False),
        sa.Column('collection_id', sa.Uuid(), nullable=False),
        sa.Column('branch_id', sa.Uuid(), nullable=False),
        sa.Column('instance_hash', sa.Text(), nullable=False),
        sa.Column('content_hash', sa.Text(), nullable=False),
        sa.Column('xml', sa.Text(), nullable=False),
        sa.Column('media', sa.JSON(none_as_null=True), nullable=False),
        sa.Column('missing', sa.JSON(none_as_null=True), nullable=False),
        sa.Column('wrong', sa.JSON(none_as_null=True), nullable=False),
        sa.Column('received_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('gathering', sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(['collection_id'], ['collection.id'], name=op.f('fk_program_instance_collection_id')),
        sa.ForeignKeyConstraint(['branch_id'], ['collection_branch.id'], name=op.f('fk_program_instance_branch_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_program_instance')),
        sa.UniqueConstraint(
            'collection_id', 'instance_hash', name=op.f('uq_program_instance_collection_id_instance_hash')
        ),
    )
    op.create_index(op.f('ix_program_instance_branch_id'), 'program_instance', ['branch_id'])
