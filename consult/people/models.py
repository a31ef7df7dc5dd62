"""Areas, organisations, units and users: effective-dated, predecessors and successors kept."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult.db import Base, coded, new_id
from consult.people.words import Level, OrganisationKind, Role, Standing


class Area(Base):
    """A province, district or commune during the time it had this name and territory. Codes are reused: the key is
    (code, valid_from)."""

    __tablename__ = "area"
    __table_args__ = (UniqueConstraint("code", "valid_from"), Index(None, "folded_name"))

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    code: Mapped[str]
    name: Mapped[str]
    kind: Mapped[str]
    level: Mapped[Level] = mapped_column(coded(Level))
    parent_id: Mapped[UUID | None] = mapped_column(ForeignKey("area.id"))
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    folded_name: Mapped[str]

    parent: Mapped["Area | None"] = relationship(remote_side=[id])

    def in_force(self, day: date) -> bool:
        """Whether the area exists on a local `day`; `valid_to` is the first day it no longer does."""
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


class AreaSuccession(Base):
    """One area became (part of) another on a day, by a resolution."""

    __tablename__ = "area_succession"

    predecessor_id: Mapped[UUID] = mapped_column(ForeignKey("area.id"), primary_key=True)
    successor_id: Mapped[UUID] = mapped_column(ForeignKey("area.id"), primary_key=True)
    on: Mapped[date]
    source: Mapped[str] = mapped_column(default="")


class Organisation(Base):
    """A body that publishes, answers, is asked, or sends opinions, under one name for a time."""

    __tablename__ = "organisation"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    name: Mapped[str]
    short_name: Mapped[str] = mapped_column(default="")
    kind: Mapped[OrganisationKind] = mapped_column(coded(OrganisationKind))
    standing: Mapped[Standing | None] = mapped_column(coded(Standing))
    """Of a religious body; None where it was never said."""
    level: Mapped[Level] = mapped_column(coded(Level))
    area_id: Mapped[UUID | None] = mapped_column(ForeignKey("area.id"))
    place: Mapped[str] = mapped_column(default="")
    address: Mapped[str] = mapped_column(default="", server_default="")
    telephone: Mapped[str] = mapped_column(default="", server_default="")
    hours: Mapped[str] = mapped_column(default="", server_default="")
    mail: Mapped[str] = mapped_column(default="", server_default="")
    network_code: Mapped[str] = mapped_column(default="", server_default="")
    """Its code on the document network (mã định danh); empty where nobody entered it."""
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    folded_name: Mapped[str]
    writer_sends: Mapped[bool | None]
    """Whether who wrote a letter may send it too, as an administrator set it; None as its kind and level have it."""
    reviewer_id: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))
    """Who looks at its letters before they are handed over; None where nobody need."""
    signatory_id: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))
    """Who signs its letters: new ones begin with their name and office."""

    typed_at: Mapped[datetime | None]
    """When somebody at a desk typed its name, because it was not known; an administrator confirms it, or merges it into
    the one that was meant."""
    typed_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))
    confirmed_at: Mapped[datetime | None]

    area: Mapped[Area | None] = relationship()
    units: Mapped[list["Unit"]] = relationship(order_by="Unit.name, Unit.id", back_populates="organisation")

    @property
    def tells_religion(self) -> bool:
        """Whether its name beside a private person would tell their religion, which is said of nobody here."""
        return self.kind is OrganisationKind.RELIGIOUS

    @property
    def unconfirmed(self) -> bool:
        """Whether only who typed its name vouches for it."""
        return self.typed_at is not None and self.confirmed_at is None and self.valid_to is None


class OrganisationSuccession(Base):
    """One organisation took over from another on a day."""

    __tablename__ = "organisation_succession"

    predecessor_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"), primary_key=True)
    successor_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"), primary_key=True)
    on: Mapped[date]
    source: Mapped[str] = mapped_column(default="")


class Unit(Base):
    """A unit (phòng, ban) of an organisation, with its focal mailbox."""

    __tablename__ = "unit"
    __table_args__ = (Index(None, "organisation_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    name: Mapped[str]
    mailbox: Mapped[str] = mapped_column(default="")
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]

    organisation: Mapped[Organisation] = relationship(back_populates="units")


class User(Base):
    """A person who signs in. Citizens need no account."""

    __tablename__ = "app_user"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    mail: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    office: Mapped[str] = mapped_column(default="")
    password_hash: Mapped[str | None]
    totp_secret: Mapped[str | None]
    totp_last_step: Mapped[int | None]
    created_at: Mapped[datetime]
    disabled_at: Mapped[datetime | None]
    invitation: Mapped[int] = mapped_column(default=0)
    """Which link to set a password is good; earlier ones are void."""

    memberships: Mapped[list["Membership"]] = relationship(back_populates="user", foreign_keys="Membership.user_id")


class Membership(Base):
    """A role that a person holds for an organisation (and perhaps one of its units), from one instant until another."""

    __tablename__ = "membership"
    __table_args__ = (Index(None, "user_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    unit_id: Mapped[UUID | None] = mapped_column(ForeignKey("unit.id"))
    role: Mapped[Role] = mapped_column(coded(Role))
    since: Mapped[datetime]
    until: Mapped[datetime | None]
    granted_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))
    deputy_for_id: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))
    """Whose place is taken for that time; None for a role of one's own."""

    user: Mapped[User] = relationship(back_populates="memberships", foreign_keys=[user_id])
    deputy_for: Mapped[User | None] = relationship(foreign_keys=[deputy_for_id])
    organisation: Mapped[Organisation] = relationship()
    unit: Mapped[Unit | None] = relationship()

    def in_force(self, now: datetime) -> bool:
        """Whether the role is held at the instant `now`."""
        return self.since <= now and (self.until is None or now < self.until)


class Correction(Base):
    """A slip of the pen that was put right in the name of a body, unit or person, or in what else is said of them: what
    stood there, what stands there now, why. A body that has become another one has a succession instead."""

    __tablename__ = "correction"
    __table_args__ = (Index(None, "subject_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    subject_id: Mapped[UUID]
    field: Mapped[str]
    old: Mapped[str]
    new: Mapped[str]
    reason: Mapped[str]
    at: Mapped[datetime]
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))
