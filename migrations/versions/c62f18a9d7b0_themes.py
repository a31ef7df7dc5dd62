"""themes of meaning, what people decided about them, and pairs that two people judge

Revision ID: c62f18a9d7b0
Revises: 7b3e19d4c5a8
"""

import sqlalchemy as sa
from alembic import op

revision = 'c62f18a9d7b0'
down_revision = '7b3e19d4c5a8'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'theme',
        sa.Column('number', sa.Integer(), nullable=False),
        sa.Column('name', sa.Text(), nullable=False),
        sa.Column('words', sa.JSON(), nullable=False),
        sa.Column('stance', sa.Text(), nullable=False),
        sa.Column('leaning', sa.Integer(), nullable=False),
        sa.Column('size', sa.Integer(), nullable=False),
        sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('signed_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('signed_by_id', sa.Uuid(), nullable=True),
        *_ids('theme'),
        sa.ForeignKeyConstraint(['signed_by_id'], ['app_user.id'], name=op.f('fk_theme_signed_by_id')),
        sa.UniqueConstraint('consultation_id', 'number', name=op.f('uq_theme_consultation_id_number')),
    )
    op.create_index(
        op.f('ix_theme_consultation_id_size_number'), 'theme', ['consultation_id', 'size', 'number']
    )
    op.create_table(
        'theme_member',
        sa.Column('comment_id', sa.Uuid(), nullable=False),
        sa.Column('theme_id', sa.Uuid(), nullable=False),
        sa.Column('sample_id', sa.Uuid(), nullable=False),
        sa.Column('by_person', sa.Boolean(), nullable=False),
        *_matter('theme_member'),
        _key('theme_member', 'theme', 'theme_id'),
        _key('theme_member', 'comment', 'comment_id'),
        _key('theme_member', 'comment', 'sample_id'),
        sa.PrimaryKeyConstraint('consultation_id', 'comment_id', name=op.f('pk_theme_member')),
    )
    op.create_index(
        op.f('ix_theme_member_consultation_id_theme_id_sample_id'),
        'theme_member',
        ['consultation_id', 'theme_id', 'sample_id'],
    )
    op.create_table(
        'theme_act',
        sa.Column('theme_id', sa.Uuid(), nullable=False),
        sa.Column('kind', sa.String(length=40), nullable=False),
        sa.Column('at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('by_id', sa.Uuid(), nullable=False),
        sa.Column('reason', sa.Text(), nullable=False),
        sa.Column('details', sa.JSON(), nullable=False),
        *_ids('theme_act'),
        _key('theme_act', 'theme', 'theme_id'),
        sa.ForeignKeyConstraint(['by_id'], ['app_user.id'], name=op.f('fk_theme_act_by_id')),
    )
    op.create_index(op.f('ix_theme_act_consultation_id_theme_id'), 'theme_act', ['consultation_id', 'theme_id'])
    op.create_table(
        'theme_pair',
        sa.Column('first_id', sa.Uuid(), nullable=False),
        sa.Column('second_id', sa.Uuid(), nullable=False),
        sa.Column('position', sa.Integer(), nullable=False),
        *_matter('theme_pair'),
        _key('theme_pair', 'comment', 'first_id'),
        _key('theme_pair', 'comment', 'second_id'),
        sa.PrimaryKeyConstraint('consultation_id', 'first_id', 'second_id', name=op.f('pk_theme_pair')),
    )
    op.create_table(
        'theme_judgement',
        sa.Column('first_id', sa.Uuid(), nullable=False),
        sa.Column('second_id', sa.Uuid(), nullable=False),
        sa.Column('by_id', sa.Uuid(), nullable=False),
        sa.Column('same', sa.Boolean(), nullable=False),
        sa.Column('at', sa.DateTime(timezone=True), nullable=False),
        *_matter('theme_judgement'),
        _key('theme_judgement', 'comment', 'first_id'),
        _key('theme_judgement', 'comment', 'second_id'),
        sa.ForeignKeyConstraint(['by_id'], ['app_user.id'], name=op.f('fk_theme_judgement_by_id')),
        sa.PrimaryKeyConstraint(
            'consultation_id', 'first_id', 'second_id', 'by_id', name=op.f('pk_theme_judgement')
        ),
    )


def downgrade() -> None:
    for table in ('theme_judgement', 'theme_pair', 'theme_act', 'theme_member', 'theme'):
        op.drop_table(table)


def _matter(table: str) -> tuple[sa.Column, sa.ForeignKeyConstraint]:
    return (
        sa.Column('consultation_id', sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(['consultation_id'], ['consultation.id'], name=op.f(f'fk_{table}_consultation_id')),
    )


def _ids(table: str) -> tuple[sa.Column, ...]:
    return (
        *_matter(table),
        sa.Column('id', sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint('consultation_id', 'id', name=op.f(f'pk_{table}')),
    )


def _key(table: str, target: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ['consultation_id', column],
        [f'{target}.consultation_id', f'{target}.id'],
        name=op.f(f'fk_{table}_consultation_id_{column}'),
        initially='DEFERRED',
        deferrable=True,
    )
