"""tables of answers that are brought back, standard passages, and other bodies asked for their word

Revision ID: 7b3e19d4c5a8
Revises: 5e2c90a7d41b
"""

import sqlalchemy as sa
from alembic import op

revision = '7b3e19d4c5a8'
down_revision = '5e2c90a7d41b'
branch_labels = None
depends_on = None

TABLE = 'answer_table'


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column('name', sa.Text(), nullable=False),
        sa.Column('at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('by_id', sa.Uuid(), nullable=False),
        sa.Column('rows', sa.JSON(), nullable=False),
        sa.Column('told', sa.Text(), nullable=False),
        sa.Column('doubts', sa.JSON(), nullable=False),
        sa.Column('saved', sa.JSON(), nullable=False),
        sa.Column('consultation_id', sa.Uuid(), nullable=False),
        sa.Column('id', sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(['by_id'], ['app_user.id'], name=op.f(f'fk_{TABLE}_by_id')),
        sa.ForeignKeyConstraint(['consultation_id'], ['consultation.id'], name=op.f(f'fk_{TABLE}_consultation_id')),
        sa.PrimaryKeyConstraint('consultation_id', 'id', name=op.f(f'pk_{TABLE}')),
    )
    op.create_index(op.f(f'ix_{TABLE}_consultation_id_by_id'), TABLE, ['consultation_id', 'by_id'])
    _passages()
    _words_asked()


def _passages() -> None:
    op.create_table(
        'passage',
        sa.Column('id', sa.Uuid(), nullable=False),
        sa.Column('organisation_id', sa.Uuid(), nullable=False),
        sa.Column('unit_id', sa.Uuid(), nullable=True),
        sa.Column('consultation_id', sa.Uuid(), nullable=True),
        sa.Column('archived_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('archived_by_id', sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(['archived_by_id'], ['app_user.id'], name=op.f('fk_passage_archived_by_id')),
        sa.ForeignKeyConstraint(['consultation_id'], ['consultation.id'], name=op.f('fk_passage_consultation_id')),
        sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_passage_organisation_id')),
        sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_passage_unit_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_passage')),
    )
    op.create_index(op.f('ix_passage_organisation_id'), 'passage', ['organisation_id'])
    op.create_index(op.f('ix_passage_consultation_id'), 'passage', ['consultation_id'])
    op.create_table(
        'passage_version',
        sa.Column('id', sa.Uuid(), nullable=False),
        sa.Column('passage_id', sa.Uuid(), nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.Column('title', sa.Text(), nullable=False),
        sa.Column('text', sa.Text(), nullable=False),
        sa.Column('at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('by_id', sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(['by_id'], ['app_user.id'], name=op.f('fk_passage_version_by_id')),
        sa.ForeignKeyConstraint(['passage_id'], ['passage.id'], name=op.f('fk_passage_version_passage_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_passage_version')),
        sa.UniqueConstraint('passage_id', 'version', name=op.f('uq_passage_version_passage_id_version')),
    )
    op.create_table(
        'passage_use',
        sa.Column('response_id', sa.Uuid(), nullable=False),
        sa.Column('passage_id', sa.Uuid(), nullable=False),
        sa.Column('passage_version', sa.Integer(), nullable=False),
        sa.Column('answer_version', sa.Integer(), nullable=False),
        sa.Column('at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('consultation_id', sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(['consultation_id'], ['consultation.id'], name=op.f('fk_passage_use_consultation_id')),
        sa.ForeignKeyConstraint(
            ['consultation_id', 'response_id'], ['response.consultation_id', 'response.id'],
            name=op.f('fk_passage_use_consultation_id_response_id'), initially='DEFERRED', deferrable=True,
        ),
        sa.ForeignKeyConstraint(['passage_id'], ['passage.id'], name=op.f('fk_passage_use_passage_id')),
        sa.PrimaryKeyConstraint('consultation_id', 'response_id', 'passage_id', name=op.f('pk_passage_use')),
    )
    op.create_index(op.f('ix_passage_use_passage_id'), 'passage_use', ['passage_id'])


def _words_asked() -> None:
    op.create_table(
        'coordination_request',
        sa.Column('organisation_id', sa.Uuid(), nullable=True),
        sa.Column('unit_id', sa.Uuid(), nullable=True),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ('body_name', 'question')),
        sa.Column('due_on', sa.Date(), nullable=False),
        sa.Column('letter_number', sa.Text(), nullable=False),
        sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('asked_by_id', sa.Uuid(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in (
            'reply', 'reply_letter', 'file_hash', 'file_name', 'file_type',
        )),
        sa.Column('by_desk', sa.Boolean(), nullable=False),
        sa.Column('replied_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('replied_by_id', sa.Uuid(), nullable=True),
        sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('withdrawn_by_id', sa.Uuid(), nullable=True),
        sa.Column('consultation_id', sa.Uuid(), nullable=False),
        sa.Column('id', sa.Uuid(), nullable=False),
        *(
            sa.ForeignKeyConstraint([column], ['app_user.id'], name=op.f(f'fk_coordination_request_{column}'))
            for column in ('asked_by_id', 'replied_by_id', 'withdrawn_by_id')
        ),
        sa.ForeignKeyConstraint(
            ['consultation_id'], ['consultation.id'], name=op.f('fk_coordination_request_consultation_id')
        ),
        sa.ForeignKeyConstraint(
            ['organisation_id'], ['organisation.id'], name=op.f('fk_coordination_request_organisation_id')
        ),
        sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_coordination_request_unit_id')),
        sa.PrimaryKeyConstraint('consultation_id', 'id', name=op.f('pk_coordination_request')),
    )
    op.create_index(
        op.f('ix_coordination_request_consultation_id_due_on'), 'coordination_request', ['consultation_id', 'due_on']
    )
    op.create_index(op.f('ix_coordination_request_organisation_id'), 'coordination_request', ['organisation_id'])
    op.create_table(
        'coordination_target',
        sa.Column('request_id', sa.Uuid(), nullable=False),
        sa.Column('comment_id', sa.Uuid(), nullable=False),
        sa.Column('consultation_id', sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ['consultation_id'], ['consultation.id'], name=op.f('fk_coordination_target_consultation_id')
        ),
        *(
            sa.ForeignKeyConstraint(
                ['consultation_id', column], [f'{table}.consultation_id', f'{table}.id'],
                name=op.f(f'fk_coordination_target_consultation_id_{column}'), initially='DEFERRED', deferrable=True,
            )
            for column, table in (('comment_id', 'comment'), ('request_id', 'coordination_request'))
        ),
        sa.PrimaryKeyConstraint(
            'consultation_id', 'request_id', 'comment_id', name=op.f('pk_coordination_target')
        ),
    )
    op.create_index(
        op.f('ix_coordination_target_consultation_id_comment_id'), 'coordination_target',
        ['consultation_id', 'comment_id'],
    )


def downgrade() -> None:
    for table in ('coordination_target', 'coordination_request', 'passage_use', 'passage_version', 'passage'):
        op.drop_table(table)
    op.drop_index(op.f(f'ix_{TABLE}_consultation_id_by_id'), table_name=TABLE)
    op.drop_table(TABLE)
