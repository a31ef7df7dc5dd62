"""Printed forms that sort themselves, and the piles of scans in which they come back. A form is of the desk of a matter
(`consultation_id`) or of a branch that gathers opinions (`branch_id`); a pile is of one of these, or of the body that
collects (`collection_id`), never of two."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult.db import Base, new_id


class PaperForm(Base):
    """phiếu in theo loạt: so many sheets (`sheets`, numbered from 1) with the same clauses, known by the `tag` in their
    corner codes. Of the look-up codes on their tear-offs nothing is kept: they are made from the site's key for
    receipts, and `key_mark` says which of its keys that was. `clauses` are rows of anchor, words and heading."""

    __tablename__ = "paper_form"
    __table_args__ = (Index(None, "consultation_id"), Index(None, "branch_id"))

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    tag: Mapped[str] = mapped_column(unique=True)
    consultation_id: Mapped[UUID | None] = mapped_column(ForeignKey("consultation.id"))
    branch_id: Mapped[UUID | None] = mapped_column(ForeignKey("collection_branch.id"))
    clauses: Mapped[list[Any]]
    sheets: Mapped[int]
    key_mark: Mapped[str]
    printed_at: Mapped[datetime]
    printed_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))


class PaperPile(Base):
    """tập bản quét: files that came together, read one picture after the other by the worker. `files` are rows of hash,
    name, media type and size; `file_at` and `picture_at` say what is read next, `lost` how many could not be read.
    `received_on` is the day on which the papers came, with the reason when it was before they were scanned."""

    __tablename__ = "paper_pile"
    __table_args__ = (Index(None, "consultation_id"), Index(None, "branch_id"), Index(None, "collection_id"))

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    consultation_id: Mapped[UUID | None] = mapped_column(ForeignKey("consultation.id"))
    branch_id: Mapped[UUID | None] = mapped_column(ForeignKey("collection_branch.id"))
    collection_id: Mapped[UUID | None] = mapped_column(ForeignKey("collection.id"))
    files: Mapped[list[Any]]
    received_on: Mapped[date]
    received_reason: Mapped[str] = mapped_column(default="")
    added_at: Mapped[datetime]
    added_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))
    file_at: Mapped[int] = mapped_column(default=0)
    picture_at: Mapped[int] = mapped_column(default=0)
    lost: Mapped[int] = mapped_column(default=0)
    finished_at: Mapped[datetime | None]

    pages: Mapped[list["ScannedPage"]] = relationship(order_by="ScannedPage.position")


class ScannedPage(Base):
    """trang đã quét: a page of a form as it was found in a picture of a pile, or a strange one without a `tag`. `ticks`
    is what was found in each box, `picture_hash` the page made straight, `cuts` the hashes of what is handwritten."""

    __tablename__ = "scanned_page"
    __table_args__ = (UniqueConstraint("pile_id", "position"), Index(None, "tag", "sheet"))

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    pile_id: Mapped[UUID] = mapped_column(ForeignKey("paper_pile.id"))
    position: Mapped[int]
    file: Mapped[int]
    picture: Mapped[int]
    tag: Mapped[str] = mapped_column(default="")
    sheet: Mapped[int] = mapped_column(default=0)
    page: Mapped[int] = mapped_column(default=0)
    codes: Mapped[int] = mapped_column(default=0)
    ticks: Mapped[dict[str, Any]]
    picture_hash: Mapped[str]
    cuts: Mapped[dict[str, Any]]
