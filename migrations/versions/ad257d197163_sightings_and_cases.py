"""sightings and cases

Revision ID: ad257d197163
Revises: b7d2c94e61a8
"""

import sqlalchemy as sa
from alembic import op

revision = 'ad257d197163'
down_revision = 'b7d2c94e61a8'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('sighting_case',
    sa.Column('consultation_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('place', sa.Text(), nullable=False),
    sa.Column('seen_on', sa.Date(), nullable=False),
    sa.Column('latitude', sa.Double(), nullable=True),
    sa.Column('longitude', sa.Double(), nullable=True),
    sa.ForeignKeyConstraint(['consultation_id', 'id'], ['promise.consultation_id', 'promise.id'], name=op.f('fk_sighting_case_consultation_id_id'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['consultation_id'], ['consultation.id'], name=op.f('fk_sighting_case_consultation_id')),
    sa.PrimaryKeyConstraint('consultation_id', 'id', name=op.f('pk_sighting_case'))
    )
    op.create_index(op.f('ix_sighting_case_kind_consultation_id'), 'sighting_case', ['kind', 'consultation_id'])

    op.create_table('solved_word',
    sa.Column('consultation_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('case_id', sa.Uuid(), nullable=False),
    sa.Column('submission_id', sa.Uuid(), nullable=False),
    sa.Column('ended_on', sa.Date(), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('said_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('solved', sa.Boolean(), nullable=True),
    sa.Column('line', sa.Text(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['consultation_id', 'case_id'], ['sighting_case.consultation_id', 'sighting_case.id'], name=op.f('fk_solved_word_consultation_id_case_id'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['consultation_id', 'submission_id'], ['submission.consultation_id', 'submission.id'], name=op.f('fk_solved_word_consultation_id_submission_id'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['consultation_id'], ['consultation.id'], name=op.f('fk_solved_word_consultation_id')),
    sa.PrimaryKeyConstraint('consultation_id', 'id', name=op.f('pk_solved_word')),
    sa.UniqueConstraint('consultation_id', 'case_id', 'submission_id', 'ended_on', name=op.f('uq_solved_word_consultation_id_case_id_submission_id_ended_on'))
    )
    op.create_table('case_sighting',
    sa.Column('consultation_id', sa.Uuid(), nullable=False),
    sa.Column('comment_id', sa.Uuid(), nullable=False),
    sa.Column('case_id', sa.Uuid(), nullable=False),
    sa.Column('joined_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('joined_by_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['consultation_id', 'case_id'], ['sighting_case.consultation_id', 'sighting_case.id'], name=op.f('fk_case_sighting_consultation_id_case_id'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['consultation_id', 'comment_id'], ['comment.consultation_id', 'comment.id'], name=op.f('fk_case_sighting_consultation_id_comment_id'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['consultation_id'], ['consultation.id'], name=op.f('fk_case_sighting_consultation_id')),
    sa.ForeignKeyConstraint(['joined_by_id'], ['app_user.id'], name=op.f('fk_case_sighting_joined_by_id')),
    sa.PrimaryKeyConstraint('consultation_id', 'comment_id', name=op.f('pk_case_sighting'))
    )
    op.create_index(op.f('ix_case_sighting_consultation_id_case_id'), 'case_sighting', ['consultation_id', 'case_id'])

    op.create_table('sighting_place',
    sa.Column('consultation_id', sa.Uuid(), nullable=False),
    sa.Column('comment_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('seen_on', sa.Date(), nullable=True),
    sa.Column('area_id', sa.Uuid(), nullable=True),
    sa.Column('latitude', sa.Double(), nullable=True),
    sa.Column('longitude', sa.Double(), nullable=True),
    sa.ForeignKeyConstraint(['area_id'], ['area.id'], name=op.f('fk_sighting_place_area_id')),
    sa.ForeignKeyConstraint(['consultation_id', 'comment_id'], ['comment.consultation_id', 'comment.id'], name=op.f('fk_sighting_place_consultation_id_comment_id'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['consultation_id'], ['consultation.id'], name=op.f('fk_sighting_place_consultation_id')),
    sa.PrimaryKeyConstraint('consultation_id', 'comment_id', name=op.f('pk_sighting_place'))
    )
    op.create_index(op.f('ix_sighting_place_consultation_id_kind_seen_on'), 'sighting_place', ['consultation_id', 'kind', 'seen_on'])

    op.create_index(op.f('ix_promise_kind_public_at_consultation_id_number'), 'promise', ['kind', 'public_at', 'consultation_id', 'number'])


def downgrade() -> None:
    op.drop_index(op.f('ix_promise_kind_public_at_consultation_id_number'), 'promise')
    for table in ('sighting_place', 'case_sighting', 'solved_word', 'sighting_case'):
        op.drop_table(table)
    # Who knows no cases cannot read their promises; a matter of sightings is to them one of proposals, open all year.
    named = ' AND '.join(f'id NOT IN (SELECT id FROM {one})' for one in ('task', 'recommendation', 'decision'))
    remedy = 'id NOT IN (SELECT promise_id FROM inspection WHERE promise_id IS NOT NULL)'
    case = f"kind = 'case' AND {named} AND {remedy}"
    op.execute(f'DELETE FROM promise_act WHERE promise_id IN (SELECT id FROM promise WHERE {case})')
    op.execute(f'DELETE FROM promise WHERE {case}')
    op.execute("UPDATE consultation SET kind = 'proposals' WHERE kind = 'sightings'")
