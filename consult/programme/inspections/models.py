"""The published result of an inspection, in every version in which it was told."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Index, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult.db import Base, Numbered, coded, key_of_consultation, key_to
from consult.people.models import Area, Organisation
from consult.programme.head_models import Programme
from consult.programme.promise_models import Promise
from consult.programme.words import InspectedKind
from consult.relationships import belongs_to, has_many


class Inspection(Numbered, Base):
    """An inspection by `body`, a party of the programme. What is told of it is in its versions, of which the one with
    the number `public_version` is the newest that is public; the remedy that it asks for is a promise."""

    __tablename__ = "inspection"
    __table_args__ = (
        key_of_consultation(),
        key_to("promise", "promise_id"),
        UniqueConstraint("consultation_id", "number"),
        Index(None, "body_id"),
        Index(None, "consultation_id", "promise_id"),
    )

    number: Mapped[int]
    body_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    public_version: Mapped[int | None]
    promise_id: Mapped[UUID | None]

    body: Mapped[Organisation] = relationship()
    promise: Mapped[Promise | None] = belongs_to("Inspection.promise_id", "Promise")
    programme: Mapped[Programme] = relationship(
        primaryjoin="foreign(Inspection.consultation_id) == Programme.consultation_id", viewonly=True
    )
    versions: Mapped[list["InspectionVersion"]] = has_many(
        "Inspection", "InspectionVersion.inspection_id", "InspectionVersion.number"
    )


class InspectionVersion(Numbered, Base):
    """What is told of an inspection: of whom (`inspected`, or by the name typed; of a person and of a household that is
    not named neither), where, about what, the decision with its file, breaches (each a text), the fine in đồng, the
    remedy and its last day. A later version corrects the one before, for a `reason`; and where that named a
    person, `hides_earlier`: what earlier versions said is read by nobody outside any more. Another person than who
    recorded it makes it public."""

    __tablename__ = "inspection_version"
    __table_args__ = (
        key_of_consultation(),
        key_to("inspection", "inspection_id"),
        UniqueConstraint("consultation_id", "inspection_id", "number"),
        Index(None, "decision_on", "consultation_id", "inspection_id"),
        Index(None, "area_id", "decision_on"),
        Index(None, "released_at"),
    )

    inspection_id: Mapped[UUID]
    number: Mapped[int]
    subject: Mapped[str]
    inspected_kind: Mapped[InspectedKind] = mapped_column(coded(InspectedKind))
    inspected_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisation.id"))
    inspected_name: Mapped[str]
    area_id: Mapped[UUID | None] = mapped_column(ForeignKey("area.id"))
    inspected_on: Mapped[date]
    decision_number: Mapped[str]
    decision_on: Mapped[date]
    file_hash: Mapped[str]
    file_name: Mapped[str]
    media_type: Mapped[str]
    breaches: Mapped[list[Any]]
    fine: Mapped[int | None] = mapped_column(BigInteger)
    remedy: Mapped[str]
    due_on: Mapped[date | None]
    reason: Mapped[str]
    hides_earlier: Mapped[bool] = mapped_column(default=False, server_default=false())
    recorded_at: Mapped[datetime]
    recorded_by_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))
    released_at: Mapped[datetime | None]
    released_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))

    inspection: Mapped[Inspection] = belongs_to("InspectionVersion.inspection_id", "Inspection")
    inspected: Mapped[Organisation | None] = relationship()
    area: Mapped[Area | None] = relationship()
