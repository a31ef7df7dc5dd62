"""letters and their delivery

The letter by which bodies were asked is one row for all of them, made of the numbers and days that stood with each.

Revision ID: 61f09f2111f7
Revises: 5b8e0d9a3c71
"""

import time
import uuid

import sqlalchemy as sa
from alembic import op

revision = '61f09f2111f7'
down_revision = '5b8e0d9a3c71'
branch_labels = None
depends_on = None
forgets = ('invitation.letter_number', 'invitation.letter_on')

PURPOSES = ('invitation', 'reply', 'table')
WAYS = ('site', 'post', 'hand', 'network')
KINDS = (
    'sent', 'arrived', 'refused', 'registered', 'assigned', 'in_work', 'done', 'recall_asked', 'recalled',
    'recall_refused', 'receipt', 'handed_over', 'mail_accepted', 'no_mailbox', 'reminded', 'void',
)


def upgrade() -> None:
    op.create_table('official_letter',
    sa.Column('consultation_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('purpose', sa.Enum(*PURPOSES, name='letterpurpose', native_enum=False, length=40), nullable=False),
    sa.Column('number', sa.Text(), nullable=False),
    sa.Column('on', sa.Date(), nullable=True),
    sa.Column('subject', sa.Text(), nullable=False),
    sa.Column('signer_name', sa.Text(), nullable=False),
    sa.Column('signer_office', sa.Text(), nullable=False),
    sa.Column('signing_line', sa.Text(), nullable=False),
    sa.Column('file_hash', sa.Text(), nullable=False),
    sa.Column('file_name', sa.Text(), nullable=False),
    sa.Column('media_type', sa.Text(), nullable=False),
    sa.Column('file_size', sa.Integer(), nullable=False),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('recorded_by_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['consultation_id'], ['consultation.id'], name=op.f('fk_official_letter_consultation_id')),
    sa.ForeignKeyConstraint(['recorded_by_id'], ['app_user.id'], name=op.f('fk_official_letter_recorded_by_id')),
    sa.PrimaryKeyConstraint('consultation_id', 'id', name=op.f('pk_official_letter'))
    )
    op.add_column('organisation', sa.Column('network_code', sa.Text(), server_default='', nullable=False))
    with op.batch_alter_table('invitation') as batch:
        batch.add_column(sa.Column('letter_id', sa.Uuid(), nullable=True))
        batch.add_column(sa.Column('how', sa.Enum(*WAYS, name='sentby', native_enum=False, length=40), nullable=True))
    _carry_letters()
    with op.batch_alter_table('invitation') as batch:
        batch.drop_column('letter_number')
        batch.drop_column('letter_on')
        batch.create_foreign_key(
            op.f('fk_invitation_consultation_id_letter_id'), 'official_letter', ['consultation_id', 'letter_id'],
            ['consultation_id', 'id'], initially='DEFERRED', deferrable=True,
        )
    op.create_table('delivery',
    sa.Column('consultation_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('invitation_id', sa.Uuid(), nullable=False),
    sa.Column('letter_id', sa.Uuid(), nullable=True),
    sa.Column('kind', sa.Enum(*KINDS, name='deliverykind', native_enum=False, length=40), nullable=False),
    sa.Column('happened_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('whom', sa.Text(), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('source', sa.Text(), nullable=False),
    sa.Column('voids_id', sa.Uuid(), nullable=True),
    sa.Column('file_hash', sa.Text(), nullable=False),
    sa.Column('file_name', sa.Text(), nullable=False),
    sa.Column('media_type', sa.Text(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_id', sa.Uuid(), nullable=True),
    sa.ForeignKeyConstraint(['by_id'], ['app_user.id'], name=op.f('fk_delivery_by_id')),
    sa.ForeignKeyConstraint(['consultation_id', 'invitation_id'], ['invitation.consultation_id', 'invitation.id'], name=op.f('fk_delivery_consultation_id_invitation_id'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['consultation_id', 'letter_id'], ['official_letter.consultation_id', 'official_letter.id'], name=op.f('fk_delivery_consultation_id_letter_id'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['consultation_id', 'voids_id'], ['delivery.consultation_id', 'delivery.id'], name=op.f('fk_delivery_consultation_id_voids_id'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['consultation_id'], ['consultation.id'], name=op.f('fk_delivery_consultation_id')),
    sa.PrimaryKeyConstraint('consultation_id', 'id', name=op.f('pk_delivery'))
    )
    op.create_index(op.f('ix_delivery_consultation_id_invitation_id'), 'delivery', ['consultation_id', 'invitation_id'])
    op.create_table('status_file',
    sa.Column('consultation_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('file_name', sa.Text(), nullable=False),
    sa.Column('outcome', sa.Text(), nullable=False),
    sa.Column('about', sa.Text(), nullable=False),
    sa.Column('delivery_id', sa.Uuid(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['app_user.id'], name=op.f('fk_status_file_by_id')),
    sa.ForeignKeyConstraint(['consultation_id', 'delivery_id'], ['delivery.consultation_id', 'delivery.id'], name=op.f('fk_status_file_consultation_id_delivery_id'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['consultation_id'], ['consultation.id'], name=op.f('fk_status_file_consultation_id')),
    sa.PrimaryKeyConstraint('consultation_id', 'id', name=op.f('pk_status_file'))
    )


def _carry_letters() -> None:
    """One letter for each number and day of a matter, recorded when the first body was asked by it."""
    told = sa.MetaData()
    connection = op.get_bind()
    told.reflect(connection, only=['invitation', 'official_letter'])
    invitation, letter = told.tables['invitation'], told.tables['official_letter']
    made: dict[tuple[object, ...], object] = {}
    for row in connection.execute(sa.select(invitation).order_by(invitation.c.recorded_at, invitation.c.id)).all():
        key = (row.consultation_id, row.letter_number or '', row.letter_on)
        if key[1:] == ('', None):
            continue
        if key not in made:
            made[key] = _new_id(row.id)
            connection.execute(letter.insert().values(
                consultation_id=row.consultation_id, id=made[key], purpose='invitation', number=key[1], on=key[2],
                subject='', signer_name='', signer_office='', signing_line='', file_hash='', file_name='',
                media_type='', file_size=0, recorded_at=row.recorded_at, recorded_by_id=row.recorded_by_id,
            ))
        own = (invitation.c.consultation_id == row.consultation_id, invitation.c.id == row.id)
        connection.execute(invitation.update().where(*own).values(letter_id=made[key]))


def _new_id(like: object) -> object:
    """A new id as this database writes ids: SQLite tells text where PostgreSQL tells a UUID."""
    made = uuid.UUID(int=(time.time_ns() // 1_000_000 << 80) | (7 << 76) | (2 << 62) | uuid.uuid4().int >> 66)
    return made.hex if isinstance(like, str) else made


def downgrade() -> None:
    op.drop_table('status_file')
    op.drop_table('delivery')
    with op.batch_alter_table('invitation') as batch:
        batch.add_column(sa.Column('letter_on', sa.Date(), nullable=True))
        batch.add_column(sa.Column('letter_number', sa.Text(), nullable=True))
        batch.drop_constraint(op.f('fk_invitation_consultation_id_letter_id'), type_='foreignkey')
        batch.drop_column('how')
        batch.drop_column('letter_id')
    op.drop_column('organisation', 'network_code')
    op.drop_table('official_letter')
