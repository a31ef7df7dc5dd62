"""villages enter papers by links, people sign in at courses by a code

Revision ID: e282cb581934
Revises: ad257d197163
"""

import sqlalchemy as sa
from alembic import op

revision = 'e282cb581934'
down_revision = 'ad257d197163'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('course_sitting',
    sa.Column('consultation_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('course_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('begins', sa.Integer(), nullable=False),
    sa.Column('ends', sa.Integer(), nullable=False),
    sa.Column('key_number', sa.Integer(), nullable=False),
    sa.Column('key_hash', sa.Text(), nullable=False),
    sa.Column('key_ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('added_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('added_by_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['added_by_id'], ['app_user.id'], name=op.f('fk_course_sitting_added_by_id')),
    sa.ForeignKeyConstraint(['consultation_id', 'course_id'], ['course.consultation_id', 'course.id'], name=op.f('fk_course_sitting_consultation_id_course_id'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['consultation_id'], ['consultation.id'], name=op.f('fk_course_sitting_consultation_id')),
    sa.PrimaryKeyConstraint('consultation_id', 'id', name=op.f('pk_course_sitting')),
    sa.UniqueConstraint('consultation_id', 'course_id', 'number', name=op.f('uq_course_sitting_consultation_id_course_id_number'))
    )
    with op.batch_alter_table('course_sitting', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_course_sitting_key_hash'), ['key_hash'], unique=True)

    op.create_table('survey_village',
    sa.Column('consultation_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('survey_id', sa.Uuid(), nullable=False),
    sa.Column('area_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('key_number', sa.Integer(), nullable=False),
    sa.Column('key_hash', sa.Text(), nullable=False),
    sa.Column('key_ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('added_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('added_by_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['added_by_id'], ['app_user.id'], name=op.f('fk_survey_village_added_by_id')),
    sa.ForeignKeyConstraint(['area_id'], ['area.id'], name=op.f('fk_survey_village_area_id')),
    sa.ForeignKeyConstraint(['consultation_id', 'survey_id'], ['survey.consultation_id', 'survey.id'], name=op.f('fk_survey_village_consultation_id_survey_id'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['consultation_id'], ['consultation.id'], name=op.f('fk_survey_village_consultation_id')),
    sa.PrimaryKeyConstraint('consultation_id', 'id', name=op.f('pk_survey_village')),
    sa.UniqueConstraint('consultation_id', 'survey_id', 'number', name=op.f('uq_survey_village_consultation_id_survey_id_number'))
    )
    with op.batch_alter_table('survey_village', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_survey_village_area_id'), ['area_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_survey_village_id'), ['id'], unique=True)
        batch_op.create_index(batch_op.f('ix_survey_village_key_hash'), ['key_hash'], unique=True)

    op.create_table('course_signed_in',
    sa.Column('consultation_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('sitting_id', sa.Uuid(), nullable=False),
    sa.Column('participant_id', sa.Uuid(), nullable=True),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['consultation_id', 'participant_id'], ['participant.consultation_id', 'participant.id'], name=op.f('fk_course_signed_in_consultation_id_participant_id'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['consultation_id', 'sitting_id'], ['course_sitting.consultation_id', 'course_sitting.id'], name=op.f('fk_course_signed_in_consultation_id_sitting_id'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['consultation_id'], ['consultation.id'], name=op.f('fk_course_signed_in_consultation_id')),
    sa.PrimaryKeyConstraint('consultation_id', 'id', name=op.f('pk_course_signed_in')),
    sa.UniqueConstraint('consultation_id', 'sitting_id', 'participant_id', name=op.f('uq_course_signed_in_consultation_id_sitting_id_participant_id'))
    )
    with op.batch_alter_table('course_signed_in', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_course_signed_in_consultation_id_participant_id'), ['consultation_id', 'participant_id'], unique=False)

    with op.batch_alter_table('survey_answer', schema=None) as batch_op:
        batch_op.add_column(sa.Column('village_id', sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column('form_key', sa.Text(), nullable=True))
        batch_op.create_index(batch_op.f('ix_survey_answer_consultation_id_village_id_form_key'), ['consultation_id', 'village_id', 'form_key'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_survey_answer_consultation_id_village_id'), 'survey_village', ['consultation_id', 'village_id'], ['consultation_id', 'id'], initially='DEFERRED', deferrable=True)



def downgrade() -> None:
    with op.batch_alter_table('survey_answer', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_survey_answer_consultation_id_village_id'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_survey_answer_consultation_id_village_id_form_key'))
        batch_op.drop_column('form_key')
        batch_op.drop_column('village_id')

    with op.batch_alter_table('course_signed_in', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_course_signed_in_consultation_id_participant_id'))

    op.drop_table('course_signed_in')
    with op.batch_alter_table('survey_village', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_survey_village_key_hash'))
        batch_op.drop_index(batch_op.f('ix_survey_village_id'))
        batch_op.drop_index(batch_op.f('ix_survey_village_area_id'))

    op.drop_table('survey_village')
    with op.batch_alter_table('course_sitting', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_course_sitting_key_hash'))

    op.drop_table('course_sitting')
