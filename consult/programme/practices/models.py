"""A model that people live by, what is recorded of it, and who asked to copy it."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult.db import Base, Numbered, coded, key_of_consultation, key_to
from consult.people.models import Area, Organisation
from consult.programme.head_models import Programme
from consult.programme.words import PracticeActKind, PracticeKind, PracticeSetting
from consult.relationships import belongs_to, has_many


class Practice(Numbered, Base):
    """A model under a programme: what, where, who leads it, since when, at what cost, for how many households, how it
    was started; as it was last released, or before it is public as it was last written. What it spread from is the
    model of a public number (`parent_number`) under a programme (`parent_matter_id`): two matters are joined by nothing
    else. `contact` is for bodies that ask to copy it and for nobody else."""

    __tablename__ = "practice"
    __table_args__ = (
        key_of_consultation(),
        UniqueConstraint("consultation_id", "number"),
        Index(None, "public_at", "consultation_id", "number"),
        Index(None, "public_at", "area_id", "ended_on", "parent_number"),
        Index(None, "started_on", "consultation_id", "number"),
        Index(None, "area_id"),
        Index(None, "lead_id"),
        Index(None, "parent_matter_id", "parent_number"),
    )

    number: Mapped[int]
    title: Mapped[str]
    setting: Mapped[PracticeSetting] = mapped_column(coded(PracticeSetting))
    kind: Mapped[PracticeKind] = mapped_column(coded(PracticeKind))
    summary: Mapped[str]
    lead_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    area_id: Mapped[UUID] = mapped_column(ForeignKey("area.id"))
    village: Mapped[str]
    started_on: Mapped[date]
    cost: Mapped[str]
    households: Mapped[int | None]
    how_started: Mapped[str]
    parent_matter_id: Mapped[UUID | None] = mapped_column(ForeignKey("consultation.id"))
    parent_number: Mapped[int | None]
    contact: Mapped[str]
    public_at: Mapped[datetime | None]
    ended_on: Mapped[date | None]

    lead: Mapped[Organisation] = relationship(foreign_keys=[lead_id])
    area: Mapped[Area] = relationship()
    programme: Mapped[Programme] = relationship(
        primaryjoin="foreign(Practice.consultation_id) == Programme.consultation_id", viewonly=True
    )
    acts: Mapped[list["PracticeAct"]] = has_many("Practice", "PracticeAct.practice_id", "PracticeAct.number")
    requests: Mapped[list["PracticeRequest"]] = has_many(
        "Practice", "PracticeRequest.practice_id", "PracticeRequest.id"
    )


class PracticeAct(Numbered, Base):
    """One thing recorded of a model, which another person makes public. `details` are facts, or the households of a
    year; `before` what stood there when a correction was released; `text` words, a caption, or why. `consent` tells who
    on a picture agreed, and when: it is public to nobody."""

    __tablename__ = "practice_act"
    __table_args__ = (
        key_of_consultation(),
        key_to("practice", "practice_id"),
        UniqueConstraint("consultation_id", "practice_id", "number"),
    )

    practice_id: Mapped[UUID]
    number: Mapped[int]
    kind: Mapped[PracticeActKind] = mapped_column(coded(PracticeActKind))
    text: Mapped[str]
    year: Mapped[int | None]
    day: Mapped[date | None]
    details: Mapped[dict[str, Any]]
    before: Mapped[dict[str, Any]]
    consent: Mapped[str]
    file_hash: Mapped[str]
    file_name: Mapped[str]
    media_type: Mapped[str]
    recorded_at: Mapped[datetime]
    recorded_by_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))
    released_at: Mapped[datetime | None]
    released_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))

    practice: Mapped[Practice] = belongs_to("PracticeAct.practice_id", "Practice")


class PracticeRequest(Numbered, Base):
    """A body asked to copy a model, once; from then on its people read the contact."""

    __tablename__ = "practice_request"
    __table_args__ = (
        key_of_consultation(),
        key_to("practice", "practice_id"),
        UniqueConstraint("consultation_id", "practice_id", "body_id"),
        Index(None, "body_id"),
    )

    practice_id: Mapped[UUID]
    body_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    text: Mapped[str]
    at: Mapped[datetime]
    by_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))

    body: Mapped[Organisation] = relationship()
