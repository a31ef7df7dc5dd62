"""What another body or unit was asked about comments, and its word."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult.db import Base, Numbered, OfConsultation, key_of_consultation, key_to
from consult.people.models import User
from consult.relationships import belongs_to, has_many
from consult.submissions.models import Comment


class CoordinationRequest(Numbered, Base):
    """One body (or a unit of it) asked once: by the site where people of it sign in, otherwise by the letter whose
    number is kept. `body_name` is what it was called then. It has a day of its own; the clock of the answer goes on.
    `replied_by_id` wrote the reply, or took it down from a letter (`by_desk`)."""

    __tablename__ = "coordination_request"
    __table_args__ = (
        key_of_consultation(),
        Index(None, "consultation_id", "due_on"),
        Index(None, "organisation_id"),
    )

    organisation_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisation.id"))
    unit_id: Mapped[UUID | None] = mapped_column(ForeignKey("unit.id"))
    body_name: Mapped[str]
    question: Mapped[str]
    due_on: Mapped[date]
    letter_number: Mapped[str] = mapped_column(default="")
    asked_at: Mapped[datetime]
    asked_by_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))
    reply: Mapped[str] = mapped_column(default="")
    reply_letter: Mapped[str] = mapped_column(default="")
    file_hash: Mapped[str] = mapped_column(default="")
    file_name: Mapped[str] = mapped_column(default="")
    file_type: Mapped[str] = mapped_column(default="")
    by_desk: Mapped[bool] = mapped_column(default=False)
    replied_at: Mapped[datetime | None]
    replied_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))

    asked_by: Mapped[User] = relationship(foreign_keys=[asked_by_id])
    replied_by: Mapped[User | None] = relationship(foreign_keys=[replied_by_id])
    targets: Mapped[list["CoordinationTarget"]] = has_many(
        "CoordinationRequest", "CoordinationTarget.request_id", "CoordinationTarget.comment_id"
    )

    @property
    def open(self) -> bool:
        """Whether a word is still waited for."""
        return self.replied_at is None and self.withdrawn_at is None

    def days_late(self, today: date) -> int:
        """By how many days it is late on the local day `today`; 0 in time, or when nothing is waited for."""
        return max(0, (today - self.due_on).days) if self.open else 0


class CoordinationTarget(OfConsultation, Base):
    """A comment that a body was asked about."""

    __tablename__ = "coordination_target"
    __table_args__ = (
        key_of_consultation(),
        key_to("coordination_request", "request_id"),
        key_to("comment", "comment_id"),
        Index(None, "consultation_id", "comment_id"),
    )

    request_id: Mapped[UUID] = mapped_column(primary_key=True)
    comment_id: Mapped[UUID] = mapped_column(primary_key=True)

    request: Mapped[CoordinationRequest] = belongs_to("CoordinationTarget.request_id", "CoordinationRequest")
    comment: Mapped[Comment] = belongs_to("CoordinationTarget.comment_id", "Comment")
