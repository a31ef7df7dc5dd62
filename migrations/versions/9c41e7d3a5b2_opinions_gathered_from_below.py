"""opinions gathered from below

Revision ID: 9c41e7d3a5b2
Revises: d74fa1c3e805
"""

import sqlalchemy as sa
from alembic import op

revision = '9c41e7d3a5b2'
down_revision = 'd74fa1c3e805'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('collection',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('organisation_id', sa.Uuid(), nullable=False),
    sa.Column('consultation_id', sa.Uuid(), nullable=True),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('asked', sa.Text(), nullable=False),
    sa.Column('closes_on', sa.Date(), nullable=True),
    sa.Column('spoken_in_minutes', sa.Boolean(), nullable=False),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('opened_by_id', sa.Uuid(), nullable=False),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['consultation_id'], ['consultation.id'], name=op.f('fk_collection_consultation_id')),
    sa.ForeignKeyConstraint(['opened_by_id'], ['app_user.id'], name=op.f('fk_collection_opened_by_id')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_collection_organisation_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_collection')),
    sa.UniqueConstraint('number', name=op.f('uq_collection_number'))
    )
    with op.batch_alter_table('collection', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_collection_consultation_id'), ['consultation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_collection_organisation_id'), ['organisation_id'], unique=False)

    op.create_table('collection_branch',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('collection_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('parent_id', sa.Uuid(), nullable=True),
    sa.Column('organisation_id', sa.Uuid(), nullable=True),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('area_id', sa.Uuid(), nullable=True),
    sa.Column('contact_name', sa.Text(), nullable=False),
    sa.Column('telephone', sa.Text(), nullable=False),
    sa.Column('mail', sa.Text(), nullable=False),
    sa.Column('added_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('key_number', sa.Integer(), nullable=False),
    sa.Column('key_hash', sa.Text(), nullable=False),
    sa.Column('key_ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['area_id'], ['area.id'], name=op.f('fk_collection_branch_area_id')),
    sa.ForeignKeyConstraint(['collection_id'], ['collection.id'], name=op.f('fk_collection_branch_collection_id')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_collection_branch_organisation_id')),
    sa.ForeignKeyConstraint(['parent_id'], ['collection_branch.id'], name=op.f('fk_collection_branch_parent_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_collection_branch')),
    sa.UniqueConstraint('collection_id', 'number', name=op.f('uq_collection_branch_collection_id_number')),
    sa.UniqueConstraint('key_hash', name=op.f('uq_collection_branch_key_hash'))
    )
    with op.batch_alter_table('collection_branch', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_collection_branch_parent_id'), ['parent_id'], unique=False)

    op.create_table('consolidated_opinion',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('collection_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('anchor', sa.Text(), nullable=False),
    sa.Column('stance', sa.Enum('support', 'support_with_changes', 'oppose', 'question', 'other', name='stance', native_enum=False, length=40), nullable=True),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('proposed', sa.Text(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('differing', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('written_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('written_by_id', sa.Uuid(), nullable=False),
    sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('draft_id', sa.Uuid(), nullable=True),
    sa.Column('answer', sa.Text(), nullable=False),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['collection_id'], ['collection.id'], name=op.f('fk_consolidated_opinion_collection_id')),
    sa.ForeignKeyConstraint(['written_by_id'], ['app_user.id'], name=op.f('fk_consolidated_opinion_written_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_consolidated_opinion')),
    sa.UniqueConstraint('collection_id', 'number', name=op.f('uq_consolidated_opinion_collection_id_number'))
    )
    op.create_table('meeting_kit',
    sa.Column('collection_id', sa.Uuid(), nullable=False),
    sa.Column('introduction', sa.Text(), nullable=False),
    sa.Column('clauses', sa.JSON(none_as_null=True), nullable=False),
    sa.Column('sound_hash', sa.Text(), nullable=False),
    sa.Column('sound_type', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('made_by_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['collection_id'], ['collection.id'], name=op.f('fk_meeting_kit_collection_id')),
    sa.ForeignKeyConstraint(['made_by_id'], ['app_user.id'], name=op.f('fk_meeting_kit_made_by_id')),
    sa.PrimaryKeyConstraint('collection_id', name=op.f('pk_meeting_kit'))
    )
    op.create_table('gathering',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('collection_id', sa.Uuid(), nullable=False),
    sa.Column('branch_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('how', sa.Enum('meeting', 'paper', 'visit', 'call', 'online', name='gathered', native_enum=False, length=40), nullable=False),
    sa.Column('way_in', sa.Enum('page', 'spreadsheet', 'program', 'offline', 'scan', name='wayin', native_enum=False, length=40), nullable=False),
    sa.Column('place', sa.Text(), nullable=False),
    sa.Column('held_on', sa.Date(), nullable=True),
    sa.Column('people', sa.Integer(), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('minutes_signed', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('recorded_by_id', sa.Uuid(), nullable=True),
    sa.Column('key_hash', sa.Text(), nullable=False),
    sa.Column('content_hash', sa.Text(), nullable=False),
    sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('withdrawn_reason', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['branch_id'], ['collection_branch.id'], name=op.f('fk_gathering_branch_id')),
    sa.ForeignKeyConstraint(['collection_id'], ['collection.id'], name=op.f('fk_gathering_collection_id')),
    sa.ForeignKeyConstraint(['recorded_by_id'], ['app_user.id'], name=op.f('fk_gathering_recorded_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_gathering')),
    sa.UniqueConstraint('collection_id', 'key_hash', name=op.f('uq_gathering_collection_id_key_hash')),
    sa.UniqueConstraint('collection_id', 'number', name=op.f('uq_gathering_collection_id_number'))
    )
    with op.batch_alter_table('gathering', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_gathering_branch_id'), ['branch_id'], unique=False)

    op.create_table('gathering_file',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('gathering_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.Enum('minutes', 'page', 'picture', 'sound', 'other', name='filekind', native_enum=False, length=40), nullable=False),
    sa.Column('file_hash', sa.Text(), nullable=False),
    sa.Column('file_name', sa.Text(), nullable=False),
    sa.Column('media_type', sa.Text(), nullable=False),
    sa.Column('file_size', sa.Integer(), nullable=False),
    sa.Column('added_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('removed_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['gathering_id'], ['gathering.id'], name=op.f('fk_gathering_file_gathering_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_gathering_file'))
    )
    with op.batch_alter_table('gathering_file', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_gathering_file_gathering_id'), ['gathering_id'], unique=False)

    op.create_table('collected_opinion',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('collection_id', sa.Uuid(), nullable=False),
    sa.Column('gathering_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('anchor', sa.Text(), nullable=False),
    sa.Column('stance', sa.Enum('support', 'support_with_changes', 'oppose', 'question', 'other', name='stance', native_enum=False, length=40), nullable=True),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('proposed', sa.Text(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('differing', sa.Boolean(), nullable=False),
    sa.Column('people', sa.Integer(), nullable=False),
    sa.Column('person_name', sa.Text(), nullable=False),
    sa.Column('contact_kind', sa.Enum('none', 'mail', 'telephone', name='contactkind', native_enum=False, length=40), nullable=False),
    sa.Column('contact', sa.Text(), nullable=False),
    sa.Column('file_id', sa.Uuid(), nullable=True),
    sa.Column('untyped', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('recorded_by_id', sa.Uuid(), nullable=True),
    sa.Column('key_hash', sa.Text(), nullable=False),
    sa.Column('code_hash', sa.Text(), nullable=False),
    sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('withdrawn_reason', sa.Text(), nullable=False),
    sa.Column('left_out_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('left_out_reason', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['collection_id'], ['collection.id'], name=op.f('fk_collected_opinion_collection_id')),
    sa.ForeignKeyConstraint(['file_id'], ['gathering_file.id'], name=op.f('fk_collected_opinion_file_id')),
    sa.ForeignKeyConstraint(['gathering_id'], ['gathering.id'], name=op.f('fk_collected_opinion_gathering_id')),
    sa.ForeignKeyConstraint(['recorded_by_id'], ['app_user.id'], name=op.f('fk_collected_opinion_recorded_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_collected_opinion')),
    sa.UniqueConstraint('code_hash', name=op.f('uq_collected_opinion_code_hash')),
    sa.UniqueConstraint('collection_id', 'key_hash', name=op.f('uq_collected_opinion_collection_id_key_hash')),
    sa.UniqueConstraint('collection_id', 'number', name=op.f('uq_collected_opinion_collection_id_number'))
    )
    with op.batch_alter_table('collected_opinion', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_collected_opinion_gathering_id'), ['gathering_id'], unique=False)

    op.create_table('answer_carried',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('branch_id', sa.Uuid(), nullable=False),
    sa.Column('opinion_id', sa.Uuid(), nullable=True),
    sa.Column('how', sa.Enum('mail', 'call', 'in_person', 'sheet', name='carriedby', native_enum=False, length=40), nullable=False),
    sa.Column('answers', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_id', sa.Uuid(), nullable=True),
    sa.Column('note', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['branch_id'], ['collection_branch.id'], name=op.f('fk_answer_carried_branch_id')),
    sa.ForeignKeyConstraint(['by_id'], ['app_user.id'], name=op.f('fk_answer_carried_by_id')),
    sa.ForeignKeyConstraint(['opinion_id'], ['collected_opinion.id'], name=op.f('fk_answer_carried_opinion_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_answer_carried'))
    )
    with op.batch_alter_table('answer_carried', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_answer_carried_branch_id'), ['branch_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_answer_carried_opinion_id'), ['opinion_id'], unique=False)

    op.create_table('earlier_record',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('gathering_id', sa.Uuid(), nullable=False),
    sa.Column('opinion_id', sa.Uuid(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('said', sa.JSON(none_as_null=True), nullable=False),
    sa.Column('replaced_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_id', sa.Uuid(), nullable=True),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['app_user.id'], name=op.f('fk_earlier_record_by_id')),
    sa.ForeignKeyConstraint(['gathering_id'], ['gathering.id'], name=op.f('fk_earlier_record_gathering_id')),
    sa.ForeignKeyConstraint(['opinion_id'], ['collected_opinion.id'], name=op.f('fk_earlier_record_opinion_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_earlier_record')),
    sa.UniqueConstraint('gathering_id', 'opinion_id', 'version', name=op.f('uq_earlier_record_gathering_id_opinion_id_version'))
    )
    op.create_table('opinion_source',
    sa.Column('consolidated_id', sa.Uuid(), nullable=False),
    sa.Column('opinion_id', sa.Uuid(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['app_user.id'], name=op.f('fk_opinion_source_by_id')),
    sa.ForeignKeyConstraint(['consolidated_id'], ['consolidated_opinion.id'], name=op.f('fk_opinion_source_consolidated_id')),
    sa.ForeignKeyConstraint(['opinion_id'], ['collected_opinion.id'], name=op.f('fk_opinion_source_opinion_id')),
    sa.PrimaryKeyConstraint('consolidated_id', 'opinion_id', name=op.f('pk_opinion_source'))
    )
    with op.batch_alter_table('opinion_source', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_opinion_source_opinion_id'), ['opinion_id'], unique=False)



def downgrade() -> None:
    with op.batch_alter_table('opinion_source', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_opinion_source_opinion_id'))

    op.drop_table('opinion_source')
    op.drop_table('earlier_record')
    with op.batch_alter_table('answer_carried', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_answer_carried_opinion_id'))
        batch_op.drop_index(batch_op.f('ix_answer_carried_branch_id'))

    op.drop_table('answer_carried')
    with op.batch_alter_table('collected_opinion', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_collected_opinion_gathering_id'))

    op.drop_table('collected_opinion')
    with op.batch_alter_table('gathering_file', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_gathering_file_gathering_id'))

    op.drop_table('gathering_file')
    with op.batch_alter_table('gathering', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_gathering_branch_id'))

    op.drop_table('gathering')
    op.drop_table('meeting_kit')
    op.drop_table('consolidated_opinion')
    with op.batch_alter_table('collection_branch', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_collection_branch_parent_id'))

    op.drop_table('collection_branch')
    with op.batch_alter_table('collection', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_collection_organisation_id'))
        batch_op.drop_index(batch_op.f('ix_collection_consultation_id'))

    op.drop_table('collection')
