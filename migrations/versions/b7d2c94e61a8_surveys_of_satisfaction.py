"""surveys of satisfaction with the living environment

Revision ID: b7d2c94e61a8
Revises: 3ffc11050043
"""

import sqlalchemy as sa
from alembic import op

revision = "b7d2c94e61a8"
down_revision = "3ffc11050043"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "survey",
        sa.Column("consultation_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("body_id", sa.Uuid(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("least", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by_id", sa.Uuid(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("opened_by_id", sa.Uuid(), nullable=True),
        sa.Column("frozen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("frozen_by_id", sa.Uuid(), nullable=True),
        sa.Column("results", sa.JSON(), nullable=True),
        sa.Column("table_hash", sa.Text(), nullable=False),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("released_by_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["body_id"], ["organisation.id"], name=op.f("fk_survey_body_id")),
        sa.ForeignKeyConstraint(["consultation_id"], ["consultation.id"], name=op.f("fk_survey_consultation_id")),
        sa.ForeignKeyConstraint(["frozen_by_id"], ["app_user.id"], name=op.f("fk_survey_frozen_by_id")),
        sa.ForeignKeyConstraint(["opened_by_id"], ["app_user.id"], name=op.f("fk_survey_opened_by_id")),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["app_user.id"], name=op.f("fk_survey_recorded_by_id")),
        sa.ForeignKeyConstraint(["released_by_id"], ["app_user.id"], name=op.f("fk_survey_released_by_id")),
        sa.PrimaryKeyConstraint("consultation_id", "id", name=op.f("pk_survey")),
        sa.UniqueConstraint("consultation_id", "number", name=op.f("uq_survey_consultation_id_number")),
    )
    op.create_index(op.f("ix_survey_opened_at"), "survey", ["opened_at"])

    op.create_table(
        "survey_question_set",
        sa.Column("consultation_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("survey_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("questions", sa.JSON(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["consultation_id", "survey_id"],
            ["survey.consultation_id", "survey.id"],
            name=op.f("fk_survey_question_set_consultation_id_survey_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultation.id"], name=op.f("fk_survey_question_set_consultation_id")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["app_user.id"], name=op.f("fk_survey_question_set_recorded_by_id")
        ),
        sa.PrimaryKeyConstraint("consultation_id", "id", name=op.f("pk_survey_question_set")),
        sa.UniqueConstraint(
            "consultation_id",
            "survey_id",
            "version",
            name=op.f("uq_survey_question_set_consultation_id_survey_id_version"),
        ),
    )

    op.create_table(
        "survey_area",
        sa.Column("consultation_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("survey_id", sa.Uuid(), nullable=False),
        sa.Column("area_id", sa.Uuid(), nullable=False),
        sa.Column("population", sa.Integer(), nullable=False),
        sa.Column("planned", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_survey_area_area_id")),
        sa.ForeignKeyConstraint(
            ["consultation_id", "survey_id"],
            ["survey.consultation_id", "survey.id"],
            name=op.f("fk_survey_area_consultation_id_survey_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(["consultation_id"], ["consultation.id"], name=op.f("fk_survey_area_consultation_id")),
        sa.PrimaryKeyConstraint("consultation_id", "id", name=op.f("pk_survey_area")),
        sa.UniqueConstraint(
            "consultation_id", "survey_id", "area_id", name=op.f("uq_survey_area_consultation_id_survey_id_area_id")
        ),
    )
    op.create_index(op.f("ix_survey_area_area_id"), "survey_area", ["area_id"])

    op.create_table(
        "survey_answer",
        sa.Column("consultation_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("survey_id", sa.Uuid(), nullable=False),
        sa.Column("area_id", sa.Uuid(), nullable=False),
        sa.Column("way", sa.String(length=40), nullable=False),
        sa.Column("sheet", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("said", sa.JSON(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_survey_answer_area_id")),
        sa.ForeignKeyConstraint(
            ["consultation_id", "survey_id"],
            ["survey.consultation_id", "survey.id"],
            name=op.f("fk_survey_answer_consultation_id_survey_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultation.id"], name=op.f("fk_survey_answer_consultation_id")
        ),
        sa.ForeignKeyConstraint(["entered_by_id"], ["app_user.id"], name=op.f("fk_survey_answer_entered_by_id")),
        sa.PrimaryKeyConstraint("consultation_id", "id", name=op.f("pk_survey_answer")),
        sa.UniqueConstraint(
            "consultation_id", "survey_id", "key", name=op.f("uq_survey_answer_consultation_id_survey_id_key")
        ),
    )
    op.create_index(
        op.f("ix_survey_answer_consultation_id_survey_id_area_id_way"),
        "survey_answer",
        ["consultation_id", "survey_id", "area_id", "way"],
    )


def downgrade() -> None:
    for table in ("survey_answer", "survey_area", "survey_question_set", "survey"):
        op.drop_table(table)
    # Who knows no surveys counts none.
    op.execute("DELETE FROM counter WHERE name = 'survey'")
