"""groups of like comments

Revision ID: 3f7a90c2d15e
Revises: d01cae0f49ce
"""

import sqlalchemy as sa
from alembic import op

revision = '3f7a90c2d15e'
down_revision = 'd01cae0f49ce'
branch_labels = None
depends_on = None
# Nothing was ever written to them.
forgets = (
    *(f'similar_group.{column}' for column in ('id', 'consultation_id', 'name', 'confirmed_at', 'confirmed_by_id')),
    'similar_group_member',
)


def upgrade() -> None:
    op.drop_table('similar_group_member')
    op.drop_table('similar_group')
    op.create_table(
        'similar_group',
        sa.Column('number', sa.Integer(), nullable=False),
        sa.Column('sample_id', sa.Uuid(), nullable=True),
        sa.Column('leaning', sa.Integer(), nullable=False),
        sa.Column('sketch_size', sa.Integer(), nullable=False),
        sa.Column('size', sa.Integer(), nullable=False),
        sa.Column('confirmed_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('confirmed_by_id', sa.Uuid(), nullable=True),
        *_ids('similar_group'),
        _key('similar_group', 'comment', 'sample_id'),
        sa.ForeignKeyConstraint(['confirmed_by_id'], ['app_user.id'], name=op.f('fk_similar_group_confirmed_by_id')),
        sa.UniqueConstraint('consultation_id', 'number', name=op.f('uq_similar_group_consultation_id_number')),
    )
    op.create_index(op.f('ix_similar_group_consultation_id_size'), 'similar_group', ['consultation_id', 'size'])
    op.create_table(
        'similar_member',
        sa.Column('comment_id', sa.Uuid(), nullable=False),
        sa.Column('group_id', sa.Uuid(), nullable=False),
        sa.Column('said', sa.Text(), nullable=False),
        sa.Column('words', sa.Text(), nullable=False),
        sa.Column('folded', sa.Text(), nullable=False),
        sa.Column('labels', sa.Text(), nullable=False),
        sa.Column('likeness', sa.String(length=40), nullable=False),
        sa.Column('by_person', sa.Boolean(), nullable=False),
        *_matter('similar_member'),
        _key('similar_member', 'similar_group', 'group_id'),
        _key('similar_member', 'comment', 'comment_id'),
        sa.PrimaryKeyConstraint('consultation_id', 'comment_id', name=op.f('pk_similar_member')),
    )
    for columns in (['group_id', 'said'], ['said'], ['words'], ['folded']):
        name = f'ix_similar_member_consultation_id_{"_".join(columns)}'
        op.create_index(op.f(name), 'similar_member', ['consultation_id', *columns])
    op.create_table(
        'similar_print',
        sa.Column('print', sa.BigInteger(), nullable=False, autoincrement=False),
        sa.Column('group_id', sa.Uuid(), nullable=False),
        *_matter('similar_print'),
        _key('similar_print', 'similar_group', 'group_id'),
        sa.PrimaryKeyConstraint('consultation_id', 'print', 'group_id', name=op.f('pk_similar_print')),
    )
    op.create_index(op.f('ix_similar_print_consultation_id_group_id'), 'similar_print', ['consultation_id', 'group_id'])
    op.create_table(
        'similar_group_act',
        sa.Column('group_id', sa.Uuid(), nullable=False),
        sa.Column('kind', sa.String(length=40), nullable=False),
        sa.Column('at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('by_id', sa.Uuid(), nullable=False),
        sa.Column('reason', sa.Text(), nullable=False),
        sa.Column('details', sa.JSON(), nullable=False),
        *_ids('similar_group_act'),
        _key('similar_group_act', 'similar_group', 'group_id'),
        sa.ForeignKeyConstraint(['by_id'], ['app_user.id'], name=op.f('fk_similar_group_act_by_id')),
    )
    op.create_index(
        op.f('ix_similar_group_act_consultation_id_group_id'), 'similar_group_act', ['consultation_id', 'group_id']
    )


def downgrade() -> None:
    for table in ('similar_group_act', 'similar_print', 'similar_member', 'similar_group'):
        op.drop_table(table)
    op.create_table(
        'similar_group',
        sa.Column('name', sa.Text(), nullable=False),
        sa.Column('confirmed_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('confirmed_by_id', sa.Uuid(), nullable=True),
        *_ids('similar_group'),
        sa.ForeignKeyConstraint(['confirmed_by_id'], ['app_user.id'], name=op.f('fk_similar_group_confirmed_by_id')),
    )
    op.create_table(
        'similar_group_member',
        sa.Column('comment_id', sa.Uuid(), nullable=False),
        sa.Column('group_id', sa.Uuid(), nullable=False),
        *_matter('similar_group_member'),
        _key('similar_group_member', 'similar_group', 'group_id'),
        _key('similar_group_member', 'comment', 'comment_id'),
        sa.PrimaryKeyConstraint('consultation_id', 'comment_id', name=op.f('pk_similar_group_member')),
    )


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
