"""Spreadsheets of branches: looked at before anything of them is written, and which rows were."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult.collections.models import Branch
from consult.db import Base, new_id


class BranchSpreadsheet(Base):
    """A spreadsheet as it came: its sheets as text until its rows are written, and afterwards those of its rows that
    were not (`left`), to be taken away, mended and brought again."""

    __tablename__ = "branch_spreadsheet"
    __table_args__ = (Index(None, "branch_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    branch_id: Mapped[UUID] = mapped_column(ForeignKey("collection_branch.id"))
    name: Mapped[str]
    at: Mapped[datetime]
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))
    sheets: Mapped[list[Any]]
    mapped: Mapped[dict[str, Any]]
    """At which index a column stands that bears another name, as somebody said who was asked."""
    written_at: Mapped[datetime | None]
    written: Mapped[dict[str, Any]]
    left: Mapped[list[Any]]

    branch: Mapped[Branch] = relationship()


class SpreadsheetRow(Base):
    """A row that was written: by the hidden key of its row or, where it had none (`keyed` is false), by its content,
    so that the same file changes nothing twice. `opinion` is the number it got."""

    __tablename__ = "branch_spreadsheet_row"
    __table_args__ = (UniqueConstraint("branch_id", "row_hash"), Index(None, "branch_id", "content_hash"))

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    branch_id: Mapped[UUID] = mapped_column(ForeignKey("collection_branch.id"))
    row_hash: Mapped[str]
    content_hash: Mapped[str]
    keyed: Mapped[bool]
    opinion: Mapped[int]
