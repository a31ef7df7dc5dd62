"""proposals in a letter of the Front, and results of inspections

Revision ID: d5b8f0c27a14
Revises: c33a62db3c52
"""

import sqlalchemy as sa
from alembic import op

revision = 'd5b8f0c27a14'
down_revision = 'c33a62db3c52'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('bundled_proposal',
    sa.Column('consultation_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('submission_id', sa.Uuid(), nullable=False),
    sa.Column('place', sa.Integer(), nullable=False),
    sa.Column('proposals_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['consultation_id'], ['consultation.id'], name=op.f('fk_bundled_proposal_consultation_id')),
    sa.ForeignKeyConstraint(['consultation_id', 'submission_id'], ['submission.consultation_id', 'submission.id'], name=op.f('fk_bundled_proposal_consultation_id_submission_id'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['proposals_id'], ['consultation.id'], name=op.f('fk_bundled_proposal_proposals_id')),
    sa.PrimaryKeyConstraint('consultation_id', 'id', name=op.f('pk_bundled_proposal')),
    sa.UniqueConstraint('consultation_id', 'submission_id', 'proposals_id', 'number', name=op.f('uq_bundled_proposal_consultation_id_submission_id_proposals_id_number'))
    )
    op.create_index(op.f('ix_bundled_proposal_proposals_id_number'), 'bundled_proposal', ['proposals_id', 'number'])
    op.create_table('inspection',
    sa.Column('consultation_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('body_id', sa.Uuid(), nullable=False),
    sa.Column('public_version', sa.Integer(), nullable=True),
    sa.Column('promise_id', sa.Uuid(), nullable=True),
    sa.ForeignKeyConstraint(['body_id'], ['organisation.id'], name=op.f('fk_inspection_body_id')),
    sa.ForeignKeyConstraint(['consultation_id', 'promise_id'], ['promise.consultation_id', 'promise.id'], name=op.f('fk_inspection_consultation_id_promise_id'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['consultation_id'], ['consultation.id'], name=op.f('fk_inspection_consultation_id')),
    sa.PrimaryKeyConstraint('consultation_id', 'id', name=op.f('pk_inspection')),
    sa.UniqueConstraint('consultation_id', 'number', name=op.f('uq_inspection_consultation_id_number'))
    )
    op.create_index(op.f('ix_inspection_body_id'), 'inspection', ['body_id'])
    op.create_index(op.f('ix_inspection_consultation_id_promise_id'), 'inspection', ['consultation_id', 'promise_id'])
    op.create_table('inspection_version',
    sa.Column('consultation_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('inspection_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('subject', sa.Text(), nullable=False),
    sa.Column('inspected_kind', sa.String(length=40), nullable=False),
    sa.Column('inspected_id', sa.Uuid(), nullable=True),
    sa.Column('inspected_name', sa.Text(), nullable=False),
    sa.Column('area_id', sa.Uuid(), nullable=True),
    sa.Column('inspected_on', sa.Date(), nullable=False),
    sa.Column('decision_number', sa.Text(), nullable=False),
    sa.Column('decision_on', sa.Date(), nullable=False),
    sa.Column('file_hash', sa.Text(), nullable=False),
    sa.Column('file_name', sa.Text(), nullable=False),
    sa.Column('media_type', sa.Text(), nullable=False),
    sa.Column('breaches', sa.JSON(), nullable=False),
    sa.Column('fine', sa.BigInteger(), nullable=True),
    sa.Column('remedy', sa.Text(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=True),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('recorded_by_id', sa.Uuid(), nullable=False),
    sa.Column('released_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('released_by_id', sa.Uuid(), nullable=True),
    sa.ForeignKeyConstraint(['area_id'], ['area.id'], name=op.f('fk_inspection_version_area_id')),
    sa.ForeignKeyConstraint(['consultation_id', 'inspection_id'], ['inspection.consultation_id', 'inspection.id'], name=op.f('fk_inspection_version_consultation_id_inspection_id'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['consultation_id'], ['consultation.id'], name=op.f('fk_inspection_version_consultation_id')),
    sa.ForeignKeyConstraint(['inspected_id'], ['organisation.id'], name=op.f('fk_inspection_version_inspected_id')),
    sa.ForeignKeyConstraint(['recorded_by_id'], ['app_user.id'], name=op.f('fk_inspection_version_recorded_by_id')),
    sa.ForeignKeyConstraint(['released_by_id'], ['app_user.id'], name=op.f('fk_inspection_version_released_by_id')),
    sa.PrimaryKeyConstraint('consultation_id', 'id', name=op.f('pk_inspection_version')),
    sa.UniqueConstraint('consultation_id', 'inspection_id', 'number', name=op.f('uq_inspection_version_consultation_id_inspection_id_number'))
    )
    op.create_index(op.f('ix_inspection_version_area_id_decision_on'), 'inspection_version', ['area_id', 'decision_on'])
    op.create_index(op.f('ix_inspection_version_decision_on_consultation_id_inspection_id'), 'inspection_version', ['decision_on', 'consultation_id', 'inspection_id'])


def downgrade() -> None:
    for table in ('inspection_version', 'inspection', 'bundled_proposal'):
        op.drop_table(table)
    op.execute("DELETE FROM counter WHERE name = 'inspection'")
    # Who knows no remedies cannot read the promises that they are.
    named = ' AND '.join(f'id NOT IN (SELECT id FROM {one})' for one in ('task', 'recommendation'))
    remedy = f"kind = 'remedy' AND {named}"
    op.execute(f'DELETE FROM promise_act WHERE promise_id IN (SELECT id FROM promise WHERE {remedy})')
    op.execute(f'DELETE FROM promise WHERE {remedy}')
