"""Tables of answers that were brought back: looked at before anything of them becomes a version."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from consult.db import Base, Numbered, key_of_consultation


class AnswerTable(Numbered, Base):
    """A table as it came from who brought it, for them alone: its `rows` with the two cells of the answer until they
    are let go, what the file `told` of itself, `doubts` about its reading, and which answers became versions of it
    (`saved`, by number of the answer and of the version)."""

    __tablename__ = "answer_table"
    __table_args__ = (key_of_consultation(), Index(None, "consultation_id", "by_id"))

    name: Mapped[str]
    at: Mapped[datetime]
    by_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))
    rows: Mapped[list[Any]]
    told: Mapped[str] = mapped_column(default="")
    doubts: Mapped[list[Any]]
    saved: Mapped[list[Any]]
