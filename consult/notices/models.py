"""How many mails went where on a day, so that nobody can have a stranger's mailbox filled."""

from datetime import date

from sqlalchemy.orm import Mapped, mapped_column

from consult.db import Base


class MailsOfDay(Base):
    """The mails asked for to one address on one local day; the address is kept as a hash, and only for some days."""

    __tablename__ = "mails_of_day"

    address: Mapped[str] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    count: Mapped[int]
