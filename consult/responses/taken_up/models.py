"""A proposal that a draft takes up."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult.consultations.models import Consultation
from consult.db import Base, Numbered, key_of_consultation


class TakenUp(Numbered, Base):
    """The matter of a draft takes up a proposal: that with the public `number` in the matter `proposals_id`. The two
    matters are joined by nothing else, so that each can be kept by itself."""

    __tablename__ = "taken_up"
    __table_args__ = (
        key_of_consultation(),
        UniqueConstraint("consultation_id", "proposals_id", "number"),
        Index(None, "proposals_id", "number"),
    )

    proposals_id: Mapped[UUID] = mapped_column(ForeignKey("consultation.id"))
    number: Mapped[int]
    at: Mapped[datetime]
    by_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))

    proposals: Mapped[Consultation] = relationship(foreign_keys=[proposals_id])
