"""What people say of what was typed of the opinions that a branch gathered from them."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult.collections.models import CollectedOpinion, Gathering
from consult.db import Base, new_id


class CollectedTypingCheck(Base):
    """xác nhận bản chép of an opinion that was gathered: right, or what is wrong, with the words as they should be
    (`texts`, by the number of the opinion). What is wrong stands in a list of the branch and of who collects until
    somebody settled it; `settled_by_id` None is the branch itself."""

    __tablename__ = "collected_typing_check"
    __table_args__ = (Index(None, "gathering_id"), Index(None, "opinion_id"))

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    gathering_id: Mapped[UUID] = mapped_column(ForeignKey("gathering.id"))
    opinion_id: Mapped[UUID] = mapped_column(ForeignKey("collected_opinion.id"))
    at: Mapped[datetime]
    right: Mapped[bool]
    said: Mapped[str] = mapped_column(default="")
    texts: Mapped[dict[str, Any]]
    settled_at: Mapped[datetime | None]
    settled_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))
    settled_reason: Mapped[str] = mapped_column(default="")

    gathering: Mapped[Gathering] = relationship()
    opinion: Mapped[CollectedOpinion] = relationship()
