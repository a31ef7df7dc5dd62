"""what was passed on to other bodies, and proposals that a draft takes up

Revision ID: 5d8a17c3e6f2
Revises: 8d41f7c06e29
"""

import sqlalchemy as sa
from alembic import op

revision = '5d8a17c3e6f2'
down_revision = '8d41f7c06e29'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'referral',
        sa.Column('number', sa.Integer(), nullable=False),
        sa.Column('comment_id', sa.Uuid(), nullable=False),
        sa.Column('organisation_id', sa.Uuid(), nullable=True),
        sa.Column('body_name', sa.Text(), nullable=False),
        sa.Column('letter_number', sa.Text(), nullable=False),
        sa.Column('sent_on', sa.Date(), nullable=False),
        sa.Column('due_on', sa.Date(), nullable=False),
        sa.Column('at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('by_id', sa.Uuid(), nullable=False),
        sa.Column('reply', sa.Text(), nullable=False),
        sa.Column('reply_letter', sa.Text(), nullable=False),
        sa.Column('replied_on', sa.Date(), nullable=True),
        sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('recorded_by_id', sa.Uuid(), nullable=True),
        sa.Column('released_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('released_by_id', sa.Uuid(), nullable=True),
        *_ids('referral'),
        sa.ForeignKeyConstraint(
            ['consultation_id', 'comment_id'],
            ['comment.consultation_id', 'comment.id'],
            name=op.f('fk_referral_consultation_id_comment_id'),
            initially='DEFERRED',
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ['organisation_id'], ['organisation.id'], name=op.f('fk_referral_organisation_id')
        ),
        *(
            sa.ForeignKeyConstraint([name], ['app_user.id'], name=op.f(f'fk_referral_{name}'))
            for name in ('by_id', 'recorded_by_id', 'released_by_id')
        ),
        sa.UniqueConstraint('consultation_id', 'number', name=op.f('uq_referral_consultation_id_number')),
    )
    for columns in (['consultation_id', 'comment_id'], ['consultation_id', 'due_on']):
        op.create_index(op.f(f'ix_referral_{"_".join(columns)}'), 'referral', columns)
    op.create_table(
        'taken_up',
        sa.Column('proposals_id', sa.Uuid(), nullable=False),
        sa.Column('number', sa.Integer(), nullable=False),
        sa.Column('at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('by_id', sa.Uuid(), nullable=False),
        *_ids('taken_up'),
        sa.ForeignKeyConstraint(['proposals_id'], ['consultation.id'], name=op.f('fk_taken_up_proposals_id')),
        sa.ForeignKeyConstraint(['by_id'], ['app_user.id'], name=op.f('fk_taken_up_by_id')),
        sa.UniqueConstraint(
            'consultation_id', 'proposals_id', 'number', name=op.f('uq_taken_up_consultation_id_proposals_id_number')
        ),
    )
    op.create_index(op.f('ix_taken_up_proposals_id_number'), 'taken_up', ['proposals_id', 'number'])


def downgrade() -> None:
    op.drop_table('taken_up')
    op.drop_table('referral')


def _ids(table: str) -> list[sa.schema.SchemaItem]:
    """What a row of a matter has: its own id beside that of the matter."""
    return [
        sa.Column('consultation_id', sa.Uuid(), nullable=False),
        sa.Column('id', sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(['consultation_id'], ['consultation.id'], name=op.f(f'fk_{table}_consultation_id')),
        sa.PrimaryKeyConstraint('consultation_id', 'id', name=op.f(f'pk_{table}')),
    ]
