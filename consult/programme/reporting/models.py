"""A report of both parties on their programme."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult.db import Base, Numbered, coded, key_of_consultation
from consult.programme.head_models import AgreedByAll, Programme
from consult.programme.words import ReportKind


class Report(AgreedByAll, Numbered, Base):
    """What both parties say of their programme over the days `since` to `until`: words by section (`texts`). Numbers
    and their lists are counted until the first party agrees; then they are the file `file_hash`, as of the local day
    `as_of`, until somebody changes a word."""

    __tablename__ = "programme_report"
    __table_args__ = (
        key_of_consultation(),
        UniqueConstraint("consultation_id", "number"),
        UniqueConstraint("consultation_id", "kind", "year"),
    )

    number: Mapped[int]
    kind: Mapped[ReportKind] = mapped_column(coded(ReportKind))
    year: Mapped[int]
    since: Mapped[date]
    until: Mapped[date]
    texts: Mapped[dict[str, Any]]
    as_of: Mapped[date | None]
    file_hash: Mapped[str]
    recorded_at: Mapped[datetime]
    recorded_by_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))

    programme: Mapped[Programme] = relationship(
        primaryjoin="foreign(Report.consultation_id) == Programme.consultation_id", viewonly=True
    )
