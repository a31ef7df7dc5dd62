"""Lists of answers that were laid before a leader, each with the hash that stands on its paper."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from consult.db import Base, Numbered, key_of_consultation


class ApprovalSheet(Numbered, Base):
    """phiếu trình: which answers in which versions were laid before a leader together. Its `hash` is over its
    `entries` (`list_hash.over`), each the number of an answer, of the version, and the hash of that version."""

    __tablename__ = "approval_sheet"
    __table_args__ = (key_of_consultation(), UniqueConstraint("consultation_id", "number"))

    number: Mapped[int]
    hash: Mapped[str]
    entries: Mapped[list[list[int | str]]] = mapped_column(JSON)
    at: Mapped[datetime]
    by_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))
