"""Saved versions of what people write together and others change: none of them is overwritten."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from consult.db import Base, Numbered, key_of_consultation


class SavedVersion(Numbered, Base):
    """What stood in the fields of one thing of a matter (`thing` is its kind and key), under their digest. `by_id`
    saved it; None for what stood there before anybody saved it through a form."""

    __tablename__ = "saved_version"
    __table_args__ = (key_of_consultation(), Index(None, "consultation_id", "thing"))

    thing: Mapped[str]
    version: Mapped[str]
    fields: Mapped[dict[str, Any]]
    at: Mapped[datetime]
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))
