"""A coordination programme of two parties, a row that hangs under a matter of its own."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult.consultations.models import Consultation
from consult.db import Base, OfConsultation, key_of_consultation, new_id
from consult.people.models import Organisation


class AgreedByBoth:
    """What is public once a person of each party agreed to it; whoever changes it before takes both agreements back."""

    first_agreed_at: Mapped[datetime | None]
    first_agreed_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))
    second_agreed_at: Mapped[datetime | None]
    second_agreed_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))
    public_at: Mapped[datetime | None]


class Programme(AgreedByBoth, OfConsultation, Base):
    """Who coordinates with whom, from when until when, through which units; the paper as it was signed, and its
    sentences (`label` as printed, `text`), to which tasks refer. Title, address, lock and log are those of its matter,
    which nobody comments on. A programme of a commune or a district hangs below (`parent_id`) that of its province."""

    __tablename__ = "programme"
    __table_args__ = (key_of_consultation(), Index(None, "parent_id"), Index(None, "public_at"))

    id: Mapped[UUID] = mapped_column(default=new_id)
    """When it was made, as of every row that names a body: what is newer than a change of that body stands on it."""
    parent_id: Mapped[UUID | None] = mapped_column(ForeignKey("consultation.id"))
    first_party_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    second_party_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    first_unit: Mapped[str]
    second_unit: Mapped[str]
    number: Mapped[str]
    signed_on: Mapped[date | None]
    valid_from: Mapped[date]
    valid_to: Mapped[date]
    """Its last day."""
    sentences: Mapped[list[Any]]
    file_hash: Mapped[str]
    file_name: Mapped[str]
    media_type: Mapped[str]
    recorded_at: Mapped[datetime]
    recorded_by_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))

    matter: Mapped[Consultation] = relationship(
        primaryjoin="foreign(Programme.consultation_id) == Consultation.id", viewonly=True, lazy="joined"
    )
    first_party: Mapped[Organisation] = relationship(foreign_keys=[first_party_id])
    second_party: Mapped[Organisation] = relationship(foreign_keys=[second_party_id])

    @property
    def parties(self) -> tuple[UUID, UUID]:
        """Both bodies, the one of the Front first."""
        return self.first_party_id, self.second_party_id

    @property
    def both_names(self) -> str:
        """Both parties as the head of a joint paper names them."""
        return f"{self.first_party.name} - {self.second_party.name}"

    def keeper_of(self, by_id: UUID) -> UUID:
        """Who follows what a body owes: each party what the other owes; what a third body owes, the Front."""
        return self.second_party_id if by_id == self.first_party_id else self.first_party_id
