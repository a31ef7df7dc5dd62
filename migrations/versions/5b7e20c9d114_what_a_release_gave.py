"""what a release gave

Revision ID: 5b7e20c9d114
Revises: c7d1f0a4e852
"""

from datetime import timedelta

import sqlalchemy as sa
from alembic import op

revision = '5b7e20c9d114'
down_revision = 'e5a7c3d19b60'
branch_labels = None
depends_on = None

released_row = sa.table('released_row', sa.column('table', sa.Text), sa.column('key', sa.Text), sa.column('content', sa.JSON))
holiday = sa.table('holiday', sa.column('day', sa.Date), sa.column('kind'), sa.column('name'), sa.column('source'))
profile = sa.table('legal_profile', sa.column('code'), sa.column('name'), sa.column('valid_from', sa.Date), sa.column('valid_to', sa.Date), sa.column('rules', sa.JSON))
area = sa.table('area', sa.column('id', sa.Uuid), sa.column('code'), sa.column('name'), sa.column('kind'), sa.column('level', sa.Text), sa.column('parent_id', sa.Uuid), sa.column('valid_from', sa.Date), sa.column('valid_to', sa.Date))
succession = sa.table('area_succession', sa.column('predecessor_id', sa.Uuid), sa.column('successor_id', sa.Uuid), sa.column('on', sa.Date), sa.column('source'))
act = sa.table('administrative_act', sa.column('act'), sa.column('details', sa.JSON))


def upgrade() -> None:
    op.create_table('released_row',
    sa.Column('table', sa.Text(), nullable=False),
    sa.Column('key', sa.Text(), nullable=False),
    sa.Column('content', sa.JSON(), nullable=False),
    sa.PrimaryKeyConstraint('table', 'key', name=op.f('pk_released_row'))
    )
    rows = _rows(op.get_bind())
    if rows:
        op.bulk_insert(released_row, rows)


def _rows(connection: sa.Connection) -> list[dict]:
    """What is there came from the data of an earlier version, but for the days that an administrator typed."""
    typed = {details.get('day') for [details] in connection.execute(sa.select(act.c.details).where(act.c.act == 'holiday_put'))}
    rows = [('holiday', one.day.isoformat(), {'kind': one.kind, 'name': one.name, 'source': one.source})
            for one in connection.execute(sa.select(holiday)) if one.day.isoformat() not in typed]
    rows += [('legal_profile', f'{one.code} {one.valid_from}', {'name': one.name, 'valid_to': _last(one.valid_to), 'rules': one.rules})
             for one in connection.execute(sa.select(profile))]
    areas = list(connection.execute(sa.select(area)))
    keys = {one.id: f'{one.code} {one.valid_from}' for one in areas}
    rows += [('area', keys[one.id], {'name': one.name, 'kind': one.kind, 'level': one.level, 'parent': keys.get(one.parent_id), 'valid_to': _last(one.valid_to)})
             for one in areas]
    rows += [('area_succession', f'{keys[one.predecessor_id]} > {keys[one.successor_id]}', {'on': one.on.isoformat(), 'source': one.source})
             for one in connection.execute(sa.select(succession)) if one.predecessor_id in keys and one.successor_id in keys]
    return [{'table': table, 'key': key, 'content': content} for table, key, content in rows]


def _last(end) -> str | None:
    return (end - timedelta(days=1)).isoformat() if end else None


def downgrade() -> None:
    op.drop_table('released_row')
