"""what an investor asks and reads of replies, and packages handed to who appraises

Revision ID: 9c41d7e0b25f
Revises: a7c4e19b02f6
"""

import sqlalchemy as sa
from alembic import op

revision = '9c41d7e0b25f'
down_revision = '4e1b7c90d5fa'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('sender_question') as batch_op:
        batch_op.add_column(sa.Column('by_investor', sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column('shared_reply', sa.Text(), server_default='', nullable=False))
        batch_op.add_column(sa.Column('shared_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('shared_by_id', sa.Uuid(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f('fk_sender_question_shared_by_id'), 'app_user', ['shared_by_id'], ['id']
        )
    op.create_table(
        'appraisal_package',
        sa.Column('number', sa.Integer(), nullable=False),
        sa.Column('file_hash', sa.Text(), nullable=False),
        sa.Column('file_size', sa.Integer(), nullable=False),
        sa.Column('at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('by_id', sa.Uuid(), nullable=False),
        sa.Column('consultation_id', sa.Uuid(), nullable=False),
        sa.Column('id', sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(['by_id'], ['app_user.id'], name=op.f('fk_appraisal_package_by_id')),
        sa.ForeignKeyConstraint(
            ['consultation_id'], ['consultation.id'], name=op.f('fk_appraisal_package_consultation_id')
        ),
        sa.PrimaryKeyConstraint('consultation_id', 'id', name=op.f('pk_appraisal_package')),
        sa.UniqueConstraint('consultation_id', 'number', name=op.f('uq_appraisal_package_consultation_id_number')),
    )


def downgrade() -> None:
    op.drop_table('appraisal_package')
    with op.batch_alter_table('sender_question') as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_sender_question_shared_by_id'), type_='foreignkey')
        for column in ('shared_by_id', 'shared_at', 'shared_reply', 'by_investor'):
            batch_op.drop_column(column)
