"""writing together: every version of a draft, internal remarks, a reviewer's round

Revision ID: 7c1e5ad20b93
Revises: a7c4e19b02f6
"""

import uuid

import sqlalchemy as sa
from alembic import op

revision = '7c1e5ad20b93'
down_revision = 'a7c4e19b02f6'
branch_labels = None
depends_on = None

PARTS = ("anchor", "stance", "text", "proposed", "reason")
GROUPS = ("criteria", "impact")


def upgrade() -> None:
    op.create_table('organisation_draft_version',
    sa.Column('draft_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('based_on', sa.Integer(), nullable=False),
    sa.Column('content', sa.JSON(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_id', sa.Uuid(), nullable=False),
    sa.Column('waits', sa.Boolean(), nullable=False),
    sa.Column('settled_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('again', sa.Integer(), nullable=True),
    sa.Column('consultation_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['app_user.id'], name=op.f('fk_organisation_draft_version_by_id')),
    sa.ForeignKeyConstraint(['consultation_id', 'draft_id'], ['organisation_draft.consultation_id', 'organisation_draft.id'], name=op.f('fk_organisation_draft_version_consultation_id_draft_id'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['consultation_id'], ['consultation.id'], name=op.f('fk_organisation_draft_version_consultation_id')),
    sa.PrimaryKeyConstraint('consultation_id', 'id', name=op.f('pk_organisation_draft_version')),
    sa.UniqueConstraint('consultation_id', 'draft_id', 'number', name=op.f('uq_organisation_draft_version_consultation_id_draft_id_number'))
    )
    op.create_table('organisation_draft_note',
    sa.Column('draft_id', sa.Uuid(), nullable=False),
    sa.Column('point', sa.Text(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_id', sa.Uuid(), nullable=False),
    sa.Column('done_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('done_by_id', sa.Uuid(), nullable=True),
    *of_a_draft('organisation_draft_note'),
    sa.ForeignKeyConstraint(['by_id'], ['app_user.id'], name=op.f('fk_organisation_draft_note_by_id')),
    sa.ForeignKeyConstraint(['done_by_id'], ['app_user.id'], name=op.f('fk_organisation_draft_note_done_by_id')),
    )
    op.create_table('organisation_draft_review',
    sa.Column('draft_id', sa.Uuid(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('asked_by_id', sa.Uuid(), nullable=False),
    sa.Column('reviewer_id', sa.Uuid(), nullable=False),
    sa.Column('agreed', sa.Boolean(), nullable=True),
    sa.Column('settled_at', sa.DateTime(timezone=True), nullable=True),
    *of_a_draft('organisation_draft_review'),
    sa.ForeignKeyConstraint(['asked_by_id'], ['app_user.id'], name=op.f('fk_organisation_draft_review_asked_by_id')),
    sa.ForeignKeyConstraint(['reviewer_id'], ['app_user.id'], name=op.f('fk_organisation_draft_review_reviewer_id')),
    )
    op.create_table('scan_signatures',
    sa.Column('file_hash', sa.Text(), nullable=False),
    sa.Column('found', sa.JSON(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('consultation_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['consultation_id'], ['consultation.id'], name=op.f('fk_scan_signatures_consultation_id')),
    sa.PrimaryKeyConstraint('consultation_id', 'file_hash', name=op.f('pk_scan_signatures'))
    )
    op.create_table('letter_version',
    sa.Column('submission_id', sa.Uuid(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_id', sa.Uuid(), nullable=True),
    sa.Column('letter', sa.JSON(), nullable=False),
    sa.Column('salt', sa.LargeBinary(), nullable=True),
    sa.Column('consultation_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['app_user.id'], name=op.f('fk_letter_version_by_id')),
    sa.ForeignKeyConstraint(['consultation_id', 'submission_id'], ['submission.consultation_id', 'submission.id'], name=op.f('fk_letter_version_consultation_id_submission_id'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['consultation_id'], ['consultation.id'], name=op.f('fk_letter_version_consultation_id')),
    sa.PrimaryKeyConstraint('consultation_id', 'id', name=op.f('pk_letter_version')),
    sa.UniqueConstraint('consultation_id', 'submission_id', 'version', name=op.f('uq_letter_version_consultation_id_submission_id_version'))
    )
    op.create_table('letter_look',
    sa.Column('submission_id', sa.Uuid(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_id', sa.Uuid(), nullable=False),
    sa.Column('consultation_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['app_user.id'], name=op.f('fk_letter_look_by_id')),
    sa.ForeignKeyConstraint(['consultation_id', 'submission_id'], ['submission.consultation_id', 'submission.id'], name=op.f('fk_letter_look_consultation_id_submission_id'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['consultation_id'], ['consultation.id'], name=op.f('fk_letter_look_consultation_id')),
    sa.PrimaryKeyConstraint('consultation_id', 'id', name=op.f('pk_letter_look'))
    )
    with op.batch_alter_table('organisation') as batch_op:
        for name in ('reviewer_id', 'signatory_id'):
            batch_op.add_column(sa.Column(name, sa.Uuid(), nullable=True))
            batch_op.create_foreign_key(batch_op.f(f'fk_organisation_{name}'), 'app_user', [name], ['id'])
    carry_over(op.get_bind())


def of_a_draft(table: str) -> list[sa.Column | sa.Constraint]:
    return [
        sa.Column('consultation_id', sa.Uuid(), nullable=False),
        sa.Column('id', sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(['consultation_id', 'draft_id'], ['organisation_draft.consultation_id', 'organisation_draft.id'], name=op.f(f'fk_{table}_consultation_id_draft_id'), initially='DEFERRED', deferrable=True),
        sa.ForeignKeyConstraint(['consultation_id'], ['consultation.id'], name=op.f(f'fk_{table}_consultation_id')),
        sa.PrimaryKeyConstraint('consultation_id', 'id', name=op.f(f'pk_{table}')),
    ]


def carry_over(connection: sa.Connection) -> None:
    """What was saved of each draft before, in its order, and the draft as it is now."""
    tables = sa.MetaData()
    tables.reflect(connection, only=['organisation_draft', 'organisation_draft_version', 'saved_version'])
    draft, version, saved = (tables.tables[name] for name in ('organisation_draft', 'organisation_draft_version', 'saved_version'))
    kept = {}
    for row in connection.execute(sa.select(saved).order_by(saved.c.id)).mappings():
        kind, _slash, key = row['thing'].partition('/')
        if kind == 'draft' and isinstance(row['fields'], dict):
            kept.setdefault((row['consultation_id'], key), []).append((content_of(row['fields']), row['at'], row['by_id']))
    for row in connection.execute(sa.select(draft)).mappings().all():
        own = (row['consultation_id'], str(uuid.UUID(str(row['id']))))
        told = [one for one in kept.get(own, []) if one[0] != row['content']]
        every = [*told, (row['content'], row['updated_at'], None)]
        for number, (content, at, by) in enumerate(every, row['version'] - len(told)):
            connection.execute(sa.insert(version).values(
                consultation_id=row['consultation_id'], id=new_key(version, row['id'], number), draft_id=row['id'],
                number=number, based_on=number - 1, content=content, at=at, by_id=by or row['prepared_by_id'], waits=False,
            ))


def new_key(version: sa.Table, draft_id: object, number: int) -> object:
    """A key in the form that this database has keys in."""
    made = uuid.uuid5(uuid.UUID(str(draft_id)), str(number))
    return made if isinstance(draft_id, uuid.UUID) else made.hex


def content_of(fields: dict) -> dict:
    """A draft as it is stored, from its fields by their names."""
    content = {name: text for name, text in fields.items() if '.' not in name}
    for group in GROUPS:
        start = f'{group}.'
        content[group] = {name[len(start):]: text for name, text in fields.items() if name.startswith(start) and text}
    content['comments'] = []
    while f"comments.{len(content['comments'])}.text" in fields:
        place = len(content['comments'])
        one = {part: fields.get(f'comments.{place}.{part}', '') for part in PARTS}
        content['comments'].append({**one, 'key': str(place + 1), 'source': ''})
    return content


def downgrade() -> None:
    with op.batch_alter_table('organisation') as batch_op:
        for name in ('reviewer_id', 'signatory_id'):
            batch_op.drop_constraint(batch_op.f(f'fk_organisation_{name}'), type_='foreignkey')
            batch_op.drop_column(name)
    op.drop_table('letter_look')
    op.drop_table('letter_version')
    op.drop_table('scan_signatures')
    op.drop_table('organisation_draft_review')
    op.drop_table('organisation_draft_note')
    op.drop_table('organisation_draft_version')
