"""A matter open for comment: its bodies, its periods, and the record of public acts on it."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint, func, select, true
from sqlalchemy.orm import Mapped, column_property, mapped_column, relationship

from consult.consultations.words import Audience, Disclosure, Kind, Procedure
from consult.db import Base, Numbered, OfConsultation, coded, key_of_consultation, key_to, new_id
from consult.people.models import Area, Organisation
from consult.policy import posting_body
from consult.relationships import has_many


class LegalProfile(Base):
    """Periods, citations, table columns and counting rule in force from a day; copied onto a matter when published."""

    __tablename__ = "legal_profile"
    __table_args__ = (UniqueConstraint("code", "valid_from"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    code: Mapped[str]
    name: Mapped[str]
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    rules: Mapped[dict[str, Any]]


class Holiday(Base):
    """A day that is not worked, or a Saturday that is, with its source; editable, since swaps are decided yearly."""

    __tablename__ = "holiday"

    day: Mapped[date] = mapped_column(primary_key=True)
    kind: Mapped[str]
    name: Mapped[str]
    source: Mapped[str] = mapped_column(default="")


class HolidayChange(Base):
    """What the table of holidays said of a day before somebody changed it (`before`), and since (`after`): kind, name
    and source, None where it says nothing. So a due day that moved with the calendar can be told with its reason."""

    __tablename__ = "holiday_change"
    __table_args__ = (Index(None, "at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    day: Mapped[date]
    before: Mapped[dict[str, Any] | None]
    after: Mapped[dict[str, Any] | None]
    at: Mapped[datetime]
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))


class Outage(Base):
    """A time during which the site took nothing: seen by itself when it came back, or stated by an administrator with
    the evidence. One that was no outage is taken back, with the reason, and never deleted."""

    __tablename__ = "outage"
    __table_args__ = (Index(None, "ends_at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    observed: Mapped[bool]
    evidence: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime]
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))
    taken_back_at: Mapped[datetime | None]
    taken_back_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))
    taken_back_reason: Mapped[str] = mapped_column(default="", server_default="")


class Consultation(Base):
    """One matter. Dates and acts are facts; its stage is derived by `stages.stage_of`.

    `opens_at` and `closes_at` are read from its public periods: the first opening and the last (exclusive) end.
    """

    __tablename__ = "consultation"
    __table_args__ = (Index(None, "published_at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    slug: Mapped[str] = mapped_column(unique=True)
    short_key: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    summary: Mapped[str] = mapped_column(default="")
    field: Mapped[str] = mapped_column(default="")
    kind: Mapped[Kind] = mapped_column(coded(Kind))
    procedure: Mapped[Procedure] = mapped_column(coded(Procedure))
    disclosure: Mapped[Disclosure] = mapped_column(coded(Disclosure), default=Disclosure.ON_RELEASE)
    lead_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    answering_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    issuing_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    area_id: Mapped[UUID | None] = mapped_column(ForeignKey("area.id"))
    project: Mapped[dict[str, Any]] = mapped_column(default=dict)
    plain_words: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default="{}")
    joining: Mapped[bool] = mapped_column(default=True, server_default=true())
    profile_id: Mapped[UUID] = mapped_column(ForeignKey("legal_profile.id"))
    profile_rules: Mapped[dict[str, Any] | None]
    created_at: Mapped[datetime]
    created_by_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))
    published_at: Mapped[datetime | None]
    published_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))
    withdrawn_at: Mapped[datetime | None]
    withdrawn_reason: Mapped[str | None]
    sealed_at: Mapped[datetime | None]
    concluded_at: Mapped[datetime | None]
    sent_to_front_on: Mapped[date | None]
    planned_submission_on: Mapped[date | None]
    submitted_on: Mapped[date | None]
    content_version: Mapped[int] = mapped_column(default=0)

    if TYPE_CHECKING:
        opens_at: Mapped[datetime | None]
        closes_at: Mapped[datetime | None]

    lead: Mapped[Organisation] = relationship(foreign_keys=[lead_id])
    answering: Mapped[Organisation] = relationship(foreign_keys=[answering_id])
    issuing: Mapped[Organisation] = relationship(foreign_keys=[issuing_id])
    area: Mapped[Area | None] = relationship()
    profile: Mapped[LegalProfile] = relationship()
    periods: Mapped[list["Period"]] = relationship(order_by="Period.opens_at, Period.id", viewonly=True)

    @property
    def posting(self) -> Organisation:
        """The body that posts the matter and judges what comes: the one in charge, unless that is who answers for a
        project of its own (`policy.posting_body`)."""
        return self.lead if posting_body(self) == self.lead_id else self.issuing

    @property
    def short_name(self) -> str:
        """What people call the matter, as an officer wrote it; its official title where nobody did."""
        return self.plain_words.get("short_name") or self.title

    @property
    def question(self) -> str:
        """The one thing that it asks, in plain words; empty where nobody wrote it."""
        return self.plain_words.get("question") or ""

    @property
    def full_name(self) -> str:
        """Both names, where a reader is to know it by either."""
        return self.title if self.short_name == self.title else f"{self.short_name} ({self.title})"

    def touch(self) -> None:
        """Notes that public pages of the matter have changed, so that no cached page of before is shown."""
        self.content_version = (self.content_version or 0) + 1


class Period(Numbered, Base):
    """The days during which an audience may send: from `opens_at` until before `closes_at` (exclusive)."""

    __tablename__ = "period"
    __table_args__ = (key_of_consultation(),)

    audience: Mapped[Audience] = mapped_column(coded(Audience))
    opens_at: Mapped[datetime]
    closes_at: Mapped[datetime | None]
    rule: Mapped[dict[str, Any]]

    extensions: Mapped[list["PeriodExtension"]] = has_many("Period", "PeriodExtension.period_id", "PeriodExtension.at")

    @property
    def asked_day(self) -> date:
        """The last local day as it was chosen at publication; for a critique, the day until which it is asked for."""
        return date.fromisoformat(self.rule["last_day"])


class PeriodExtension(Numbered, Base):
    """A later end of a period, with its public reason; after an outage on its last day (`outage`) by the rule that was
    announced with the matter, with the times of the outage and that rule as they were applied."""

    __tablename__ = "period_extension"
    __table_args__ = (key_of_consultation(), key_to("period", "period_id"), Index(None, "consultation_id", "period_id"))

    period_id: Mapped[UUID]
    previous_closes_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    reason: Mapped[str]
    at: Mapped[datetime]
    by_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))
    outage: Mapped[dict[str, Any] | None]


class AnswerExtension(Numbered, Base):
    """A later day until which the comments of a matter should be answered, with its public reason."""

    __tablename__ = "answer_extension"
    __table_args__ = (key_of_consultation(),)

    last_day: Mapped[date]
    reason: Mapped[str]
    at: Mapped[datetime]
    by_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))


def _public_period(instant: Any) -> Any:
    return column_property(
        select(instant)
        .where(Period.consultation_id == Consultation.id, Period.audience == Audience.PUBLIC)
        .correlate_except(Period)
        .scalar_subquery()
    )


Consultation.opens_at = _public_period(func.min(Period.opens_at))
Consultation.closes_at = _public_period(func.max(Period.closes_at))


class Counter(OfConsultation, Base):
    """The next public number of a kind (`comment`, `submission`), taken inside the transaction of the act."""

    __tablename__ = "counter"
    __table_args__ = (key_of_consultation(),)

    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[int]
