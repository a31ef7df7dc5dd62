"""The criteria of a model residential area in a year, and how areas were scored by them."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult.db import Base, Numbered, key_of_consultation, key_to
from consult.people.models import Area
from consult.relationships import belongs_to


class Criteria(Numbered, Base):
    """The checklist of a year (`items`: `text` and most `points` of each) and the points from which an area is a model.
    What is changed once it is public is a further version with its reason; the newest public one is in force, and
    scores stay with the version that they were given by."""

    __tablename__ = "area_criteria"
    __table_args__ = (key_of_consultation(), UniqueConstraint("consultation_id", "year", "version"))

    year: Mapped[int]
    version: Mapped[int]
    items: Mapped[list[Any]]
    needed: Mapped[int]
    reason: Mapped[str]
    recorded_at: Mapped[datetime]
    recorded_by_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))
    released_at: Mapped[datetime | None]
    released_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))

    @property
    def most(self) -> int:
        """The points of an area that has all."""
        return sum(item["points"] for item in self.items)


class AreaScore(Numbered, Base):
    """What the Front gave a residential area, item by item; another person makes it public. A later one of the same
    area replaces it, and it stays to be read."""

    __tablename__ = "area_score"
    __table_args__ = (
        key_of_consultation(),
        key_to("area_criteria", "criteria_id"),
        UniqueConstraint("consultation_id", "number"),
        Index(None, "consultation_id", "criteria_id"),
        Index(None, "area_id"),
    )

    number: Mapped[int]
    criteria_id: Mapped[UUID]
    area_id: Mapped[UUID] = mapped_column(ForeignKey("area.id"))
    village: Mapped[str]
    points: Mapped[list[Any]]
    note: Mapped[str]
    scored_on: Mapped[date]
    recorded_at: Mapped[datetime]
    recorded_by_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))
    released_at: Mapped[datetime | None]
    released_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))

    area: Mapped[Area] = relationship()
    criteria: Mapped[Criteria] = belongs_to("AreaScore.criteria_id", "Criteria")

    @property
    def sum(self) -> int:
        """All its points."""
        return sum(self.points)

    @property
    def is_model(self) -> bool:
        """Whether that is enough."""
        return self.sum >= self.criteria.needed
