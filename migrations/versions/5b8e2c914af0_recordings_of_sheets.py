"""recordings of sheets that are read out

Revision ID: 5b8e2c914af0
Revises: f3a96c18d0b7
"""

import sqlalchemy as sa
from alembic import op

revision = '5b8e2c914af0'
down_revision = 'f3a96c18d0b7'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('sheet_recording',
    sa.Column('area_id', sa.Uuid(), nullable=True),
    sa.Column('language', sa.Text(), nullable=False),
    sa.Column('taken_back', sa.Integer(), nullable=False),
    sa.Column('received', sa.Integer(), nullable=False),
    sa.Column('audio_hash', sa.Text(), nullable=False),
    sa.Column('audio_name', sa.Text(), nullable=False),
    sa.Column('audio_type', sa.Text(), nullable=False),
    sa.Column('audio_size', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_id', sa.Uuid(), nullable=False),
    sa.Column('removed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('consultation_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['area_id'], ['area.id'], name=op.f('fk_sheet_recording_area_id')),
    sa.ForeignKeyConstraint(['by_id'], ['app_user.id'], name=op.f('fk_sheet_recording_by_id')),
    sa.ForeignKeyConstraint(['consultation_id'], ['consultation.id'], name=op.f('fk_sheet_recording_consultation_id')),
    sa.PrimaryKeyConstraint('consultation_id', 'id', name=op.f('pk_sheet_recording'))
    )
    op.create_index(op.f('ix_sheet_recording_consultation_id_language'), 'sheet_recording', ['consultation_id', 'language'], unique=False)


def downgrade() -> None:
    op.drop_table('sheet_recording')
