"""A survey under a programme: its question sets, the communes drawn from, and the answers."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult.db import Base, Numbered, coded, key_of_consultation, key_to
from consult.people.models import Area, Organisation
from consult.programme.head_models import Programme
from consult.programme.surveys.words import Way
from consult.relationships import belongs_to, has_many


class Survey(Numbered, Base):
    """A survey of one year by one of the parties: answers are taken from `starts_on` to the end of `ends_on`, and no
    group of fewer than `least` answers is told. With `opened_at` its questions are fixed and public, with `frozen_at`
    its `results` and the table without persons (`table_hash`) are, with `released_at` both are public. `recorded_by` is
    who last wrote its facts or its plan of communes."""

    __tablename__ = "survey"
    __table_args__ = (
        key_of_consultation(),
        UniqueConstraint("consultation_id", "number"),
        Index(None, "opened_at"),
    )

    number: Mapped[int]
    year: Mapped[int]
    title: Mapped[str]
    body_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    least: Mapped[int]
    recorded_at: Mapped[datetime]
    recorded_by_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))
    opened_at: Mapped[datetime | None]
    opened_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))
    frozen_at: Mapped[datetime | None]
    frozen_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))
    results: Mapped[dict[str, Any] | None]
    table_hash: Mapped[str]
    released_at: Mapped[datetime | None]
    released_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))

    body: Mapped[Organisation] = relationship()
    programme: Mapped[Programme] = relationship(
        primaryjoin="foreign(Survey.consultation_id) == Programme.consultation_id", viewonly=True
    )
    question_sets: Mapped[list["QuestionSet"]] = has_many("Survey", "QuestionSet.survey_id", "QuestionSet.version")
    areas: Mapped[list["SurveyArea"]] = has_many("Survey", "SurveyArea.survey_id", "SurveyArea.id")


class QuestionSet(Numbered, Base):
    """One version of what a survey asks; the newest counts, and none is added once the survey is open. `origin` is the
    file it was read from."""

    __tablename__ = "survey_question_set"
    __table_args__ = (
        key_of_consultation(),
        key_to("survey", "survey_id"),
        UniqueConstraint("consultation_id", "survey_id", "version"),
    )

    survey_id: Mapped[UUID]
    version: Mapped[int]
    questions: Mapped[list[Any]]
    origin: Mapped[str]
    recorded_at: Mapped[datetime]
    recorded_by_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))

    survey: Mapped[Survey] = belongs_to("QuestionSet.survey_id", "Survey")


class SurveyArea(Numbered, Base):
    """A commune that is drawn from: how many people live there, and how many answers are meant to come."""

    __tablename__ = "survey_area"
    __table_args__ = (
        key_of_consultation(),
        key_to("survey", "survey_id"),
        UniqueConstraint("consultation_id", "survey_id", "area_id"),
        Index(None, "area_id"),
    )

    survey_id: Mapped[UUID]
    area_id: Mapped[UUID] = mapped_column(ForeignKey("area.id"))
    population: Mapped[int]
    planned: Mapped[int]

    survey: Mapped[Survey] = belongs_to("SurveyArea.survey_id", "Survey")
    area: Mapped[Area] = relationship(lazy="joined")


class SurveyVillage(Numbered, Base):
    """A village of a commune that enters papers by a secret link of its own, without an account: the hash of the
    `key_number`th key, until `key_ended_at`. Nothing public names a village."""

    __tablename__ = "survey_village"
    __table_args__ = (
        key_of_consultation(),
        key_to("survey", "survey_id"),
        UniqueConstraint("consultation_id", "survey_id", "number"),
        Index(None, "key_hash", unique=True),
        Index(None, "area_id"),
        Index(None, "id", unique=True),
    )

    survey_id: Mapped[UUID]
    area_id: Mapped[UUID] = mapped_column(ForeignKey("area.id"))
    number: Mapped[int]
    name: Mapped[str]
    key_number: Mapped[int]
    key_hash: Mapped[str]
    key_ended_at: Mapped[datetime | None]
    added_at: Mapped[datetime]
    added_by_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))

    survey: Mapped[Survey] = belongs_to("SurveyVillage.survey_id", "Survey")
    area: Mapped[Area] = relationship(lazy="joined")


class SurveyAnswer(Numbered, Base):
    """One questionnaire that came back: from which commune, in which `way`, and what was said, by the names of the
    questions. `key` is that of its form or the number of its paper: the same comes in once. Nobody is named in it;
    `entered_by` is who typed a paper, or `village_id` by whose link it came, with the random key of the form or of the
    device's draft (`form_key`): what is sent twice is known by that."""

    __tablename__ = "survey_answer"
    __table_args__ = (
        key_of_consultation(),
        key_to("survey", "survey_id"),
        UniqueConstraint("consultation_id", "survey_id", "key"),
        key_to("survey_village", "village_id"),
        Index(None, "consultation_id", "survey_id", "area_id", "way"),
        Index(None, "consultation_id", "village_id", "form_key"),
    )

    survey_id: Mapped[UUID]
    area_id: Mapped[UUID] = mapped_column(ForeignKey("area.id"))
    way: Mapped[Way] = mapped_column(coded(Way))
    sheet: Mapped[str]
    key: Mapped[str]
    said: Mapped[dict[str, Any]]
    received_at: Mapped[datetime]
    entered_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))
    village_id: Mapped[UUID | None]
    form_key: Mapped[str | None]

    survey: Mapped[Survey] = belongs_to("SurveyAnswer.survey_id", "Survey")
    area: Mapped[Area] = relationship()
