"""What field collectors send: one filled form, in as many posts as their line takes."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult.collections.models import Branch
from consult.db import Base, new_id


class ProgramInstance(Base):
    """A filled form as it came: its words until they are recorded, its files that came (`media`, by the names that the
    form gives them), those that did not (`missing`), and why it could not be recorded (`wrong`, codes by field, or ""
    for a refusal). `gathering` is the number it was recorded as."""

    __tablename__ = "program_instance"
    __table_args__ = (UniqueConstraint("collection_id", "instance_hash"), Index(None, "branch_id"))

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    collection_id: Mapped[UUID] = mapped_column(ForeignKey("collection.id"))
    branch_id: Mapped[UUID] = mapped_column(ForeignKey("collection_branch.id"))
    instance_hash: Mapped[str]
    content_hash: Mapped[str]
    xml: Mapped[str]
    media: Mapped[dict[str, Any]]
    missing: Mapped[list[Any]]
    wrong: Mapped[dict[str, Any]]
    received_at: Mapped[datetime]
    gathering: Mapped[int | None]

    branch: Mapped[Branch] = relationship()
