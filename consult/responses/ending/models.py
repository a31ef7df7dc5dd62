"""Papers of a concluded matter as they were signed."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult.db import Base, Numbered, coded, key_of_consultation
from consult.people.models import User
from consult.responses.ending.words import SignedPaper


class SignedCopy(Numbered, Base):
    """A signed paper as a PDF, kept by its hash, with the `letter_number` and day that stand on it; a later one has the
    next `number`. One that was `set_aside` is not given out any more; its row and its hash in the log stay.

    `taken_back` is the mark of its matter when it was made public: once something of the matter was taken back, the
    file, which nobody can change, is given to nobody."""

    __tablename__ = "signed_copy"
    __table_args__ = (key_of_consultation(), UniqueConstraint("consultation_id", "number"))

    number: Mapped[int]
    paper: Mapped[SignedPaper] = mapped_column(coded(SignedPaper))
    letter_number: Mapped[str]
    signed_on: Mapped[date]
    file_hash: Mapped[str]
    file_name: Mapped[str]
    file_size: Mapped[int]
    at: Mapped[datetime]
    by_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))
    set_aside_at: Mapped[datetime | None]
    set_aside_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))
    set_aside_reason: Mapped[str]
    taken_back: Mapped[int] = mapped_column(server_default="0")

    by: Mapped[User] = relationship(foreign_keys=by_id)
