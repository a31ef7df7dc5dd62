"""quarterly exchanges, reports, and what one programme takes over from another

Revision ID: d58b1e7c40a6
Revises: d5b8f0c27a14
"""

import sqlalchemy as sa
from alembic import op

revision = 'd58b1e7c40a6'
down_revision = 'd5b8f0c27a14'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('exchange',
    sa.Column('consultation_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('quarter', sa.Integer(), nullable=False),
    sa.Column('held_on', sa.Date(), nullable=True),
    sa.Column('place', sa.Text(), nullable=False),
    sa.Column('first_leader', sa.Text(), nullable=False),
    sa.Column('second_leader', sa.Text(), nullable=False),
    sa.Column('attendants', sa.Text(), nullable=False),
    sa.Column('minutes', sa.Text(), nullable=False),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('recorded_by_id', sa.Uuid(), nullable=False),
    *_agreed(),
    *_keys('exchange'),
    sa.ForeignKeyConstraint(['recorded_by_id'], ['app_user.id'], name=op.f('fk_exchange_recorded_by_id')),
    sa.PrimaryKeyConstraint('consultation_id', 'id', name=op.f('pk_exchange')),
    sa.UniqueConstraint('consultation_id', 'number', name=op.f('uq_exchange_consultation_id_number')),
    sa.UniqueConstraint('consultation_id', 'year', 'quarter', name=op.f('uq_exchange_consultation_id_year_quarter'))
    )
    op.create_table('agenda_item',
    sa.Column('consultation_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('exchange_id', sa.Uuid(), nullable=False),
    sa.Column('place', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('key', sa.Text(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('count', sa.Integer(), nullable=False),
    sa.Column('path', sa.Text(), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['consultation_id', 'exchange_id'], ['exchange.consultation_id', 'exchange.id'], name=op.f('fk_agenda_item_consultation_id_exchange_id'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['consultation_id'], ['consultation.id'], name=op.f('fk_agenda_item_consultation_id')),
    sa.PrimaryKeyConstraint('consultation_id', 'id', name=op.f('pk_agenda_item'))
    )
    op.create_index(op.f('ix_agenda_item_consultation_id_exchange_id_place'), 'agenda_item', ['consultation_id', 'exchange_id', 'place'])
    op.create_table('decision',
    sa.Column('consultation_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('exchange_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['consultation_id', 'exchange_id'], ['exchange.consultation_id', 'exchange.id'], name=op.f('fk_decision_consultation_id_exchange_id'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['consultation_id', 'id'], ['promise.consultation_id', 'promise.id'], name=op.f('fk_decision_consultation_id_id'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['consultation_id'], ['consultation.id'], name=op.f('fk_decision_consultation_id')),
    sa.PrimaryKeyConstraint('consultation_id', 'id', name=op.f('pk_decision'))
    )
    op.create_index(op.f('ix_decision_consultation_id_exchange_id'), 'decision', ['consultation_id', 'exchange_id'])
    op.create_table('programme_report',
    sa.Column('consultation_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('since', sa.Date(), nullable=False),
    sa.Column('until', sa.Date(), nullable=False),
    sa.Column('texts', sa.JSON(), nullable=False),
    sa.Column('as_of', sa.Date(), nullable=True),
    sa.Column('file_hash', sa.Text(), nullable=False),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('recorded_by_id', sa.Uuid(), nullable=False),
    *_agreed(),
    *_keys('programme_report'),
    sa.ForeignKeyConstraint(['recorded_by_id'], ['app_user.id'], name=op.f('fk_programme_report_recorded_by_id')),
    sa.PrimaryKeyConstraint('consultation_id', 'id', name=op.f('pk_programme_report')),
    sa.UniqueConstraint('consultation_id', 'number', name=op.f('uq_programme_report_consultation_id_number')),
    sa.UniqueConstraint('consultation_id', 'kind', 'year', name=op.f('uq_programme_report_consultation_id_kind_year'))
    )
    op.create_table('taken_over',
    sa.Column('consultation_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('from_id', sa.Uuid(), nullable=False),
    sa.Column('from_number', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['consultation_id', 'id'], ['task.consultation_id', 'task.id'], name=op.f('fk_taken_over_consultation_id_id'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['consultation_id'], ['consultation.id'], name=op.f('fk_taken_over_consultation_id')),
    sa.ForeignKeyConstraint(['from_id'], ['consultation.id'], name=op.f('fk_taken_over_from_id')),
    sa.PrimaryKeyConstraint('consultation_id', 'id', name=op.f('pk_taken_over')),
    sa.UniqueConstraint('from_id', 'from_number', name=op.f('uq_taken_over_from_id_from_number'))
    )
    op.create_index(op.f('ix_taken_over_consultation_id_from_id'), 'taken_over', ['consultation_id', 'from_id'])


def _agreed() -> list[sa.Column]:
    """Which party agreed when and by whom."""
    return [
        sa.Column('first_agreed_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('first_agreed_by_id', sa.Uuid(), nullable=True),
        sa.Column('second_agreed_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('second_agreed_by_id', sa.Uuid(), nullable=True),
        sa.Column('public_at', sa.DateTime(timezone=True), nullable=True),
    ]


def _keys(table: str) -> list[sa.ForeignKeyConstraint]:
    return [
        sa.ForeignKeyConstraint(['consultation_id'], ['consultation.id'], name=op.f(f'fk_{table}_consultation_id')),
        sa.ForeignKeyConstraint(['first_agreed_by_id'], ['app_user.id'], name=op.f(f'fk_{table}_first_agreed_by_id')),
        sa.ForeignKeyConstraint(['second_agreed_by_id'], ['app_user.id'], name=op.f(f'fk_{table}_second_agreed_by_id')),
    ]


def downgrade() -> None:
    # What was decided is a promise of a kind that is not known before; what ended as taken over was not carried out.
    op.drop_table('decision')
    named = 'id NOT IN (SELECT id FROM task) AND id NOT IN (SELECT id FROM recommendation)'
    decided = f"SELECT id FROM promise WHERE kind = 'decision' AND {named}"
    op.execute(f'DELETE FROM promise_act WHERE promise_id IN ({decided})')
    op.execute(f"DELETE FROM promise WHERE kind = 'decision' AND {named}")
    onward = 't.from_id = promise.consultation_id AND t.from_number = promise.number AND t.consultation_id <> t.from_id'
    op.execute(
        "UPDATE promise SET ending = 'withdrawn' WHERE ending = 'taken_over' "
        f'AND EXISTS (SELECT 1 FROM taken_over t WHERE {onward})'
    )
    for table in ('taken_over', 'programme_report', 'agenda_item', 'exchange'):
        op.drop_table(table)
    op.execute("DELETE FROM counter WHERE name IN ('exchange', 'report')")
