"""what is joined is found by an index

Revision ID: 5d0e8b71f2a6
Revises: a41d7c0e93b5
"""

import sqlalchemy as sa
from alembic import op

revision = '5d0e8b71f2a6'
down_revision = 'a41d7c0e93b5'
branch_labels = None
depends_on = None

A_PART = sa.text('split_from_id IS NOT NULL')
INDEXES = {
    'response_publication': ('consultation_id', 'version_id'),
    'period_extension': ('consultation_id', 'period_id'),
    'planned_critique': ('plan_id',),
    'unit': ('organisation_id',),
}


def upgrade() -> None:
    for table, columns in INDEXES.items():
        op.create_index(_named(table, columns), table, list(columns))
    op.create_index(
        _named('comment', ('consultation_id', 'split_from_id')), 'comment', ['consultation_id', 'split_from_id'],
        sqlite_where=A_PART, postgresql_where=A_PART,
    )


def downgrade() -> None:
    op.drop_index(_named('comment', ('consultation_id', 'split_from_id')), table_name='comment')
    for table, columns in INDEXES.items():
        op.drop_index(_named(table, columns), table_name=table)


def _named(table: str, columns: tuple[str, ...]) -> str:
    return f'ix_{table}_{"_".join(columns)}'
