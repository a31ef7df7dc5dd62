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
    sa.UniqueConstraint('consultation_id', 'submission_id', 'proposals_id', 'number', name=op.f('uq_bundled_proposal_consultation_id_submission_id_propo_b664'))
    )
    op.create_index(op.f('ix_bundled_proposal_proposals_id_number'), 'bundled_proposal', ['proposals_id', 'number'])


def downgrade() -> None:
    op.drop_table('bundled_proposal')
