"""What is decided where most people are against: as they want, or otherwise, with the reason."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from consult.consultations.document_models import Provision
from consult.db import Base, Numbered, key_of_consultation, key_to
from consult.relationships import belongs_to


class MajorityDecision(Numbered, Base):
    """What was written of one clause (None: of the draft as a whole); the latest counts. With `follows` it is decided
    as most people want; otherwise `text` is the reason, for everybody once the matter is concluded."""

    __tablename__ = "majority_decision"
    __table_args__ = (
        key_of_consultation(),
        key_to("provision", "provision_id"),
        Index(None, "consultation_id", "provision_id"),
    )

    provision_id: Mapped[UUID | None]
    follows: Mapped[bool]
    text: Mapped[str]
    at: Mapped[datetime]
    by_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))

    provision: Mapped[Provision | None] = belongs_to("MajorityDecision.provision_id", "Provision")
