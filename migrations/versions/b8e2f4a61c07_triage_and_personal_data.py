"""tags and rules of a desk, and what people ask of the data they left

Revision ID: b8e2f4a61c07
Revises: 5d0e8b71f2a6
"""

import sqlalchemy as sa
from alembic import op

revision = 'b8e2f4a61c07'
down_revision = '5d0e8b71f2a6'
branch_labels = None
depends_on = None

KEY = 'fk_assignment_consultation_id_rule_id'


def upgrade() -> None:
    _create('tag', _id(), _number(), _text('name'), _text('folded'), *_done(), unique=('number', 'folded'))
    _create(
        'triage_rule', _id(), _number(),
        sa.Column('document', sa.Integer(), nullable=True), sa.Column('revision', sa.Integer(), nullable=True),
        _text('path'), _text('kind'), _uuid('tag_id', True), _uuid('unit_id', True), _uuid('user_id', True),
        _uuid('set_tag_id', True), *_done(), sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
        _uuid('ended_by_id', True), unique=('number',), within={'tag_id': 'tag', 'set_tag_id': 'tag'},
        keys={'unit_id': 'unit', 'user_id': 'app_user', 'ended_by_id': 'app_user'},
    )
    _create(
        'comment_tag', _uuid('comment_id'), _uuid('tag_id'), *_done(), _uuid('rule_id', True),
        primary=('comment_id', 'tag_id'), within={'tag_id': 'tag', 'comment_id': 'comment', 'rule_id': 'triage_rule'},
    )
    _create(
        'data_request', _id(), _number(), _uuid('submission_id'), _coded('kind'), _text('said'), _coded('checked'),
        *_done(True), unique=('number',), within={'submission_id': 'submission'},
    )
    _create(
        'data_request_act', _id(), _uuid('request_id'), _coded('kind'),
        sa.Column('scope', sa.JSON(), nullable=False), _text('reason'), *_done(), within={'request_id': 'data_request'},
    )
    _create('set_apart_reading', _id(), _uuid('comment_id'), *_done(), within={'comment_id': 'comment'})
    for table, column in (('set_apart_reading', 'comment_id'), ('comment_tag', 'tag_id'), ('data_request', 'submission_id'), ('data_request_act', 'request_id')):
        op.create_index(op.f(f'ix_{table}_consultation_id_{column}'), table, ['consultation_id', column])
    with op.batch_alter_table('assignment') as batch_op:
        batch_op.add_column(sa.Column('reason', sa.Text(), server_default='', nullable=False))
        batch_op.add_column(sa.Column('rule_id', sa.Uuid(), nullable=True))
        batch_op.create_foreign_key(
            op.f(KEY), 'triage_rule', ['consultation_id', 'rule_id'], ['consultation_id', 'id'],
            initially='DEFERRED', deferrable=True,
        )
    with op.batch_alter_table('sender_question') as batch_op:
        batch_op.alter_column('salt', existing_type=sa.LargeBinary(), nullable=True)


def downgrade() -> None:
    # The salt of a question that was erased stays away: no other would be true.
    with op.batch_alter_table('assignment') as batch_op:
        batch_op.drop_constraint(op.f(KEY), type_='foreignkey')
        batch_op.drop_column('rule_id')
        batch_op.drop_column('reason')
    for table in ('set_apart_reading', 'data_request_act', 'data_request', 'comment_tag', 'triage_rule', 'tag'):
        op.drop_table(table)


def _create(table, *columns, unique=(), primary=('id',), within=None, keys=None):
    """A table of a matter: its keys begin with `consultation_id`; `within` are keys to others of the same matter."""
    whole = [
        op.f(f'pk_{table}'), op.f(f'fk_{table}_consultation_id'),
    ]
    others = {'by_id': 'app_user', **(keys or {})}
    op.create_table(
        table,
        sa.Column('consultation_id', sa.Uuid(), nullable=False),
        *columns,
        sa.PrimaryKeyConstraint('consultation_id', *primary, name=whole[0]),
        sa.ForeignKeyConstraint(['consultation_id'], ['consultation.id'], name=whole[1]),
        *(
            sa.ForeignKeyConstraint([name], [f'{to}.id'], name=op.f(f'fk_{table}_{name}'))
            for name, to in others.items()
        ),
        *(
            sa.ForeignKeyConstraint(
                ['consultation_id', name], [f'{to}.consultation_id', f'{to}.id'],
                name=op.f(f'fk_{table}_consultation_id_{name}'), initially='DEFERRED', deferrable=True,
            )
            for name, to in (within or {}).items()
        ),
        *(
            sa.UniqueConstraint('consultation_id', name, name=op.f(f'uq_{table}_consultation_id_{name}'))
            for name in unique
        ),
    )


def _id():
    return _uuid('id')


def _number():
    return sa.Column('number', sa.Integer(), nullable=False)


def _uuid(name, nullable=False):
    return sa.Column(name, sa.Uuid(), nullable=nullable)


def _text(name):
    return sa.Column(name, sa.Text(), nullable=False)


def _coded(name):
    return sa.Column(name, sa.String(length=40), nullable=False)


def _done(nullable=False):
    return sa.Column('at', sa.DateTime(timezone=True), nullable=False), _uuid('by_id', nullable)
