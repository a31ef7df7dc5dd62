"""campaigns and commendations

Revision ID: e1856f0cd51e
Revises: e282cb581934
"""

import sqlalchemy as sa
from alembic import op

revision = 'e1856f0cd51e'
down_revision = 'e282cb581934'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('campaign',
    sa.Column('consultation_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('kind', sa.Enum('separation', 'roads', 'water', 'plastic', 'trees', 'customs', 'other', name='practicekind', native_enum=False, length=40), nullable=False),
    sa.Column('about', sa.Text(), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=False),
    sa.Column('measures', sa.JSON(none_as_null=True), nullable=False),
    sa.Column('public_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['consultation_id'], ['consultation.id'], name=op.f('fk_campaign_consultation_id')),
    sa.PrimaryKeyConstraint('consultation_id', 'id', name=op.f('pk_campaign')),
    sa.UniqueConstraint('consultation_id', 'number', name=op.f('uq_campaign_consultation_id_number'))
    )
    with op.batch_alter_table('campaign', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_campaign_public_at_starts_on'), ['public_at', 'starts_on'], unique=False)

    op.create_table('commendation',
    sa.Column('consultation_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('body', 'group', 'person', name='commendedkind', native_enum=False, length=40), nullable=False),
    sa.Column('body_id', sa.Uuid(), nullable=True),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('folded_name', sa.Text(), nullable=False),
    sa.Column('area_id', sa.Uuid(), nullable=True),
    sa.Column('merits', sa.Text(), nullable=False),
    sa.Column('evidence', sa.Text(), nullable=False),
    sa.Column('file_hash', sa.Text(), nullable=False),
    sa.Column('file_name', sa.Text(), nullable=False),
    sa.Column('media_type', sa.Text(), nullable=False),
    sa.Column('practice_number', sa.Integer(), nullable=True),
    sa.Column('proposer_id', sa.Uuid(), nullable=False),
    sa.Column('proposed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('recorded_by_id', sa.Uuid(), nullable=False),
    sa.Column('found', sa.JSON(none_as_null=True), nullable=False),
    sa.Column('check_note', sa.Text(), nullable=False),
    sa.Column('checked_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('checked_by_id', sa.Uuid(), nullable=True),
    sa.Column('refusal', sa.Text(), nullable=False),
    sa.Column('refused_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('refused_by_id', sa.Uuid(), nullable=True),
    sa.Column('form', sa.Text(), nullable=False),
    sa.Column('decision_number', sa.Text(), nullable=False),
    sa.Column('decided_on', sa.Date(), nullable=True),
    sa.Column('deciding_id', sa.Uuid(), nullable=True),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('decided_by_id', sa.Uuid(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('salt', sa.LargeBinary(), nullable=True),
    sa.Column('released_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('released_by_id', sa.Uuid(), nullable=True),
    sa.Column('withdrawal', sa.Text(), nullable=False),
    sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('withdrawn_by_id', sa.Uuid(), nullable=True),
    sa.Column('erasure_asked_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('erasure_asked_by_id', sa.Uuid(), nullable=True),
    sa.Column('erased_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('erased_by_id', sa.Uuid(), nullable=True),
    sa.ForeignKeyConstraint(['area_id'], ['area.id'], name=op.f('fk_commendation_area_id')),
    sa.ForeignKeyConstraint(['body_id'], ['organisation.id'], name=op.f('fk_commendation_body_id')),
    sa.ForeignKeyConstraint(['checked_by_id'], ['app_user.id'], name=op.f('fk_commendation_checked_by_id')),
    sa.ForeignKeyConstraint(['consultation_id'], ['consultation.id'], name=op.f('fk_commendation_consultation_id')),
    sa.ForeignKeyConstraint(['decided_by_id'], ['app_user.id'], name=op.f('fk_commendation_decided_by_id')),
    sa.ForeignKeyConstraint(['deciding_id'], ['organisation.id'], name=op.f('fk_commendation_deciding_id')),
    sa.ForeignKeyConstraint(['erased_by_id'], ['app_user.id'], name=op.f('fk_commendation_erased_by_id')),
    sa.ForeignKeyConstraint(['erasure_asked_by_id'], ['app_user.id'], name=op.f('fk_commendation_erasure_asked_by_id')),
    sa.ForeignKeyConstraint(['proposer_id'], ['organisation.id'], name=op.f('fk_commendation_proposer_id')),
    sa.ForeignKeyConstraint(['recorded_by_id'], ['app_user.id'], name=op.f('fk_commendation_recorded_by_id')),
    sa.ForeignKeyConstraint(['refused_by_id'], ['app_user.id'], name=op.f('fk_commendation_refused_by_id')),
    sa.ForeignKeyConstraint(['released_by_id'], ['app_user.id'], name=op.f('fk_commendation_released_by_id')),
    sa.ForeignKeyConstraint(['withdrawn_by_id'], ['app_user.id'], name=op.f('fk_commendation_withdrawn_by_id')),
    sa.PrimaryKeyConstraint('consultation_id', 'id', name=op.f('pk_commendation')),
    sa.UniqueConstraint('consultation_id', 'number', name=op.f('uq_commendation_consultation_id_number'))
    )
    with op.batch_alter_table('commendation', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_commendation_area_id'), ['area_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_commendation_body_id'), ['body_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_commendation_folded_name'), ['folded_name'], unique=False)
        batch_op.create_index(batch_op.f('ix_commendation_proposer_id'), ['proposer_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_commendation_released_at_consultation_id_number'), ['released_at', 'consultation_id', 'number'], unique=False)

    op.create_table('campaign_body',
    sa.Column('consultation_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('campaign_id', sa.Uuid(), nullable=False),
    sa.Column('body_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['body_id'], ['organisation.id'], name=op.f('fk_campaign_body_body_id')),
    sa.ForeignKeyConstraint(['consultation_id', 'campaign_id'], ['campaign.consultation_id', 'campaign.id'], name=op.f('fk_campaign_body_consultation_id_campaign_id'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['consultation_id'], ['consultation.id'], name=op.f('fk_campaign_body_consultation_id')),
    sa.PrimaryKeyConstraint('consultation_id', 'id', name=op.f('pk_campaign_body'))
    )
    with op.batch_alter_table('campaign_body', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_campaign_body_body_id'), ['body_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_campaign_body_consultation_id_campaign_id'), ['consultation_id', 'campaign_id'], unique=False)

    op.create_table('campaign_place',
    sa.Column('consultation_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('campaign_id', sa.Uuid(), nullable=False),
    sa.Column('area_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['area_id'], ['area.id'], name=op.f('fk_campaign_place_area_id')),
    sa.ForeignKeyConstraint(['consultation_id', 'campaign_id'], ['campaign.consultation_id', 'campaign.id'], name=op.f('fk_campaign_place_consultation_id_campaign_id'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['consultation_id'], ['consultation.id'], name=op.f('fk_campaign_place_consultation_id')),
    sa.PrimaryKeyConstraint('consultation_id', 'id', name=op.f('pk_campaign_place'))
    )
    with op.batch_alter_table('campaign_place', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_campaign_place_area_id'), ['area_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_campaign_place_consultation_id_campaign_id'), ['consultation_id', 'campaign_id'], unique=False)

    op.create_table('campaign_result',
    sa.Column('consultation_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('campaign_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('body_id', sa.Uuid(), nullable=False),
    sa.Column('area_id', sa.Uuid(), nullable=False),
    sa.Column('place', sa.Text(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('measure', sa.Integer(), nullable=False),
    sa.Column('hundredths', sa.BigInteger(), nullable=False),
    sa.Column('source', sa.Text(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('consent', sa.Text(), nullable=False),
    sa.Column('file_hash', sa.Text(), nullable=False),
    sa.Column('file_name', sa.Text(), nullable=False),
    sa.Column('media_type', sa.Text(), nullable=False),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('recorded_by_id', sa.Uuid(), nullable=False),
    sa.Column('released_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('released_by_id', sa.Uuid(), nullable=True),
    sa.Column('replaced_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['area_id'], ['area.id'], name=op.f('fk_campaign_result_area_id')),
    sa.ForeignKeyConstraint(['body_id'], ['organisation.id'], name=op.f('fk_campaign_result_body_id')),
    sa.ForeignKeyConstraint(['consultation_id', 'campaign_id'], ['campaign.consultation_id', 'campaign.id'], name=op.f('fk_campaign_result_consultation_id_campaign_id'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['consultation_id'], ['consultation.id'], name=op.f('fk_campaign_result_consultation_id')),
    sa.ForeignKeyConstraint(['recorded_by_id'], ['app_user.id'], name=op.f('fk_campaign_result_recorded_by_id')),
    sa.ForeignKeyConstraint(['released_by_id'], ['app_user.id'], name=op.f('fk_campaign_result_released_by_id')),
    sa.PrimaryKeyConstraint('consultation_id', 'id', name=op.f('pk_campaign_result')),
    sa.UniqueConstraint('consultation_id', 'number', 'version', name=op.f('uq_campaign_result_consultation_id_number_version'))
    )
    with op.batch_alter_table('campaign_result', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_campaign_result_area_id'), ['area_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_campaign_result_body_id'), ['body_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_campaign_result_consultation_id_campaign_id_day_number'), ['consultation_id', 'campaign_id', 'day', 'number'], unique=False)
        batch_op.create_index(batch_op.f('ix_campaign_result_released_at'), ['released_at'], unique=False)

    op.create_table('campaign_version',
    sa.Column('consultation_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('campaign_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('facts', sa.JSON(none_as_null=True), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('recorded_by_id', sa.Uuid(), nullable=False),
    sa.Column('released_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('released_by_id', sa.Uuid(), nullable=True),
    sa.ForeignKeyConstraint(['consultation_id', 'campaign_id'], ['campaign.consultation_id', 'campaign.id'], name=op.f('fk_campaign_version_consultation_id_campaign_id'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['consultation_id'], ['consultation.id'], name=op.f('fk_campaign_version_consultation_id')),
    sa.ForeignKeyConstraint(['recorded_by_id'], ['app_user.id'], name=op.f('fk_campaign_version_recorded_by_id')),
    sa.ForeignKeyConstraint(['released_by_id'], ['app_user.id'], name=op.f('fk_campaign_version_released_by_id')),
    sa.PrimaryKeyConstraint('consultation_id', 'id', name=op.f('pk_campaign_version')),
    sa.UniqueConstraint('consultation_id', 'campaign_id', 'number', name=op.f('uq_campaign_version_consultation_id_campaign_id_number'))
    )
    op.create_table('commendation_consent',
    sa.Column('consultation_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('commendation_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('given_on', sa.Date(), nullable=False),
    sa.Column('how', sa.Text(), nullable=False),
    sa.Column('taken_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('taken_by_id', sa.Uuid(), nullable=False),
    sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('withdrawn_by_id', sa.Uuid(), nullable=True),
    sa.ForeignKeyConstraint(['consultation_id', 'commendation_id'], ['commendation.consultation_id', 'commendation.id'], name=op.f('fk_commendation_consent_consultation_id_commendation_id'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['consultation_id'], ['consultation.id'], name=op.f('fk_commendation_consent_consultation_id')),
    sa.ForeignKeyConstraint(['taken_by_id'], ['app_user.id'], name=op.f('fk_commendation_consent_taken_by_id')),
    sa.ForeignKeyConstraint(['withdrawn_by_id'], ['app_user.id'], name=op.f('fk_commendation_consent_withdrawn_by_id')),
    sa.PrimaryKeyConstraint('consultation_id', 'id', name=op.f('pk_commendation_consent')),
    sa.UniqueConstraint('consultation_id', 'commendation_id', 'number', name=op.f('uq_commendation_consent_consultation_id_commendation_id_number'))
    )


def downgrade() -> None:
    op.drop_table('commendation_consent')
    op.drop_table('campaign_version')
    with op.batch_alter_table('campaign_result', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_campaign_result_released_at'))
        batch_op.drop_index(batch_op.f('ix_campaign_result_consultation_id_campaign_id_day_number'))
        batch_op.drop_index(batch_op.f('ix_campaign_result_body_id'))
        batch_op.drop_index(batch_op.f('ix_campaign_result_area_id'))

    op.drop_table('campaign_result')
    with op.batch_alter_table('campaign_place', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_campaign_place_consultation_id_campaign_id'))
        batch_op.drop_index(batch_op.f('ix_campaign_place_area_id'))

    op.drop_table('campaign_place')
    with op.batch_alter_table('campaign_body', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_campaign_body_consultation_id_campaign_id'))
        batch_op.drop_index(batch_op.f('ix_campaign_body_body_id'))

    op.drop_table('campaign_body')
    with op.batch_alter_table('commendation', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_commendation_released_at_consultation_id_number'))
        batch_op.drop_index(batch_op.f('ix_commendation_proposer_id'))
        batch_op.drop_index(batch_op.f('ix_commendation_folded_name'))
        batch_op.drop_index(batch_op.f('ix_commendation_body_id'))
        batch_op.drop_index(batch_op.f('ix_commendation_area_id'))

    op.drop_table('commendation')
    with op.batch_alter_table('campaign', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_campaign_public_at_starts_on'))

    op.drop_table('campaign')
    # Who knows no campaigns and commendations counts none.
    op.execute("DELETE FROM counter WHERE name IN ('campaign', 'campaign_result', 'commendation')")
