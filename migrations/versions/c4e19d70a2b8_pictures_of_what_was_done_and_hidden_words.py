"""pictures of what was done, cases of which no report stands, words that a correction hides

Revision ID: c4e19d70a2b8
Revises: c15e0a7d93b4
"""

import sqlalchemy as sa
from alembic import op

revision = "c4e19d70a2b8"
down_revision = "c15e0a7d93b4"
branch_labels = None
depends_on = None

INDEXES = (
    ("promise", ["kind", "ended_on", "due_on", "public_at"]),
    ("promise", ["ended_on", "by_id", "due_on", "public_at"]),
    ("practice", ["public_at", "area_id", "ended_on", "parent_number"]),
    ("practice", ["started_on", "consultation_id", "number"]),
    ("inspection_version", ["released_at"]),
)
"""By which lists of very many rows are counted and put in their order."""


def upgrade() -> None:
    op.create_table(
        "promise_picture",
        sa.Column("consultation_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("act_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("file_hash", sa.Text(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("caption", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["consultation_id", "act_id"],
            ["promise_act.consultation_id", "promise_act.id"],
            name=op.f("fk_promise_picture_consultation_id_act_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultation.id"], name=op.f("fk_promise_picture_consultation_id")
        ),
        sa.PrimaryKeyConstraint("consultation_id", "id", name=op.f("pk_promise_picture")),
        sa.UniqueConstraint(
            "consultation_id", "act_id", "number", name=op.f("uq_promise_picture_consultation_id_act_id_number")
        ),
    )
    op.add_column("sighting_case", sa.Column("unreported_since", sa.DateTime(timezone=True), nullable=True))
    op.add_column("sighting_case", sa.Column("was_public_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column(
        "inspection_version", sa.Column("hides_earlier", sa.Boolean(), server_default=sa.false(), nullable=False)
    )
    for table, columns in INDEXES:
        op.create_index(op.f("_".join(("ix", table, *columns))), table, columns)


def downgrade() -> None:
    for table, columns in INDEXES:
        op.drop_index(op.f("_".join(("ix", table, *columns))), table)
    op.drop_column("inspection_version", "hides_earlier")
    # Without the columns nobody would know what was public: a case goes back to what its log says of it.
    op.execute(
        "UPDATE promise SET public_at = (SELECT was_public_at FROM sighting_case WHERE "
        "sighting_case.consultation_id = promise.consultation_id AND sighting_case.id = promise.id) "
        "WHERE public_at IS NULL AND EXISTS (SELECT 1 FROM sighting_case WHERE "
        "sighting_case.consultation_id = promise.consultation_id AND sighting_case.id = promise.id "
        "AND was_public_at IS NOT NULL)"
    )
    op.drop_column("sighting_case", "was_public_at")
    op.drop_column("sighting_case", "unreported_since")
    op.drop_table("promise_picture")
