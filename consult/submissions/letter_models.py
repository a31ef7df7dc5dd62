"""What is kept of a letter beside what it says, and its versions where its sender amended it."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from consult.db import Base, Numbered, key_of_consultation, key_to


class LetterData:
    """The columns of a submission that are empty unless it is a letter. `cosigned` are the bodies that confirmed it for
    themselves: the id of each (`organisation`), its `name` then and the day (`on`), as the log commits to them."""

    letter_number: Mapped[str] = mapped_column(default="")
    letter_on: Mapped[date | None]
    letter_place: Mapped[str] = mapped_column(default="", server_default="")
    signatory_name: Mapped[str] = mapped_column(default="")
    signatory_office: Mapped[str] = mapped_column(default="")
    signing_line: Mapped[str] = mapped_column(default="")
    cosigned: Mapped[list[Any]] = mapped_column(default=list, server_default="[]")


class LetterVersion(Numbered, Base):
    """The data of a letter, and what a critique says, as received (version 1, kept once it is amended) or as its sender
    put it afterwards. Never changed; `salt` is None for the first, which the letter's identity commits to."""

    __tablename__ = "letter_version"
    __table_args__ = (
        key_of_consultation(),
        key_to("submission", "submission_id"),
        UniqueConstraint("consultation_id", "submission_id", "version"),
    )

    submission_id: Mapped[UUID]
    version: Mapped[int]
    at: Mapped[datetime]
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))
    letter: Mapped[dict[str, Any]]
    salt: Mapped[bytes | None]
