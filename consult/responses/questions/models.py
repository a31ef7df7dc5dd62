"""What the sender of a comment was asked, and what they said."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult.db import Base, OfConsultation, key_of_consultation, key_to
from consult.people.models import User
from consult.relationships import belongs_to, beside
from consult.submissions.models import Comment


class SenderQuestion(OfConsultation, Base):
    """A question to the sender of a comment, one for a comment at most, and the reply. The clock waits until the end of
    `waits_until`; `reply_by_id` is who took the reply down that was given by telephone, None where the sender wrote it.
    Where an investor answers, it reads of the reply what the posting body hands on (`shared_reply`).
    """

    __tablename__ = "sender_question"
    __table_args__ = (key_of_consultation(), key_to("comment", "comment_id"))

    comment_id: Mapped[UUID] = mapped_column(primary_key=True)
    text: Mapped[str]
    salt: Mapped[bytes | None]
    asked_at: Mapped[datetime]
    asked_by_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))
    waits_until: Mapped[date]
    reply: Mapped[str] = mapped_column(default="")
    reply_salt: Mapped[bytes | None]
    replied_at: Mapped[datetime | None]
    reply_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))
    by_investor: Mapped[bool] = mapped_column(default=False, server_default=false())
    shared_reply: Mapped[str] = mapped_column(default="", server_default="")
    shared_at: Mapped[datetime | None]
    shared_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))

    comment: Mapped[Comment] = belongs_to("SenderQuestion.comment_id", "Comment")
    parts: Mapped[list[Comment]] = beside("SenderQuestion.comment_id", "Comment.split_from_id")
    asked_by: Mapped[User] = relationship(foreign_keys=[asked_by_id])
