"""the words of comments for the lists of the desk, and indexes of what these lists count by

Revision ID: 5d1e8c40b7f2
Revises: c62f18a9d7b0
"""

import sqlalchemy as sa
from alembic import op

revision = '5d1e8c40b7f2'
down_revision = 'c62f18a9d7b0'
branch_labels = None
depends_on = None

ENDING = sa.text("effective_at IS NOT NULL AND kind IN ('withdrawn', 'invalid', 'split', 'passed_on', 'answered')")
SHOWING = sa.text("kind IN ('released', 'redacted', 'withheld', 'quarantined')")
UNDECIDED = sa.text('effective_at IS NULL AND refused_at IS NULL')
OF_A_COMMENT = sa.text('comment_id IS NOT NULL')
INDEXES = (
    ('comment_act', ['consultation_id', 'comment_id', 'kind'], ENDING),
    ('comment_act', ['consultation_id', 'comment_id', 'effective_at', 'id', 'kind'], SHOWING),
    ('comment_act', ['consultation_id', 'by_id', 'comment_id'], UNDECIDED),
    ('attachment', ['consultation_id', 'comment_id'], OF_A_COMMENT),
)


def upgrade() -> None:
    op.create_table(
        'kept_word',
        sa.Column('consultation_id', sa.Uuid(), nullable=False),
        sa.Column('word', sa.Text(), nullable=False),
        sa.Column('block', sa.Integer(), autoincrement=False, nullable=False),
        sa.Column('bits', sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ['consultation_id'], ['consultation.id'], name=op.f('fk_kept_word_consultation_id')
        ),
        sa.PrimaryKeyConstraint('consultation_id', 'word', 'block', name=op.f('pk_kept_word')),
    )
    op.create_index(
        op.f('ix_kept_word_consultation_id_block'), 'kept_word', ['consultation_id', 'block'], unique=False
    )
    for table, columns, only in INDEXES:
        op.create_index(
            _named(table, columns), table, columns, unique=False, sqlite_where=only, postgresql_where=only
        )


def downgrade() -> None:
    for table, columns, _only in INDEXES:
        op.drop_index(_named(table, columns), table_name=table)
    op.drop_table('kept_word')


def _named(table: str, columns: list[str]) -> str:
    return f'ix_{table}_{"_".join(columns)}'
