"""A coordination programme, a row that hangs under a matter of its own; its parties, and what all of them agree to."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship

from consult.consultations.models import Consultation
from consult.db import Base, Numbered, OfConsultation, key_of_consultation, new_id
from consult.people.models import Organisation
from consult.people.words import OrganisationKind

OF_THE_STATE = frozenset({OrganisationKind.DEPARTMENT, OrganisationKind.PEOPLES_COMMITTEE, OrganisationKind.AGENCY})
"""Which kinds of bodies are of the state: one of them is the second party of every programme."""


class Agreement(Numbered, Base):
    """A person agreed for one party to the thing of this id: the programme, the plan of a year, the minutes of an
    exchange or a report. Each party once; it is gone when the thing is changed before all agreed."""

    __tablename__ = "agreement"
    __table_args__ = (key_of_consultation(), UniqueConstraint("consultation_id", "thing_id", "body_id"))

    thing_id: Mapped[UUID]
    body_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    at: Mapped[datetime]
    by_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))


class AgreedByAll:
    """What is public once a person of each party agreed to it; whoever changes it before takes all agreements back."""

    public_at: Mapped[datetime | None]

    @declared_attr
    def agreements(self) -> Mapped[list[Agreement]]:
        """Who agreed so far, in the order in which they did."""
        own = self.__name__  # type: ignore[attr-defined]
        return relationship(
            Agreement,
            primaryjoin=(
                f"and_(foreign(Agreement.thing_id) == {own}.id, Agreement.consultation_id == {own}.consultation_id)"
            ),
            viewonly=True,
            order_by=(Agreement.at, Agreement.id),
        )

    def agreed_by(self, body_id: UUID) -> Agreement | None:
        """The agreement of a party, where it agreed."""
        return next((one for one in self.agreements if one.body_id == body_id), None)

    def agreed_state(self) -> list[object]:
        """What a page shows of it: which party agreed when, and since when it is public."""
        return [*([str(one.body_id), one.at] for one in self.agreements), self.public_at]


class Programme(AgreedByAll, OfConsultation, Base):
    """Who coordinates with whom, from when until when, through which units; the paper as it was signed, and its
    sentences (`label` as printed, `text`), to which tasks refer. Title, address, lock and log are those of its matter,
    which nobody comments on. A programme of a commune or a district hangs below (`parent_id`) that of its province.
    Its first party is a committee of the Front and its second a body of the state, by what rules ask for; the others
    that signed are `further`."""

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
    further: Mapped[list["FurtherParty"]] = relationship(
        primaryjoin="foreign(FurtherParty.consultation_id) == Programme.consultation_id",
        viewonly=True,
        order_by="FurtherParty.number, FurtherParty.id",
    )

    @property
    def parties(self) -> tuple[UUID, ...]:
        """All bodies that signed, the one of the Front first, then that of the state."""
        return self.first_party_id, self.second_party_id, *(one.body_id for one in self.further)

    @property
    def bodies(self) -> tuple[Organisation, ...]:
        """The same as bodies."""
        return self.first_party, self.second_party, *(one.body for one in self.further)

    @property
    def of_the_state(self) -> list[UUID]:
        """The parties that are bodies of the state, the second party first."""
        return [body.id for body in self.bodies[1:] if body.kind in OF_THE_STATE]

    @property
    def units(self) -> list[str]:
        """The focal units that are named, in the order of the parties."""
        return [unit for unit in (self.first_unit, self.second_unit, *(one.unit for one in self.further)) if unit]

    @property
    def heading(self) -> str:
        """All parties as the head of a joint paper names them: both, or each of many on a line."""
        return ("\n" if self.further else " - ").join(body.name for body in self.bodies)

    def keeper_of(self, by_id: UUID, wrote: UUID | None = None) -> UUID:
        """Who follows what a body owes. Of two parties each what the other owes, and what a third body owes, the Front;
        of many, the party that wrote it where it is not the one that owes it."""
        if self.further and wrote in self.parties and wrote is not None and wrote != by_id:
            return wrote
        return self.second_party_id if by_id == self.first_party_id else self.first_party_id


class FurtherParty(Numbered, Base):
    """A party beside that of the Front and that of the state: in which place it stands (from 3 on), its focal unit, and
    the line above its name where it signs (`signs_as`, "TM. BAN TRỊ SỰ")."""

    __tablename__ = "further_party"
    __table_args__ = (
        key_of_consultation(),
        UniqueConstraint("consultation_id", "body_id"),
        Index(None, "body_id"),
    )

    number: Mapped[int]
    body_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    unit: Mapped[str]
    signs_as: Mapped[str]

    body: Mapped[Organisation] = relationship(lazy="joined")
