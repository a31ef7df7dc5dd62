"""who posts an investor's report

A statutory consultation on an environmental impact report that is still being prepared, and of which an investor (or
who answers it) is in charge, goes to the body that appraises the report. What was published stays as the log fixed it:
there the appraising body judges by the rule of `posting_body` in consult/policy/actors.py.

Revision ID: 6b1e93d7c5a0
Revises: 3d9e61c07ab4
"""

from alembic import op

revision = '6b1e93d7c5a0'
down_revision = '3d9e61c07ab4'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        UPDATE consultation SET lead_id = issuing_id
        WHERE procedure = 'eia_statutory' AND published_at IS NULL AND issuing_id <> answering_id
        AND (lead_id = answering_id OR lead_id IN (SELECT id FROM organisation WHERE kind = 'investor'))
        AND issuing_id NOT IN (SELECT id FROM organisation WHERE kind = 'investor')
    """)


def downgrade() -> None:
    """Who was in charge before is not known any more; whoever is now may be."""
