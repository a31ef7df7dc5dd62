"""The versions of letters that their senders amended."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from consult.db import Base, Numbered, key_of_consultation, key_to


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
