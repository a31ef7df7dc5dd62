"""The yearly plan of the coordination programme: which drafts the Front means to critique."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from consult.db import Base, new_id


class PlannedCritique(Base):
    """A line of the annual plan of social critique (NQLT 403/2017 Điều 3: prepared in the last quarter for the next
    year; content, form, time, who leads, whose draft)."""

    __tablename__ = "planned_critique"
    __table_args__ = (Index(None, "year"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    year: Mapped[int]
    subject: Mapped[str]
    form: Mapped[str]
    quarter: Mapped[int | None]
    lead_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    drafting_body_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisation.id"))
    consultation_id: Mapped[UUID | None] = mapped_column(ForeignKey("consultation.id"))
    recorded_at: Mapped[datetime]
    recorded_by_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))
