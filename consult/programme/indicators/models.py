"""What is measured in a year, and the values that communes enter for it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult.db import Base, Numbered, key_of_consultation
from consult.people.models import Area, Organisation
from consult.programme.head_models import Programme
from consult.relationships import beside


class IndicatorList(Numbered, Base):
    """What is measured in a year (`items`: `code`, `name`, `unit`, `direction` and `how` of each). What is changed once
    it is public is a further version; the newest public one is in force."""

    __tablename__ = "indicator_list"
    __table_args__ = (key_of_consultation(), UniqueConstraint("consultation_id", "year", "version"))

    year: Mapped[int]
    version: Mapped[int]
    items: Mapped[list[Any]]
    recorded_at: Mapped[datetime]
    recorded_by_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))
    released_at: Mapped[datetime | None]
    released_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))

    programme: Mapped[Programme] = relationship(
        primaryjoin="foreign(IndicatorList.consultation_id) == Programme.consultation_id", viewonly=True
    )


class IndicatorValue(Numbered, Base):
    """What a body of a commune says of one indicator (`indicator` is its code) in a year, as a decimal number in plain
    figures, from the source `file_hash`. It counts and is public once another person confirmed it, or was refused with
    a reason; a later one of the same indicator and commune corrects it for a public `reason`, and both stay."""

    __tablename__ = "indicator_value"
    __table_args__ = (
        key_of_consultation(),
        UniqueConstraint("consultation_id", "number"),
        Index(None, "consultation_id", "year", "area_id", "indicator"),
        Index(None, "consultation_id", "indicator", "year"),
    )

    number: Mapped[int]
    year: Mapped[int]
    indicator: Mapped[str]
    area_id: Mapped[UUID] = mapped_column(ForeignKey("area.id"))
    body_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    value: Mapped[str]
    note: Mapped[str]
    reason: Mapped[str]
    file_hash: Mapped[str]
    file_name: Mapped[str]
    media_type: Mapped[str]
    recorded_at: Mapped[datetime]
    recorded_by_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))
    confirmed_at: Mapped[datetime | None]
    confirmed_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))
    refused_at: Mapped[datetime | None]
    refused_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))
    refused_reason: Mapped[str]

    area: Mapped[Area] = relationship()
    body: Mapped[Organisation] = relationship()
    programme: Mapped[Programme] = relationship(
        primaryjoin="foreign(IndicatorValue.consultation_id) == Programme.consultation_id", viewonly=True
    )

    of_indicator: Mapped[list["IndicatorValue"]] = beside("IndicatorValue.indicator", "IndicatorValue.indicator")

    @property
    def waits(self) -> bool:
        """Whether nobody confirmed or refused it yet."""
        return self.confirmed_at is None and self.refused_at is None
