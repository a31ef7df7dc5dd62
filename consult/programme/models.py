"""The yearly plan of the coordination programme: which drafts the Front means to critique."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult.consultations.models import Consultation
from consult.db import Base, coded, new_id
from consult.people.models import Organisation
from consult.programme.words import Ground


class CritiquePlan(Base):
    """The plan of social critique of one Front committee for one year (NQLT 403/2017 Điều 3: prepared in the last
    quarter for the next year). Its number and day are those of the paper, typed once it is issued; the people of the
    body were `reminded_at` of it."""

    __tablename__ = "critique_plan"
    __table_args__ = (UniqueConstraint("organisation_id", "year"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    year: Mapped[int]
    number: Mapped[str] = mapped_column(default="")
    issued_on: Mapped[date | None]
    published_at: Mapped[datetime | None]
    published_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))
    reminded_at: Mapped[datetime | None]

    organisation: Mapped[Organisation] = relationship()
    lines: Mapped[list["PlannedCritique"]] = relationship(order_by="PlannedCritique.id", back_populates="plan")


class PlannedCritique(Base):
    """A line of the plan: content, form, quarter, ground, who leads, whose draft; and the matter once it came. What was
    taken out of a public plan stays, with the day."""

    __tablename__ = "planned_critique"
    __table_args__ = (Index(None, "year"), Index(None, "plan_id"))

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    plan_id: Mapped[UUID] = mapped_column(ForeignKey("critique_plan.id"))
    year: Mapped[int]
    subject: Mapped[str]
    form: Mapped[str]
    quarter: Mapped[int | None]
    ground: Mapped[Ground] = mapped_column(coded(Ground))
    lead_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    drafting_body_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisation.id"))
    consultation_id: Mapped[UUID | None] = mapped_column(ForeignKey("consultation.id"))
    recorded_at: Mapped[datetime]
    recorded_by_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))
    removed_at: Mapped[datetime | None]

    plan: Mapped[CritiquePlan] = relationship(back_populates="lines")
    lead: Mapped[Organisation] = relationship(foreign_keys=[lead_id])
    drafting_body: Mapped[Organisation | None] = relationship(foreign_keys=[drafting_body_id])
    consultation: Mapped[Consultation | None] = relationship()
    changes: Mapped[list["PlanChange"]] = relationship(order_by="PlanChange.at, PlanChange.id")


class PlanChange(Base):
    """One adjustment of a line after its plan was made public: why, and what stood there `before`, in words (Điều 3:
    the plan may be adjusted)."""

    __tablename__ = "plan_change"
    __table_args__ = (Index(None, "planned_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    planned_id: Mapped[UUID] = mapped_column(ForeignKey("planned_critique.id"))
    at: Mapped[datetime]
    by_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))
    reason: Mapped[str]
    before: Mapped[dict[str, Any]]
