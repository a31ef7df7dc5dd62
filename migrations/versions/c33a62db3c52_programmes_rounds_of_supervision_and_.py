"""programmes, rounds of supervision and promises

Revision ID: c33a62db3c52
Revises: a41d7e52c9b3
"""

import sqlalchemy as sa
from alembic import op

revision = 'c33a62db3c52'
down_revision = 'a41d7e52c9b3'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('programme',
    sa.Column('consultation_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('parent_id', sa.Uuid(), nullable=True),
    sa.Column('first_party_id', sa.Uuid(), nullable=False),
    sa.Column('second_party_id', sa.Uuid(), nullable=False),
    sa.Column('first_unit', sa.Text(), nullable=False),
    sa.Column('second_unit', sa.Text(), nullable=False),
    sa.Column('number', sa.Text(), nullable=False),
    sa.Column('signed_on', sa.Date(), nullable=True),
    sa.Column('valid_from', sa.Date(), nullable=False),
    sa.Column('valid_to', sa.Date(), nullable=False),
    sa.Column('sentences', sa.JSON(), nullable=False),
    sa.Column('file_hash', sa.Text(), nullable=False),
    sa.Column('file_name', sa.Text(), nullable=False),
    sa.Column('media_type', sa.Text(), nullable=False),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('recorded_by_id', sa.Uuid(), nullable=False),
    sa.Column('first_agreed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('first_agreed_by_id', sa.Uuid(), nullable=True),
    sa.Column('second_agreed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('second_agreed_by_id', sa.Uuid(), nullable=True),
    sa.Column('public_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['consultation_id'], ['consultation.id'], name=op.f('fk_programme_consultation_id')),
    sa.ForeignKeyConstraint(['first_agreed_by_id'], ['app_user.id'], name=op.f('fk_programme_first_agreed_by_id')),
    sa.ForeignKeyConstraint(['first_party_id'], ['organisation.id'], name=op.f('fk_programme_first_party_id')),
    sa.ForeignKeyConstraint(['parent_id'], ['consultation.id'], name=op.f('fk_programme_parent_id')),
    sa.ForeignKeyConstraint(['recorded_by_id'], ['app_user.id'], name=op.f('fk_programme_recorded_by_id')),
    sa.ForeignKeyConstraint(['second_agreed_by_id'], ['app_user.id'], name=op.f('fk_programme_second_agreed_by_id')),
    sa.ForeignKeyConstraint(['second_party_id'], ['organisation.id'], name=op.f('fk_programme_second_party_id')),
    sa.PrimaryKeyConstraint('consultation_id', name=op.f('pk_programme'))
    )
    op.create_index(op.f('ix_programme_parent_id'), 'programme', ['parent_id'])
    op.create_index(op.f('ix_programme_public_at'), 'programme', ['public_at'])

    op.create_table('promise',
    sa.Column('consultation_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('by_id', sa.Uuid(), nullable=False),
    sa.Column('keeper_id', sa.Uuid(), nullable=False),
    sa.Column('area_id', sa.Uuid(), nullable=True),
    sa.Column('first_due_on', sa.Date(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('recorded_by_id', sa.Uuid(), nullable=False),
    sa.Column('public_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ended_on', sa.Date(), nullable=True),
    sa.Column('ending', sa.String(length=40), nullable=True),
    sa.Column('reminded_on', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['area_id'], ['area.id'], name=op.f('fk_promise_area_id')),
    sa.ForeignKeyConstraint(['by_id'], ['organisation.id'], name=op.f('fk_promise_by_id')),
    sa.ForeignKeyConstraint(['consultation_id'], ['consultation.id'], name=op.f('fk_promise_consultation_id')),
    sa.ForeignKeyConstraint(['keeper_id'], ['organisation.id'], name=op.f('fk_promise_keeper_id')),
    sa.ForeignKeyConstraint(['recorded_by_id'], ['app_user.id'], name=op.f('fk_promise_recorded_by_id')),
    sa.PrimaryKeyConstraint('consultation_id', 'id', name=op.f('pk_promise')),
    sa.UniqueConstraint('consultation_id', 'number', name=op.f('uq_promise_consultation_id_number'))
    )
    op.create_index(op.f('ix_promise_area_id_ended_on_due_on'), 'promise', ['area_id', 'ended_on', 'due_on'])
    op.create_index(
        op.f('ix_promise_by_id_ended_on_due_on_public_at'), 'promise', ['by_id', 'ended_on', 'due_on', 'public_at']
    )
    op.create_index(
        op.f('ix_promise_ended_on_due_on_consultation_id_number_public_at'),
        'promise',
        ['ended_on', 'due_on', 'consultation_id', 'number', 'public_at'],
    )
    op.create_index(op.f('ix_promise_keeper_id_ended_on_due_on'), 'promise', ['keeper_id', 'ended_on', 'due_on'])

    op.create_table('supervision_round',
    sa.Column('consultation_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('subject', sa.Text(), nullable=False),
    sa.Column('content', sa.Text(), nullable=False),
    sa.Column('lead_id', sa.Uuid(), nullable=False),
    sa.Column('supervised_id', sa.Uuid(), nullable=False),
    sa.Column('area_id', sa.Uuid(), nullable=True),
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=False),
    sa.Column('members', sa.JSON(), nullable=False),
    sa.Column('terms', sa.JSON(), nullable=False),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('recorded_by_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['area_id'], ['area.id'], name=op.f('fk_supervision_round_area_id')),
    sa.ForeignKeyConstraint(['consultation_id'], ['consultation.id'], name=op.f('fk_supervision_round_consultation_id')),
    sa.ForeignKeyConstraint(['lead_id'], ['organisation.id'], name=op.f('fk_supervision_round_lead_id')),
    sa.ForeignKeyConstraint(['recorded_by_id'], ['app_user.id'], name=op.f('fk_supervision_round_recorded_by_id')),
    sa.ForeignKeyConstraint(['supervised_id'], ['organisation.id'], name=op.f('fk_supervision_round_supervised_id')),
    sa.PrimaryKeyConstraint('consultation_id', 'id', name=op.f('pk_supervision_round')),
    sa.UniqueConstraint('consultation_id', 'number', name=op.f('uq_supervision_round_consultation_id_number'))
    )
    op.create_index(
        op.f('ix_supervision_round_supervised_id'), 'supervision_round', ['supervised_id']
    )
    op.create_table('year_plan',
    sa.Column('consultation_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('first_agreed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('first_agreed_by_id', sa.Uuid(), nullable=True),
    sa.Column('second_agreed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('second_agreed_by_id', sa.Uuid(), nullable=True),
    sa.Column('public_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['consultation_id'], ['consultation.id'], name=op.f('fk_year_plan_consultation_id')),
    sa.ForeignKeyConstraint(['first_agreed_by_id'], ['app_user.id'], name=op.f('fk_year_plan_first_agreed_by_id')),
    sa.ForeignKeyConstraint(['second_agreed_by_id'], ['app_user.id'], name=op.f('fk_year_plan_second_agreed_by_id')),
    sa.PrimaryKeyConstraint('consultation_id', 'id', name=op.f('pk_year_plan')),
    sa.UniqueConstraint('consultation_id', 'year', name=op.f('uq_year_plan_consultation_id_year'))
    )
    op.create_table('promise_act',
    sa.Column('consultation_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('promise_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('day', sa.Date(), nullable=True),
    sa.Column('was', sa.Date(), nullable=True),
    sa.Column('for_id', sa.Uuid(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_id', sa.Uuid(), nullable=False),
    sa.Column('released_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('released_by_id', sa.Uuid(), nullable=True),
    sa.Column('refused_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('refused_by_id', sa.Uuid(), nullable=True),
    sa.Column('refused_reason', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['app_user.id'], name=op.f('fk_promise_act_by_id')),
    sa.ForeignKeyConstraint(['consultation_id', 'promise_id'], ['promise.consultation_id', 'promise.id'], name=op.f('fk_promise_act_consultation_id_promise_id'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['consultation_id'], ['consultation.id'], name=op.f('fk_promise_act_consultation_id')),
    sa.ForeignKeyConstraint(['for_id'], ['organisation.id'], name=op.f('fk_promise_act_for_id')),
    sa.ForeignKeyConstraint(['refused_by_id'], ['app_user.id'], name=op.f('fk_promise_act_refused_by_id')),
    sa.ForeignKeyConstraint(['released_by_id'], ['app_user.id'], name=op.f('fk_promise_act_released_by_id')),
    sa.PrimaryKeyConstraint('consultation_id', 'id', name=op.f('pk_promise_act')),
    sa.UniqueConstraint('consultation_id', 'promise_id', 'number', name=op.f('uq_promise_act_consultation_id_promise_id_number'))
    )
    op.create_index(op.f('ix_promise_act_released_at_refused_at'), 'promise_act', ['released_at', 'refused_at'])
    op.create_table('recommendation',
    sa.Column('consultation_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('round_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['consultation_id', 'id'], ['promise.consultation_id', 'promise.id'], name=op.f('fk_recommendation_consultation_id_id'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['consultation_id', 'round_id'], ['supervision_round.consultation_id', 'supervision_round.id'], name=op.f('fk_recommendation_consultation_id_round_id'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['consultation_id'], ['consultation.id'], name=op.f('fk_recommendation_consultation_id')),
    sa.PrimaryKeyConstraint('consultation_id', 'id', name=op.f('pk_recommendation'))
    )
    op.create_index(op.f('ix_recommendation_consultation_id_round_id'), 'recommendation', ['consultation_id', 'round_id'])

    op.create_table('round_step',
    sa.Column('consultation_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('round_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('place', sa.Text(), nullable=False),
    sa.Column('letter_number', sa.Text(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('file_hash', sa.Text(), nullable=False),
    sa.Column('file_name', sa.Text(), nullable=False),
    sa.Column('media_type', sa.Text(), nullable=False),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('recorded_by_id', sa.Uuid(), nullable=False),
    sa.Column('released_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('released_by_id', sa.Uuid(), nullable=True),
    sa.ForeignKeyConstraint(['consultation_id', 'round_id'], ['supervision_round.consultation_id', 'supervision_round.id'], name=op.f('fk_round_step_consultation_id_round_id'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['consultation_id'], ['consultation.id'], name=op.f('fk_round_step_consultation_id')),
    sa.ForeignKeyConstraint(['recorded_by_id'], ['app_user.id'], name=op.f('fk_round_step_recorded_by_id')),
    sa.ForeignKeyConstraint(['released_by_id'], ['app_user.id'], name=op.f('fk_round_step_released_by_id')),
    sa.PrimaryKeyConstraint('consultation_id', 'id', name=op.f('pk_round_step')),
    sa.UniqueConstraint('consultation_id', 'round_id', 'number', name=op.f('uq_round_step_consultation_id_round_id_number'))
    )
    op.create_table('task',
    sa.Column('consultation_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('plan_id', sa.Uuid(), nullable=False),
    sa.Column('others', sa.Text(), nullable=False),
    sa.Column('money', sa.Text(), nullable=False),
    sa.Column('source', sa.Text(), nullable=False),
    sa.Column('output', sa.Text(), nullable=False),
    sa.Column('sentence', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['consultation_id', 'id'], ['promise.consultation_id', 'promise.id'], name=op.f('fk_task_consultation_id_id'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['consultation_id', 'plan_id'], ['year_plan.consultation_id', 'year_plan.id'], name=op.f('fk_task_consultation_id_plan_id'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['consultation_id'], ['consultation.id'], name=op.f('fk_task_consultation_id')),
    sa.PrimaryKeyConstraint('consultation_id', 'id', name=op.f('pk_task'))
    )
    op.create_index(op.f('ix_task_consultation_id_plan_id'), 'task', ['consultation_id', 'plan_id'])

    op.create_table('round_picture',
    sa.Column('consultation_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('step_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('file_hash', sa.Text(), nullable=False),
    sa.Column('file_name', sa.Text(), nullable=False),
    sa.Column('media_type', sa.Text(), nullable=False),
    sa.Column('caption', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['consultation_id', 'step_id'], ['round_step.consultation_id', 'round_step.id'], name=op.f('fk_round_picture_consultation_id_step_id'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['consultation_id'], ['consultation.id'], name=op.f('fk_round_picture_consultation_id')),
    sa.PrimaryKeyConstraint('consultation_id', 'id', name=op.f('pk_round_picture')),
    sa.UniqueConstraint('consultation_id', 'step_id', 'number', name=op.f('uq_round_picture_consultation_id_step_id_number'))
    )
    op.create_table('task_change',
    sa.Column('consultation_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('task_id', sa.Uuid(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_id', sa.Uuid(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('before', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['app_user.id'], name=op.f('fk_task_change_by_id')),
    sa.ForeignKeyConstraint(['consultation_id', 'task_id'], ['task.consultation_id', 'task.id'], name=op.f('fk_task_change_consultation_id_task_id'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['consultation_id'], ['consultation.id'], name=op.f('fk_task_change_consultation_id')),
    sa.PrimaryKeyConstraint('consultation_id', 'id', name=op.f('pk_task_change'))
    )
    op.create_index(op.f('ix_task_change_consultation_id_task_id'), 'task_change', ['consultation_id', 'task_id'])


def downgrade() -> None:
    for table in (
        'task_change', 'round_picture', 'task', 'round_step', 'recommendation', 'promise_act', 'year_plan',
        'supervision_round', 'promise', 'programme',
    ):
        op.drop_table(table)
    # Who knows no programmes cannot read the matters that lend them log and numbers.
    ours = "(SELECT id FROM consultation WHERE kind = 'programme')"
    for table in ('ledger_entry', 'ledger_node', 'ledger_checkpoint', 'ledger_epoch', 'counter', 'outbox_message'):
        op.execute(f'DELETE FROM {table} WHERE consultation_id IN {ours}')
    op.execute("DELETE FROM consultation WHERE kind = 'programme'")
