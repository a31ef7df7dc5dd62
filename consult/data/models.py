"""What a database has taken over from the project's own data."""

from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from consult.db import Base


class ReleasedRow(Base):
    """A row of reference data as a release gave it and this database took it: what differs from it, people changed."""

    __tablename__ = "released_row"

    table: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    content: Mapped[dict[str, Any]]


class SynonymGroup(Base):
    """Words that mean the same to those who look for something; each is found by any other. `stamp` is drawn anew with
    every change, so that their sum tells whether any group is another than it was."""

    __tablename__ = "synonym_group"

    key: Mapped[str] = mapped_column(primary_key=True)
    words: Mapped[list[Any]]
    stamp: Mapped[int]
