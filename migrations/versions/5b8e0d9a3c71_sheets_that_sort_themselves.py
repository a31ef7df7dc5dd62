"""printed forms whose sheets sort themselves, the piles of scans in which they come back, and what senders say of what
was typed of their papers

Revision ID: 5b8e0d9a3c71
Revises: 7c1e5ad20b93
"""

import sqlalchemy as sa
from alembic import op

revision = '5b8e0d9a3c71'
down_revision = 'e9aad1a4af8b'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'paper_form',
        sa.Column('id', sa.Uuid(), nullable=False),
        sa.Column('tag', sa.Text(), nullable=False),
        *_of_somebody('paper_form'),
        sa.Column('clauses', sa.JSON(), nullable=False),
        sa.Column('sheets', sa.Integer(), nullable=False),
        sa.Column('key_mark', sa.Text(), nullable=False),
        sa.Column('printed_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('printed_by_id', sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(['printed_by_id'], ['app_user.id'], name=op.f('fk_paper_form_printed_by_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_paper_form')),
        sa.UniqueConstraint('tag', name=op.f('uq_paper_form_tag')),
    )
    op.create_table(
        'paper_pile',
        sa.Column('id', sa.Uuid(), nullable=False),
        *_of_somebody('paper_pile'),
        sa.Column('files', sa.JSON(), nullable=False),
        sa.Column('received_on', sa.Date(), nullable=False),
        sa.Column('received_reason', sa.Text(), nullable=False),
        sa.Column('added_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('added_by_id', sa.Uuid(), nullable=True),
        sa.Column('file_at', sa.Integer(), nullable=False),
        sa.Column('picture_at', sa.Integer(), nullable=False),
        sa.Column('lost', sa.Integer(), nullable=False),
        sa.Column('finished_at', sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(['added_by_id'], ['app_user.id'], name=op.f('fk_paper_pile_added_by_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_paper_pile')),
    )
    op.create_table('scanned_page', *_columns_of_a_page())
    op.create_index(op.f('ix_scanned_page_tag_sheet'), 'scanned_page', ['tag', 'sheet'])
    op.create_table('typing_check', *_columns_of_a_check())
    op.create_index(op.f('ix_typing_check_consultation_id_submission_id'), 'typing_check', ['consultation_id', 'submission_id'])
    for table in ('paper_form', 'paper_pile'):
        for column in ('consultation_id', 'branch_id'):
            op.create_index(op.f(f'ix_{table}_{column}'), table, [column])


def downgrade() -> None:
    for table in ('typing_check', 'scanned_page', 'paper_pile', 'paper_form'):
        op.drop_table(table)


def _of_somebody(table: str) -> tuple[sa.schema.SchemaItem, ...]:
    return (
        sa.Column('consultation_id', sa.Uuid(), nullable=True),
        sa.Column('branch_id', sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(['consultation_id'], ['consultation.id'], name=op.f(f'fk_{table}_consultation_id')),
        sa.ForeignKeyConstraint(['branch_id'], ['collection_branch.id'], name=op.f(f'fk_{table}_branch_id')),
    )


def _columns_of_a_page() -> tuple[sa.schema.SchemaItem, ...]:
    return (
        sa.Column('id', sa.Uuid(), nullable=False),
        sa.Column('pile_id', sa.Uuid(), nullable=False),
        sa.Column('position', sa.Integer(), nullable=False),
        sa.Column('file', sa.Integer(), nullable=False),
        sa.Column('picture', sa.Integer(), nullable=False),
        sa.Column('tag', sa.Text(), nullable=False),
        sa.Column('sheet', sa.Integer(), nullable=False),
        sa.Column('page', sa.Integer(), nullable=False),
        sa.Column('codes', sa.Integer(), nullable=False),
        sa.Column('ticks', sa.JSON(), nullable=False),
        sa.Column('picture_hash', sa.Text(), nullable=False),
        sa.Column('cuts', sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(['pile_id'], ['paper_pile.id'], name=op.f('fk_scanned_page_pile_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_scanned_page')),
        sa.UniqueConstraint('pile_id', 'position', name=op.f('uq_scanned_page_pile_id_position')),
    )


def _columns_of_a_check() -> tuple[sa.schema.SchemaItem, ...]:
    return (
        sa.Column('consultation_id', sa.Uuid(), nullable=False),
        sa.Column('id', sa.Uuid(), nullable=False),
        sa.Column('submission_id', sa.Uuid(), nullable=False),
        sa.Column('at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('right', sa.Boolean(), nullable=False),
        sa.Column('said', sa.Text(), nullable=False),
        sa.Column('settled_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('settled_by_id', sa.Uuid(), nullable=True),
        sa.Column('settled_reason', sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ['consultation_id'], ['consultation.id'], name=op.f('fk_typing_check_consultation_id')
        ),
        sa.ForeignKeyConstraint(
            ['consultation_id', 'submission_id'],
            ['submission.consultation_id', 'submission.id'],
            name=op.f('fk_typing_check_consultation_id_submission_id'),
            initially='DEFERRED',
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(['settled_by_id'], ['app_user.id'], name=op.f('fk_typing_check_settled_by_id')),
        sa.PrimaryKeyConstraint('consultation_id', 'id', name=op.f('pk_typing_check')),
    )
