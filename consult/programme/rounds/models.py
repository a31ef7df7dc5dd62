"""A round of supervision of the Front: its steps, its pictures, and what it recommends."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult.db import Base, Numbered, coded, key_of_consultation, key_to
from consult.people.models import Area, Organisation
from consult.programme.head_models import Programme
from consult.programme.promise_models import Promise
from consult.programme.words import StepKind
from consult.relationships import belongs_to, has_many


class Round(Numbered, Base):
    """A round of supervision: who leads it, who is supervised, about what, on which days, by which members (`name` and
    `office`). `terms` are the days between its steps as they were in force when it was planned. It is public with the
    first of its steps. `recorded_by` is who wrote its facts last."""

    __tablename__ = "supervision_round"
    __table_args__ = (
        key_of_consultation(),
        UniqueConstraint("consultation_id", "number"),
        Index(None, "supervised_id"),
    )

    number: Mapped[int]
    subject: Mapped[str]
    content: Mapped[str]
    lead_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    supervised_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    area_id: Mapped[UUID | None] = mapped_column(ForeignKey("area.id"))
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    members: Mapped[list[Any]]
    terms: Mapped[dict[str, Any]]
    recorded_at: Mapped[datetime]
    recorded_by_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))

    lead: Mapped[Organisation] = relationship(foreign_keys=[lead_id])
    supervised: Mapped[Organisation] = relationship(foreign_keys=[supervised_id])
    area: Mapped[Area | None] = relationship()
    programme: Mapped[Programme] = relationship(
        primaryjoin="foreign(Round.consultation_id) == Programme.consultation_id", viewonly=True
    )
    steps: Mapped[list["RoundStep"]] = has_many("Round", "RoundStep.round_id", "RoundStep.number")
    recommendations: Mapped[list["Recommendation"]] = has_many("Round", "Recommendation.round_id", "Recommendation.id")


class RoundStep(Numbered, Base):
    """One step: on which day, where, its paper by number and file, or its minutes in words. Another person than who
    recorded it makes it public."""

    __tablename__ = "round_step"
    __table_args__ = (
        key_of_consultation(),
        key_to("supervision_round", "round_id"),
        UniqueConstraint("consultation_id", "round_id", "number"),
    )

    round_id: Mapped[UUID]
    number: Mapped[int]
    kind: Mapped[StepKind] = mapped_column(coded(StepKind))
    day: Mapped[date]
    place: Mapped[str]
    letter_number: Mapped[str]
    text: Mapped[str]
    file_hash: Mapped[str]
    file_name: Mapped[str]
    media_type: Mapped[str]
    recorded_at: Mapped[datetime]
    recorded_by_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))
    released_at: Mapped[datetime | None]
    released_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))

    round: Mapped[Round] = belongs_to("RoundStep.round_id", "Round")
    pictures: Mapped[list["RoundPicture"]] = has_many("RoundStep", "RoundPicture.step_id", "RoundPicture.number")


class RoundPicture(Numbered, Base):
    """A picture of a visit, painted anew: it has no place and no camera in it."""

    __tablename__ = "round_picture"
    __table_args__ = (
        key_of_consultation(),
        key_to("round_step", "step_id"),
        UniqueConstraint("consultation_id", "step_id", "number"),
    )

    step_id: Mapped[UUID]
    number: Mapped[int]
    file_hash: Mapped[str]
    file_name: Mapped[str]
    media_type: Mapped[str]
    caption: Mapped[str]


class Recommendation(Numbered, Base):
    """What a round recommends; to whom, until when and how it ended is the promise of the same id."""

    __tablename__ = "recommendation"
    __table_args__ = (
        key_of_consultation(),
        key_to("supervision_round", "round_id"),
        key_to("promise", "id"),
        Index(None, "consultation_id", "round_id"),
    )

    round_id: Mapped[UUID]

    round: Mapped[Round] = belongs_to("Recommendation.round_id", "Round")
    promise: Mapped[Promise] = belongs_to("Recommendation.id", "Promise")
