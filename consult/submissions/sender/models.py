"""Whom somebody has to telephone, and how each try ended."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult.db import Base, Numbered, coded, key_of_consultation, key_to
from consult.people.models import User
from consult.relationships import belongs_to, has_many
from consult.submissions.models import Joiner, Submission
from consult.submissions.words import CallOutcome


class Call(Numbered, Base):
    """What somebody who left a telephone number is to be told by a person of the desk: the promise of the field.

    `notice` and `facts` are those of the message `message_id` of the outbox (ids and codes); `why` is the code of what
    became of it, where it was sent first. `ended_at`: nobody has to call any more.
    """

    __tablename__ = "telephone_call"
    __table_args__ = (
        key_of_consultation(),
        key_to("submission", "submission_id"),
        key_to("joiner", "joiner_id"),
        UniqueConstraint("consultation_id", "message_id"),
        Index(None, "ended_at", "asked_at"),
    )

    submission_id: Mapped[UUID | None]
    joiner_id: Mapped[UUID | None]
    message_id: Mapped[UUID]
    notice: Mapped[str]
    facts: Mapped[dict[str, Any]]
    why: Mapped[str] = mapped_column(default="")
    asked_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    submission: Mapped[Submission | None] = belongs_to("Call.submission_id", "Submission")
    joiner: Mapped[Joiner | None] = belongs_to("Call.joiner_id", "Joiner")
    attempts: Mapped[list["CallAttempt"]] = has_many("Call", "CallAttempt.call_id", "CallAttempt.at")


class CallAttempt(Numbered, Base):
    """Somebody called: who, when, how it ended, and what they noted down."""

    __tablename__ = "call_attempt"
    __table_args__ = (
        key_of_consultation(),
        key_to("telephone_call", "call_id"),
        Index(None, "consultation_id", "call_id"),
    )

    call_id: Mapped[UUID]
    at: Mapped[datetime]
    by_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))
    outcome: Mapped[CallOutcome] = mapped_column(coded(CallOutcome))
    note: Mapped[str] = mapped_column(default="")

    by: Mapped[User] = relationship()


class TypingCheck(Numbered, Base):
    """xác nhận bản chép: what who sent a paper says of what was typed of it: that it is right, or what is wrong. What
    is wrong stands in a list of the desk until somebody settled it, by correcting it or saying why it stays. `texts`:
    the words as they should be, by the number of the comment and its field; `link`: the mail it was said by, once."""

    __tablename__ = "typing_check"
    __table_args__ = (
        key_of_consultation(),
        key_to("submission", "submission_id"),
        Index(None, "consultation_id", "submission_id"),
    )

    submission_id: Mapped[UUID]
    at: Mapped[datetime]
    right: Mapped[bool]
    said: Mapped[str] = mapped_column(default="")
    texts: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default="{}")
    link: Mapped[str] = mapped_column(default="", server_default="")
    settled_at: Mapped[datetime | None]
    settled_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))
    settled_reason: Mapped[str] = mapped_column(default="")

    submission: Mapped[Submission] = belongs_to("TypingCheck.submission_id", "Submission")
