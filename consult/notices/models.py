"""How many mails went where on a day, and who follows what by mail."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from consult.db import Base, coded, new_id
from consult.notices.words import Followed


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
