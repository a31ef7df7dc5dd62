"""models, materials and training

Revision ID: 3ffc11050043
Revises: d58b1e7c40a6
"""

import sqlalchemy as sa
from alembic import op

revision = '3ffc11050043'
down_revision = 'd58b1e7c40a6'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('area_criteria',
    sa.Column('consultation_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('items', sa.JSON(none_as_null=True), nullable=False),
    sa.Column('needed', sa.Integer(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('recorded_by_id', sa.Uuid(), nullable=False),
    sa.Column('released_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('released_by_id', sa.Uuid(), nullable=True),
    sa.ForeignKeyConstraint(['consultation_id'], ['consultation.id'], name=op.f('fk_area_criteria_consultation_id')),
    sa.ForeignKeyConstraint(['recorded_by_id'], ['app_user.id'], name=op.f('fk_area_criteria_recorded_by_id')),
    sa.ForeignKeyConstraint(['released_by_id'], ['app_user.id'], name=op.f('fk_area_criteria_released_by_id')),
    sa.PrimaryKeyConstraint('consultation_id', 'id', name=op.f('pk_area_criteria')),
    sa.UniqueConstraint('consultation_id', 'year', 'version', name=op.f('uq_area_criteria_consultation_id_year_version'))
    )
    op.create_table('course',
    sa.Column('consultation_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('about', sa.Text(), nullable=False),
    sa.Column('place', sa.Text(), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=False),
    sa.Column('seats', sa.Integer(), nullable=False),
    sa.Column('invited', sa.JSON(none_as_null=True), nullable=False),
    sa.Column('materials', sa.JSON(none_as_null=True), nullable=False),
    sa.Column('test', sa.Text(), nullable=False),
    sa.Column('most_points', sa.Integer(), nullable=False),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('recorded_by_id', sa.Uuid(), nullable=False),
    sa.Column('released_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('released_by_id', sa.Uuid(), nullable=True),
    sa.Column('points_before', sa.JSON(none_as_null=True), nullable=False),
    sa.Column('points_after', sa.JSON(none_as_null=True), nullable=False),
    sa.Column('held_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('held_by_id', sa.Uuid(), nullable=True),
    sa.Column('results_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('results_by_id', sa.Uuid(), nullable=True),
    sa.ForeignKeyConstraint(['consultation_id'], ['consultation.id'], name=op.f('fk_course_consultation_id')),
    sa.ForeignKeyConstraint(['held_by_id'], ['app_user.id'], name=op.f('fk_course_held_by_id')),
    sa.ForeignKeyConstraint(['recorded_by_id'], ['app_user.id'], name=op.f('fk_course_recorded_by_id')),
    sa.ForeignKeyConstraint(['released_by_id'], ['app_user.id'], name=op.f('fk_course_released_by_id')),
    sa.ForeignKeyConstraint(['results_by_id'], ['app_user.id'], name=op.f('fk_course_results_by_id')),
    sa.PrimaryKeyConstraint('consultation_id', 'id', name=op.f('pk_course')),
    sa.UniqueConstraint('consultation_id', 'number', name=op.f('uq_course_consultation_id_number'))
    )
    with op.batch_alter_table('course', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_course_released_at_starts_on'), ['released_at', 'starts_on'], unique=False)

    op.create_table('material',
    sa.Column('consultation_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('about', sa.Text(), nullable=False),
    sa.Column('topic', sa.Enum('waste', 'plastic', 'water', 'land', 'climate', 'customs', 'law', name='materialtopic', native_enum=False, length=40), nullable=False),
    sa.Column('form', sa.Enum('leaflet', 'poster', 'slides', 'sound', 'film', name='materialform', native_enum=False, length=40), nullable=False),
    sa.Column('language', sa.Enum('vi', 'tay', 'nung', 'dao', 'mong', 'en', name='materiallanguage', native_enum=False, length=40), nullable=False),
    sa.Column('made_by', sa.Text(), nullable=False),
    sa.Column('licence', sa.Enum('free', 'attribution', 'unchanged', 'ask', name='licence', native_enum=False, length=40), nullable=False),
    sa.Column('public_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['consultation_id'], ['consultation.id'], name=op.f('fk_material_consultation_id')),
    sa.PrimaryKeyConstraint('consultation_id', 'id', name=op.f('pk_material')),
    sa.UniqueConstraint('consultation_id', 'number', name=op.f('uq_material_consultation_id_number'))
    )
    with op.batch_alter_table('material', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_material_public_at_consultation_id_number'), ['public_at', 'consultation_id', 'number'], unique=False)

    op.create_table('practice',
    sa.Column('consultation_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('setting', sa.Enum('community', 'parish', 'school', 'market', 'body', name='practicesetting', native_enum=False, length=40), nullable=False),
    sa.Column('kind', sa.Enum('separation', 'roads', 'water', 'plastic', 'trees', 'customs', 'other', name='practicekind', native_enum=False, length=40), nullable=False),
    sa.Column('summary', sa.Text(), nullable=False),
    sa.Column('lead_id', sa.Uuid(), nullable=False),
    sa.Column('area_id', sa.Uuid(), nullable=False),
    sa.Column('village', sa.Text(), nullable=False),
    sa.Column('started_on', sa.Date(), nullable=False),
    sa.Column('cost', sa.Text(), nullable=False),
    sa.Column('households', sa.Integer(), nullable=True),
    sa.Column('how_started', sa.Text(), nullable=False),
    sa.Column('parent_matter_id', sa.Uuid(), nullable=True),
    sa.Column('parent_number', sa.Integer(), nullable=True),
    sa.Column('contact', sa.Text(), nullable=False),
    sa.Column('public_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ended_on', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['area_id'], ['area.id'], name=op.f('fk_practice_area_id')),
    sa.ForeignKeyConstraint(['consultation_id'], ['consultation.id'], name=op.f('fk_practice_consultation_id')),
    sa.ForeignKeyConstraint(['lead_id'], ['organisation.id'], name=op.f('fk_practice_lead_id')),
    sa.ForeignKeyConstraint(['parent_matter_id'], ['consultation.id'], name=op.f('fk_practice_parent_matter_id')),
    sa.PrimaryKeyConstraint('consultation_id', 'id', name=op.f('pk_practice')),
    sa.UniqueConstraint('consultation_id', 'number', name=op.f('uq_practice_consultation_id_number'))
    )
    with op.batch_alter_table('practice', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_practice_area_id'), ['area_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_practice_lead_id'), ['lead_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_practice_parent_matter_id_parent_number'), ['parent_matter_id', 'parent_number'], unique=False)
        batch_op.create_index(batch_op.f('ix_practice_public_at_consultation_id_number'), ['public_at', 'consultation_id', 'number'], unique=False)

    op.create_table('area_score',
    sa.Column('consultation_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('criteria_id', sa.Uuid(), nullable=False),
    sa.Column('area_id', sa.Uuid(), nullable=False),
    sa.Column('village', sa.Text(), nullable=False),
    sa.Column('points', sa.JSON(none_as_null=True), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('scored_on', sa.Date(), nullable=False),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('recorded_by_id', sa.Uuid(), nullable=False),
    sa.Column('released_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('released_by_id', sa.Uuid(), nullable=True),
    sa.ForeignKeyConstraint(['area_id'], ['area.id'], name=op.f('fk_area_score_area_id')),
    sa.ForeignKeyConstraint(['consultation_id', 'criteria_id'], ['area_criteria.consultation_id', 'area_criteria.id'], name=op.f('fk_area_score_consultation_id_criteria_id'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['consultation_id'], ['consultation.id'], name=op.f('fk_area_score_consultation_id')),
    sa.ForeignKeyConstraint(['recorded_by_id'], ['app_user.id'], name=op.f('fk_area_score_recorded_by_id')),
    sa.ForeignKeyConstraint(['released_by_id'], ['app_user.id'], name=op.f('fk_area_score_released_by_id')),
    sa.PrimaryKeyConstraint('consultation_id', 'id', name=op.f('pk_area_score')),
    sa.UniqueConstraint('consultation_id', 'number', name=op.f('uq_area_score_consultation_id_number'))
    )
    with op.batch_alter_table('area_score', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_area_score_area_id'), ['area_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_area_score_consultation_id_criteria_id'), ['consultation_id', 'criteria_id'], unique=False)

    op.create_table('material_order',
    sa.Column('consultation_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('body_id', sa.Uuid(), nullable=False),
    sa.Column('material_id', sa.Uuid(), nullable=True),
    sa.Column('copies', sa.Integer(), nullable=True),
    sa.Column('specialist', sa.Boolean(), nullable=False),
    sa.Column('needed_on', sa.Date(), nullable=False),
    sa.Column('place', sa.Text(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_id', sa.Uuid(), nullable=False),
    sa.Column('confirmed', sa.Boolean(), nullable=True),
    sa.Column('answer', sa.Text(), nullable=False),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('answered_by_id', sa.Uuid(), nullable=True),
    sa.Column('delivered_on', sa.Date(), nullable=True),
    sa.Column('delivered_copies', sa.Integer(), nullable=True),
    sa.Column('delivered', sa.Text(), nullable=False),
    sa.Column('delivered_by_id', sa.Uuid(), nullable=True),
    sa.ForeignKeyConstraint(['answered_by_id'], ['app_user.id'], name=op.f('fk_material_order_answered_by_id')),
    sa.ForeignKeyConstraint(['body_id'], ['organisation.id'], name=op.f('fk_material_order_body_id')),
    sa.ForeignKeyConstraint(['by_id'], ['app_user.id'], name=op.f('fk_material_order_by_id')),
    sa.ForeignKeyConstraint(['consultation_id', 'material_id'], ['material.consultation_id', 'material.id'], name=op.f('fk_material_order_consultation_id_material_id'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['consultation_id'], ['consultation.id'], name=op.f('fk_material_order_consultation_id')),
    sa.ForeignKeyConstraint(['delivered_by_id'], ['app_user.id'], name=op.f('fk_material_order_delivered_by_id')),
    sa.PrimaryKeyConstraint('consultation_id', 'id', name=op.f('pk_material_order')),
    sa.UniqueConstraint('consultation_id', 'number', name=op.f('uq_material_order_consultation_id_number'))
    )
    with op.batch_alter_table('material_order', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_material_order_body_id'), ['body_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_material_order_consultation_id_answered_at'), ['consultation_id', 'answered_at'], unique=False)

    op.create_table('material_version',
    sa.Column('consultation_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('material_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('details', sa.JSON(none_as_null=True), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('file_hash', sa.Text(), nullable=False),
    sa.Column('file_name', sa.Text(), nullable=False),
    sa.Column('media_type', sa.Text(), nullable=False),
    sa.Column('file_size', sa.Integer(), nullable=False),
    sa.Column('taken', sa.Integer(), server_default='0', nullable=False),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('recorded_by_id', sa.Uuid(), nullable=False),
    sa.Column('released_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('released_by_id', sa.Uuid(), nullable=True),
    sa.ForeignKeyConstraint(['consultation_id', 'material_id'], ['material.consultation_id', 'material.id'], name=op.f('fk_material_version_consultation_id_material_id'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['consultation_id'], ['consultation.id'], name=op.f('fk_material_version_consultation_id')),
    sa.ForeignKeyConstraint(['recorded_by_id'], ['app_user.id'], name=op.f('fk_material_version_recorded_by_id')),
    sa.ForeignKeyConstraint(['released_by_id'], ['app_user.id'], name=op.f('fk_material_version_released_by_id')),
    sa.PrimaryKeyConstraint('consultation_id', 'id', name=op.f('pk_material_version')),
    sa.UniqueConstraint('consultation_id', 'material_id', 'number', name=op.f('uq_material_version_consultation_id_material_id_number'))
    )
    op.create_table('participant',
    sa.Column('consultation_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('course_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('body_id', sa.Uuid(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('names_public', sa.Boolean(), nullable=False),
    sa.Column('code', sa.Text(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['body_id'], ['organisation.id'], name=op.f('fk_participant_body_id')),
    sa.ForeignKeyConstraint(['by_id'], ['app_user.id'], name=op.f('fk_participant_by_id')),
    sa.ForeignKeyConstraint(['consultation_id', 'course_id'], ['course.consultation_id', 'course.id'], name=op.f('fk_participant_consultation_id_course_id'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['consultation_id'], ['consultation.id'], name=op.f('fk_participant_consultation_id')),
    sa.PrimaryKeyConstraint('consultation_id', 'id', name=op.f('pk_participant')),
    sa.UniqueConstraint('consultation_id', 'course_id', 'number', name=op.f('uq_participant_consultation_id_course_id_number'))
    )
    with op.batch_alter_table('participant', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_participant_body_id'), ['body_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_participant_code'), ['code'], unique=True)

    op.create_table('practice_act',
    sa.Column('consultation_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('practice_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('facts', 'evaluation', 'ended', 'resumed', 'picture', 'material', name='practiceactkind', native_enum=False, length=40), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('year', sa.Integer(), nullable=True),
    sa.Column('day', sa.Date(), nullable=True),
    sa.Column('details', sa.JSON(none_as_null=True), nullable=False),
    sa.Column('before', sa.JSON(none_as_null=True), nullable=False),
    sa.Column('consent', sa.Text(), nullable=False),
    sa.Column('file_hash', sa.Text(), nullable=False),
    sa.Column('file_name', sa.Text(), nullable=False),
    sa.Column('media_type', sa.Text(), nullable=False),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('recorded_by_id', sa.Uuid(), nullable=False),
    sa.Column('released_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('released_by_id', sa.Uuid(), nullable=True),
    sa.ForeignKeyConstraint(['consultation_id', 'practice_id'], ['practice.consultation_id', 'practice.id'], name=op.f('fk_practice_act_consultation_id_practice_id'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['consultation_id'], ['consultation.id'], name=op.f('fk_practice_act_consultation_id')),
    sa.ForeignKeyConstraint(['recorded_by_id'], ['app_user.id'], name=op.f('fk_practice_act_recorded_by_id')),
    sa.ForeignKeyConstraint(['released_by_id'], ['app_user.id'], name=op.f('fk_practice_act_released_by_id')),
    sa.PrimaryKeyConstraint('consultation_id', 'id', name=op.f('pk_practice_act')),
    sa.UniqueConstraint('consultation_id', 'practice_id', 'number', name=op.f('uq_practice_act_consultation_id_practice_id_number'))
    )
    op.create_table('practice_request',
    sa.Column('consultation_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('practice_id', sa.Uuid(), nullable=False),
    sa.Column('body_id', sa.Uuid(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['body_id'], ['organisation.id'], name=op.f('fk_practice_request_body_id')),
    sa.ForeignKeyConstraint(['by_id'], ['app_user.id'], name=op.f('fk_practice_request_by_id')),
    sa.ForeignKeyConstraint(['consultation_id', 'practice_id'], ['practice.consultation_id', 'practice.id'], name=op.f('fk_practice_request_consultation_id_practice_id'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['consultation_id'], ['consultation.id'], name=op.f('fk_practice_request_consultation_id')),
    sa.PrimaryKeyConstraint('consultation_id', 'id', name=op.f('pk_practice_request')),
    sa.UniqueConstraint('consultation_id', 'practice_id', 'body_id', name=op.f('uq_practice_request_consultation_id_practice_id_body_id'))
    )
    with op.batch_alter_table('practice_request', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_practice_request_body_id'), ['body_id'], unique=False)



def downgrade() -> None:
    with op.batch_alter_table('practice_request', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_practice_request_body_id'))

    op.drop_table('practice_request')
    op.drop_table('practice_act')
    with op.batch_alter_table('participant', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_participant_code'))
        batch_op.drop_index(batch_op.f('ix_participant_body_id'))

    op.drop_table('participant')
    op.drop_table('material_version')
    with op.batch_alter_table('material_order', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_material_order_consultation_id_answered_at'))
        batch_op.drop_index(batch_op.f('ix_material_order_body_id'))

    op.drop_table('material_order')
    with op.batch_alter_table('area_score', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_area_score_consultation_id_criteria_id'))
        batch_op.drop_index(batch_op.f('ix_area_score_area_id'))

    op.drop_table('area_score')
    with op.batch_alter_table('practice', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_practice_public_at_consultation_id_number'))
        batch_op.drop_index(batch_op.f('ix_practice_parent_matter_id_parent_number'))
        batch_op.drop_index(batch_op.f('ix_practice_lead_id'))
        batch_op.drop_index(batch_op.f('ix_practice_area_id'))

    op.drop_table('practice')
    with op.batch_alter_table('material', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_material_public_at_consultation_id_number'))

    op.drop_table('material')
    with op.batch_alter_table('course', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_course_released_at_starts_on'))

    op.drop_table('course')
    op.drop_table('area_criteria')
    # Who knows no models, materials and courses counts none.
    op.execute(
        "DELETE FROM counter WHERE name IN ('practice', 'area_score', 'material', 'material_order', 'course')"
    )
