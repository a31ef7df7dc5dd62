"""places that comments were moved to, beside those they were received with

Revision ID: a41d7e52c9b3
Revises: 5d8a17c3e6f2
"""

import sqlalchemy as sa
from alembic import op

revision = 'a41d7e52c9b3'
down_revision = '5d8a17c3e6f2'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('comment', sa.Column('moved_from', sa.String(length=40), nullable=True))
    op.create_table(
        'comment_place',
        sa.Column('comment_id', sa.Uuid(), nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.Column('act_id', sa.Uuid(), nullable=True),
        sa.Column('document_id', sa.Uuid(), nullable=True),
        sa.Column('revision_id', sa.Uuid(), nullable=True),
        sa.Column('provision_id', sa.Uuid(), nullable=True),
        sa.Column('page_id', sa.Uuid(), nullable=True),
        sa.Column('path', sa.Text(), nullable=False),
        sa.Column('consultation_id', sa.Uuid(), nullable=False),
        sa.Column('id', sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ['consultation_id'], ['consultation.id'], name=op.f('fk_comment_place_consultation_id')
        ),
        _key('comment', 'comment_id'),
        _key('comment_act', 'act_id'),
        _key('document', 'document_id'),
        _key('revision', 'revision_id'),
        _key('provision', 'provision_id'),
        _key('page', 'page_id'),
        sa.PrimaryKeyConstraint('consultation_id', 'id', name=op.f('pk_comment_place')),
        sa.UniqueConstraint(
            'consultation_id', 'comment_id', 'version', name=op.f('uq_comment_place_consultation_id_comment_id_version')
        ),
    )


def downgrade() -> None:
    op.drop_table('comment_place')
    op.drop_column('comment', 'moved_from')


def _key(target: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ['consultation_id', column],
        [f'{target}.consultation_id', f'{target}.id'],
        name=op.f(f'fk_comment_place_consultation_id_{column}'),
        initially='DEFERRED',
        deferrable=True,
    )
