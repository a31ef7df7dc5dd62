"""what was answered

That an answer to a comment was published is an act on it from now on. What was published before gets its acts from the
log, each at the moment of its entry and by whoever published it.

Revision ID: b81d5f27c0e4
Revises: e1b6f70c93a4
"""

import json
import uuid
from collections import defaultdict
from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op

revision = 'b81d5f27c0e4'
down_revision = 'e1b6f70c93a4'
branch_labels = None
depends_on = None

# Keys and moments without a type go from table to table as the database has them.
entry = sa.table('ledger_entry', sa.column('consultation_id'), sa.column('index', sa.Integer), sa.column('kind', sa.Text), sa.column('at'), sa.column('body', sa.Text))
comment = sa.table('comment', sa.column('consultation_id'), sa.column('id'), sa.column('number', sa.Integer))
response = sa.table('response', sa.column('consultation_id'), sa.column('id'), sa.column('number', sa.Integer))
publication = sa.table('response_publication', sa.column('consultation_id'), sa.column('id'), sa.column('response_id'), sa.column('at'), sa.column('by_id'))
act = sa.table('comment_act', sa.column('consultation_id'), sa.column('id', sa.Uuid), sa.column('comment_id'), sa.column('kind', sa.Text), sa.column('at'), sa.column('by_id'), sa.column('effective_at'), sa.column('reason', sa.Text), sa.column('details', sa.JSON))

BATCH = 1000


def upgrade() -> None:
    connection = op.get_bind()
    found = sa.select(entry.c.consultation_id).where(entry.c.kind == 'answered').distinct()
    for [matter] in connection.execute(found).all():
        rows = list(_acts(connection, matter))
        for start in range(0, len(rows), BATCH):
            connection.execute(sa.insert(act), rows[start:start + BATCH])


def _acts(connection: sa.Connection, matter) -> Iterator[dict]:
    """The acts of one matter: one for each comment that an entry answers."""
    numbered = sa.select(comment.c.number, comment.c.id).where(comment.c.consultation_id == matter)
    comments = {number: key for number, key in connection.execute(numbered)}
    publishers = _publishers(connection, matter)
    answered = sa.select(entry.c.at, entry.c.body).where(entry.c.consultation_id == matter, entry.c.kind == 'answered').order_by(entry.c.index)
    for at, body in connection.execute(answered).all():
        said = json.loads(body)
        of_response = publishers[said['response']]
        by_id = of_response.pop(0) if of_response else None
        for number in said['comments']:
            yield {'consultation_id': matter, 'id': uuid.uuid4(), 'comment_id': comments[number], 'kind': 'answered', 'at': at, 'by_id': by_id, 'effective_at': at,
                   'reason': '', 'details': {'response': said['response'], 'version': said['version']}}


def _publishers(connection: sa.Connection, matter) -> dict[int, list]:
    """Who published each answer, by its number, the first time first."""
    same = sa.and_(response.c.consultation_id == publication.c.consultation_id, response.c.id == publication.c.response_id)
    rows = connection.execute(sa.select(response.c.number, publication.c.by_id).select_from(publication).join(response, same).where(publication.c.consultation_id == matter).order_by(publication.c.at, publication.c.id))
    found: dict[int, list] = defaultdict(list)
    for number, by_id in rows:
        found[number].append(by_id)
    return found


def downgrade() -> None:
    op.get_bind().execute(sa.delete(act).where(act.c.kind == 'answered'))
