"""How many mails went where on a day, who follows what by mail, and whom somebody has to telephone."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult.db import Base, Numbered, coded, key_of_consultation, key_to, new_id
from consult.notices.words import CallOutcome, Followed
from consult.people.models import User
from consult.relationships import belongs_to, has_many
from consult.submissions.models import Joiner, Submission


class MailsOfDay(Base):
    """The mails asked for to one address on one local day; the address is kept as a hash, and only for some days."""

    __tablename__ = "mails_of_day"

    address: Mapped[str] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    count: Mapped[int]


class Follower(Base):
    """Somebody who follows one thing by mail, without an account; gone, with the address, as soon as that ends.

    `subject` is what `kind` says: the id of a matter, of an area, of the first provision of a clause, or the key of a
    field. `mailbox` is the hash that addresses are counted by: one mailbox follows one thing once. `token` stands in
    the mails, confirms and ends it. `consultation_id` is the matter, of a matter or a clause.
    """

    __tablename__ = "follower"
    __table_args__ = (UniqueConstraint("kind", "subject", "mailbox"), Index(None, "asked_at"))

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    kind: Mapped[Followed] = mapped_column(coded(Followed))
    subject: Mapped[str]
    consultation_id: Mapped[UUID | None]
    mailbox: Mapped[str]
    address: Mapped[str]
    language: Mapped[str]
    token: Mapped[str] = mapped_column(unique=True)
    asked_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]


class Call(Numbered, Base):
    """What somebody who left a telephone number is to be told by a person of the desk: the promise of the field.

    `notice` and `facts` are those of the message (ids and codes), `why` the code of what became of it where one was
    sent first; `ended_at` when nobody has to call any more.
    """

    __tablename__ = "telephone_call"
    __table_args__ = (
        key_of_consultation(),
        key_to("submission", "submission_id"),
        key_to("joiner", "joiner_id"),
        UniqueConstraint("message_id"),
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
    """Somebody called: who, when, and how it ended."""

    __tablename__ = "call_attempt"
    __table_args__ = (key_of_consultation(), key_to("telephone_call", "call_id"), Index(None, "consultation_id", "call_id"))

    call_id: Mapped[UUID]
    at: Mapped[datetime]
    by_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))
    outcome: Mapped[CallOutcome] = mapped_column(coded(CallOutcome))
    note: Mapped[str] = mapped_column(default="")

    by: Mapped[User] = relationship()
