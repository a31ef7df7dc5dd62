"""A comment passed on to another body, and that body's answer."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from consult.db import Base, Numbered, key_of_consultation, key_to
from consult.relationships import belongs_to
from consult.submissions.models import Comment


class Referral(Numbered, Base):
    """A comment whose answer says that another body is responsible, as it went there: to whom (`body_name` is what it
    was called then), by which letter, on which local day, and until which one an answer is asked for. The answer of
    that body is written down by one person and public once another has released it (`released_at`)."""

    __tablename__ = "referral"
    __table_args__ = (
        key_of_consultation(),
        key_to("comment", "comment_id"),
        UniqueConstraint("consultation_id", "number"),
        Index(None, "consultation_id", "comment_id"),
        Index(None, "consultation_id", "due_on"),
    )

    number: Mapped[int]
    comment_id: Mapped[UUID]
    organisation_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisation.id"))
    body_name: Mapped[str]
    letter_number: Mapped[str] = mapped_column(default="")
    sent_on: Mapped[date]
    due_on: Mapped[date]
    at: Mapped[datetime]
    by_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))
    reply: Mapped[str] = mapped_column(default="")
    reply_letter: Mapped[str] = mapped_column(default="")
    replied_on: Mapped[date | None]
    recorded_at: Mapped[datetime | None]
    recorded_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))
    released_at: Mapped[datetime | None]
    released_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))

    comment: Mapped[Comment] = belongs_to("Referral.comment_id", "Comment")

    @property
    def waits(self) -> bool:
        """Whether the answer of that body is not known yet."""
        return self.replied_on is None

    @property
    def told(self) -> bool:
        """Whether everybody may read what that body answered."""
        return self.released_at is not None

    def days_late(self, today: date) -> int:
        """By how many days it is late on the local day `today`; 0 in time, or once the answer is known."""
        return max(0, (today - self.due_on).days) if self.waits else 0
