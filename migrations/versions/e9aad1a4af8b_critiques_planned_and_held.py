"""how a critique came about; the year's plan of critiques

Revision ID: e9aad1a4af8b
Revises: 7c1e5ad20b93
"""

from uuid import uuid4

import sqlalchemy as sa
from alembic import op

revision = 'e9aad1a4af8b'
down_revision = '7c1e5ad20b93'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('critique', sa.Column('proceedings', sa.JSON(), server_default='{}', nullable=False))
    op.create_table('critique_plan',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('organisation_id', sa.Uuid(), nullable=False),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('number', sa.Text(), nullable=False),
    sa.Column('issued_on', sa.Date(), nullable=True),
    sa.Column('published_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('published_by_id', sa.Uuid(), nullable=True),
    sa.Column('reminded_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_critique_plan_organisation_id')),
    sa.ForeignKeyConstraint(['published_by_id'], ['app_user.id'], name=op.f('fk_critique_plan_published_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_critique_plan')),
    sa.UniqueConstraint('organisation_id', 'year', name=op.f('uq_critique_plan_organisation_id_year')),
    )
    op.create_table('plan_change',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('planned_id', sa.Uuid(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_id', sa.Uuid(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('before', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['planned_id'], ['planned_critique.id'], name=op.f('fk_plan_change_planned_id')),
    sa.ForeignKeyConstraint(['by_id'], ['app_user.id'], name=op.f('fk_plan_change_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_plan_change')),
    )
    op.create_index(op.f('ix_plan_change_planned_id'), 'plan_change', ['planned_id'])
    ground = sa.Enum('programme', 'drafting', 'member', 'request', name='ground', native_enum=False, length=40)
    with op.batch_alter_table('planned_critique', schema=None) as batch_op:
        batch_op.add_column(sa.Column('plan_id', sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column('ground', ground, server_default='programme', nullable=False))
        batch_op.add_column(sa.Column('removed_at', sa.DateTime(timezone=True), nullable=True))
    _give_plans()
    with op.batch_alter_table('planned_critique', schema=None) as batch_op:
        batch_op.alter_column('plan_id', existing_type=sa.Uuid(), nullable=False)
        batch_op.alter_column('ground', existing_type=ground, server_default=None)
        batch_op.create_foreign_key(batch_op.f('fk_planned_critique_plan_id'), 'critique_plan', ['plan_id'], ['id'])


def _give_plans() -> None:
    """Lines of before belong to the plan of who leads them, one for each year."""
    connection = op.get_bind()
    lines = sa.table('planned_critique', sa.column('plan_id', sa.Uuid()), sa.column('year', sa.Integer()), sa.column('lead_id', sa.Uuid()))
    plans = sa.table('critique_plan', sa.column('id', sa.Uuid()), sa.column('organisation_id', sa.Uuid()), sa.column('year', sa.Integer()), sa.column('number', sa.Text()))
    for lead, year in connection.execute(sa.select(lines.c.lead_id, lines.c.year).distinct()).all():
        plan = uuid4()
        connection.execute(plans.insert().values(id=plan, organisation_id=lead, year=year, number=''))
        theirs = (lines.c.lead_id == lead, lines.c.year == year)
        connection.execute(lines.update().where(*theirs).values(plan_id=plan))


def downgrade() -> None:
    with op.batch_alter_table('planned_critique', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_planned_critique_plan_id'), type_='foreignkey')
        for name in ('removed_at', 'ground', 'plan_id'):
            batch_op.drop_column(name)
    op.drop_table('plan_change')
    op.drop_table('critique_plan')
    op.drop_column('critique', 'proceedings')
