"""branches in the middle consolidate

A branch between villages and the body that collects writes consolidated opinions by its link, without an account; the
level above rests on them, and each level says why it left an opinion out.

Revision ID: 3194d3c65e4e
Revises: 9752bfb88196
"""

import sqlalchemy as sa
from alembic import op

from consult.db import Moment

revision = '3194d3c65e4e'
down_revision = '9752bfb88196'
branch_labels = None
depends_on = None

BRANCH = "collection_branch"


def upgrade() -> None:
    with op.batch_alter_table("consolidated_opinion") as table:
        table.add_column(sa.Column("branch_id", sa.Uuid(), nullable=True))
        table.create_foreign_key("fk_consolidated_opinion_branch_id", BRANCH, ["branch_id"], ["id"])
        table.alter_column("written_by_id", existing_type=sa.Uuid(), nullable=True)
    with op.batch_alter_table("opinion_source") as table:
        table.alter_column("by_id", existing_type=sa.Uuid(), nullable=True)
    with op.batch_alter_table("collected_opinion") as table:
        table.add_column(sa.Column("left_out_branch_id", sa.Uuid(), nullable=True))
        table.create_foreign_key(
            "fk_collected_opinion_left_out_branch_id", BRANCH, ["left_out_branch_id"], ["id"]
        )
    op.create_table(
        "point_source",
        sa.Column("consolidated_id", sa.Uuid(), nullable=False),
        sa.Column("below_id", sa.Uuid(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["consolidated_id"],
            ["consolidated_opinion.id"],
            name=op.f("fk_point_source_consolidated_id"),
        ),
        sa.ForeignKeyConstraint(
            ["below_id"], ["consolidated_opinion.id"], name=op.f("fk_point_source_below_id")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["app_user.id"], name=op.f("fk_point_source_by_id")),
        sa.PrimaryKeyConstraint("consolidated_id", "below_id", name=op.f("pk_point_source")),
    )
    op.create_index(op.f("ix_point_source_below_id"), "point_source", ["below_id"])


def downgrade() -> None:
    op.drop_table("point_source")
    with op.batch_alter_table("collected_opinion") as table:
        table.drop_constraint("fk_collected_opinion_left_out_branch_id", type_="foreignkey")
        table.drop_column("left_out_branch_id")
    # What a branch wrote stays, with nobody named as its writer: the columns keep room for that.
    with op.batch_alter_table("consolidated_opinion") as table:
        table.drop_constraint("fk_consolidated_opinion_branch_id", type_="foreignkey")
        table.drop_column("branch_id")
