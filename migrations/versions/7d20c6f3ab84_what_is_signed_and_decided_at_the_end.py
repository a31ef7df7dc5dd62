"""what is decided where most people are against, and papers as they were signed

Revision ID: 7d20c6f3ab84
Revises: c10c4b7e52d9
"""

import sqlalchemy as sa
from alembic import op

revision = '7d20c6f3ab84'
down_revision = 'c10c4b7e52d9'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'majority_decision',
        sa.Column('provision_id', sa.Uuid(), nullable=True),
        sa.Column('follows', sa.Boolean(), nullable=False),
        sa.Column('text', sa.Text(), nullable=False),
        sa.Column('at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('by_id', sa.Uuid(), nullable=False),
        sa.Column('consultation_id', sa.Uuid(), nullable=False),
        sa.Column('id', sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(['by_id'], ['app_user.id'], name=op.f('fk_majority_decision_by_id')),
        sa.ForeignKeyConstraint(
            ['consultation_id'], ['consultation.id'], name=op.f('fk_majority_decision_consultation_id')
        ),
        sa.ForeignKeyConstraint(
            ['consultation_id', 'provision_id'],
            ['provision.consultation_id', 'provision.id'],
            name=op.f('fk_majority_decision_consultation_id_provision_id'),
            initially='DEFERRED',
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint('consultation_id', 'id', name=op.f('pk_majority_decision')),
    )
    with op.batch_alter_table('majority_decision') as batch_op:
        batch_op.create_index(
            batch_op.f('ix_majority_decision_consultation_id_provision_id'), ['consultation_id', 'provision_id']
        )
    op.create_table(
        'signed_copy',
        sa.Column('number', sa.Integer(), nullable=False),
        sa.Column('paper', sa.Enum('table', 'report', name='signedpaper', native_enum=False, length=40), nullable=False),
        sa.Column('letter_number', sa.Text(), nullable=False),
        sa.Column('signed_on', sa.Date(), nullable=False),
        sa.Column('file_hash', sa.Text(), nullable=False),
        sa.Column('file_name', sa.Text(), nullable=False),
        sa.Column('file_size', sa.Integer(), nullable=False),
        sa.Column('at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('by_id', sa.Uuid(), nullable=False),
        sa.Column('set_aside_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('set_aside_by_id', sa.Uuid(), nullable=True),
        sa.Column('set_aside_reason', sa.Text(), nullable=False),
        sa.Column('consultation_id', sa.Uuid(), nullable=False),
        sa.Column('id', sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(['by_id'], ['app_user.id'], name=op.f('fk_signed_copy_by_id')),
        sa.ForeignKeyConstraint(
            ['consultation_id'], ['consultation.id'], name=op.f('fk_signed_copy_consultation_id')
        ),
        sa.ForeignKeyConstraint(['set_aside_by_id'], ['app_user.id'], name=op.f('fk_signed_copy_set_aside_by_id')),
        sa.PrimaryKeyConstraint('consultation_id', 'id', name=op.f('pk_signed_copy')),
        sa.UniqueConstraint('consultation_id', 'number', name=op.f('uq_signed_copy_consultation_id_number')),
    )


def downgrade() -> None:
    op.drop_table('signed_copy')
    op.drop_table('majority_decision')
