"""programmes of many parties, and results of protection by commune

Revision ID: f0c7a2915d3e
Revises: e1856f0cd51e
"""

import uuid
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = 'f0c7a2915d3e'
down_revision = 'e1856f0cd51e'
branch_labels = None
depends_on = None

SIDES = ('first', 'second')
AGREED = ('programme', 'year_plan', 'exchange', 'programme_report')
forgets = tuple(
    f'{table}.{side}_agreed_{what}' for table in AGREED for side in SIDES for what in ('at', 'by_id')
)
"""Who agreed when are rows from now on: of two parties the same as they were."""


def upgrade() -> None:
    op.create_table('agreement',
    sa.Column('consultation_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('thing_id', sa.Uuid(), nullable=False),
    sa.Column('body_id', sa.Uuid(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['body_id'], ['organisation.id'], name=op.f('fk_agreement_body_id')),
    sa.ForeignKeyConstraint(['by_id'], ['app_user.id'], name=op.f('fk_agreement_by_id')),
    sa.ForeignKeyConstraint(['consultation_id'], ['consultation.id'], name=op.f('fk_agreement_consultation_id')),
    sa.PrimaryKeyConstraint('consultation_id', 'id', name=op.f('pk_agreement')),
    sa.UniqueConstraint('consultation_id', 'thing_id', 'body_id', name=op.f('uq_agreement_consultation_id_thing_id_body_id'))
    )
    op.create_table('further_party',
    sa.Column('consultation_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('body_id', sa.Uuid(), nullable=False),
    sa.Column('unit', sa.Text(), nullable=False),
    sa.Column('signs_as', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['body_id'], ['organisation.id'], name=op.f('fk_further_party_body_id')),
    sa.ForeignKeyConstraint(['consultation_id'], ['consultation.id'], name=op.f('fk_further_party_consultation_id')),
    sa.PrimaryKeyConstraint('consultation_id', 'id', name=op.f('pk_further_party')),
    sa.UniqueConstraint('consultation_id', 'body_id', name=op.f('uq_further_party_consultation_id_body_id'))
    )
    op.create_index(op.f('ix_further_party_body_id'), 'further_party', ['body_id'])
    _agreements_become_rows()
    for name in AGREED:
        with op.batch_alter_table(name) as batch_op:
            for side in SIDES:
                batch_op.drop_constraint(op.f(f'fk_{name}_{side}_agreed_by_id'), type_='foreignkey')
                batch_op.drop_column(f'{side}_agreed_by_id')
                batch_op.drop_column(f'{side}_agreed_at')
    with op.batch_alter_table('exchange') as batch_op:
        batch_op.add_column(sa.Column('further_leaders', sa.JSON(), server_default='[]', nullable=False))

    op.create_table('indicator_list',
    sa.Column('consultation_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('items', sa.JSON(), nullable=False),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('recorded_by_id', sa.Uuid(), nullable=False),
    sa.Column('released_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('released_by_id', sa.Uuid(), nullable=True),
    sa.ForeignKeyConstraint(['consultation_id'], ['consultation.id'], name=op.f('fk_indicator_list_consultation_id')),
    sa.ForeignKeyConstraint(['recorded_by_id'], ['app_user.id'], name=op.f('fk_indicator_list_recorded_by_id')),
    sa.ForeignKeyConstraint(['released_by_id'], ['app_user.id'], name=op.f('fk_indicator_list_released_by_id')),
    sa.PrimaryKeyConstraint('consultation_id', 'id', name=op.f('pk_indicator_list')),
    sa.UniqueConstraint('consultation_id', 'year', 'version', name=op.f('uq_indicator_list_consultation_id_year_version'))
    )
    op.create_table('indicator_value',
    sa.Column('consultation_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('indicator', sa.Text(), nullable=False),
    sa.Column('area_id', sa.Uuid(), nullable=False),
    sa.Column('body_id', sa.Uuid(), nullable=False),
    sa.Column('value', sa.Text(), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('file_hash', sa.Text(), nullable=False),
    sa.Column('file_name', sa.Text(), nullable=False),
    sa.Column('media_type', sa.Text(), nullable=False),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('recorded_by_id', sa.Uuid(), nullable=False),
    sa.Column('confirmed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('confirmed_by_id', sa.Uuid(), nullable=True),
    sa.Column('refused_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('refused_by_id', sa.Uuid(), nullable=True),
    sa.Column('refused_reason', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['area_id'], ['area.id'], name=op.f('fk_indicator_value_area_id')),
    sa.ForeignKeyConstraint(['body_id'], ['organisation.id'], name=op.f('fk_indicator_value_body_id')),
    sa.ForeignKeyConstraint(['confirmed_by_id'], ['app_user.id'], name=op.f('fk_indicator_value_confirmed_by_id')),
    sa.ForeignKeyConstraint(['consultation_id'], ['consultation.id'], name=op.f('fk_indicator_value_consultation_id')),
    sa.ForeignKeyConstraint(['recorded_by_id'], ['app_user.id'], name=op.f('fk_indicator_value_recorded_by_id')),
    sa.ForeignKeyConstraint(['refused_by_id'], ['app_user.id'], name=op.f('fk_indicator_value_refused_by_id')),
    sa.PrimaryKeyConstraint('consultation_id', 'id', name=op.f('pk_indicator_value')),
    sa.UniqueConstraint('consultation_id', 'number', name=op.f('uq_indicator_value_consultation_id_number'))
    )
    for columns in (['consultation_id', 'year', 'area_id', 'indicator'], ['consultation_id', 'indicator', 'year']):
        op.create_index(op.f(f'ix_indicator_value_{"_".join(columns)}'), 'indicator_value', columns)


def downgrade() -> None:
    """Parties after the first two have no place in the older schema: they and what they agreed to are gone, and what
    still waited for them has to be agreed to anew by the second party."""
    op.drop_table('indicator_value')
    op.drop_table('indicator_list')
    op.execute("DELETE FROM counter WHERE name = 'indicator_value'")
    with op.batch_alter_table('exchange') as batch_op:
        batch_op.drop_column('further_leaders')
    for name in AGREED:
        with op.batch_alter_table(name) as batch_op:
            for side in SIDES:
                batch_op.add_column(sa.Column(f'{side}_agreed_at', sa.DateTime(timezone=True), nullable=True))
                batch_op.add_column(sa.Column(f'{side}_agreed_by_id', sa.Uuid(), nullable=True))
                batch_op.create_foreign_key(
                    op.f(f'fk_{name}_{side}_agreed_by_id'), 'app_user', [f'{side}_agreed_by_id'], ['id']
                )
    _rows_become_agreements()
    op.drop_table('further_party')
    op.drop_table('agreement')


def _table(name: str) -> Any:
    columns = [sa.column('consultation_id', sa.Uuid()), sa.column('id', sa.Uuid()), sa.column('public_at')]
    for side in SIDES:
        columns += [sa.column(f'{side}_agreed_at', sa.DateTime(timezone=True))]
        columns += [sa.column(f'{side}_agreed_by_id', sa.Uuid()), sa.column(f'{side}_party_id', sa.Uuid())]
    return sa.table(name, *columns)


AGREEMENT = sa.table(
    'agreement',
    *(sa.column(name, sa.Uuid()) for name in ('consultation_id', 'id', 'thing_id', 'body_id', 'by_id')),
    sa.column('at', sa.DateTime(timezone=True)),
)


def _agreements_become_rows() -> None:
    """A body that stands on both sides, which no form lets in, agreed once."""
    known: set[Any] = set()
    connection, programme = op.get_bind(), _table('programme')
    for name in AGREED:
        thing = _table(name)
        for side in SIDES:
            at, by = thing.c[f'{side}_agreed_at'], thing.c[f'{side}_agreed_by_id']
            found = programme.alias('own')
            own = sa.select(thing.c.consultation_id, thing.c.id, found.c[f'{side}_party_id'], at, by).join_from(
                thing, found, found.c.consultation_id == thing.c.consultation_id
            )
            rows = connection.execute(own.where(at.is_not(None), by.is_not(None))).all()
            for matter, key, body, when, who in (row for row in rows if row[:3] not in known):
                known.add((matter, key, body))
                connection.execute(AGREEMENT.insert().values(
                    consultation_id=matter, id=uuid.uuid4(), thing_id=key, body_id=body, at=when, by_id=who
                ))


def _rows_become_agreements() -> None:
    connection, programme = op.get_bind(), _table('programme').alias('own')
    for name in AGREED:
        thing = _table(name)
        for side in SIDES:
            own = sa.select(AGREEMENT.c.consultation_id, AGREEMENT.c.thing_id, AGREEMENT.c.at, AGREEMENT.c.by_id).join(
                programme, programme.c.consultation_id == AGREEMENT.c.consultation_id
            ).where(programme.c[f'{side}_party_id'] == AGREEMENT.c.body_id)
            for matter, key, when, who in connection.execute(own).all():
                connection.execute(thing.update().where(
                    thing.c.consultation_id == matter, thing.c.id == key
                ).values({f'{side}_agreed_at': when, f'{side}_agreed_by_id': who}))
        connection.execute(thing.update().where(
            thing.c.public_at.is_(None), thing.c.first_agreed_at.is_not(None), thing.c.second_agreed_at.is_not(None)
        ).values(second_agreed_at=None, second_agreed_by_id=None))
