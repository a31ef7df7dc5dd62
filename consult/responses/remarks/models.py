"""What a body remarks on the answer to a comment of its letter."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from consult.db import Base, OfConsultation, key_of_consultation, key_to


class AnswerRemark(OfConsultation, Base):
    """What a body remarks on the answer to a comment of its letter, one for a comment: written by one person, public
    once another has signed it (`signed_at`), and fixed from then on. `version` of the answer is what it was signed
    beside."""

    __tablename__ = "answer_remark"
    __table_args__ = (key_of_consultation(), key_to("comment", "comment_id"))

    comment_id: Mapped[UUID] = mapped_column(primary_key=True)
    text: Mapped[str]
    written_by_ids: Mapped[list[Any]]
    written_at: Mapped[datetime]
    response: Mapped[int | None]
    version: Mapped[int | None]
    signed_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))
    signed_at: Mapped[datetime | None]
