"""What an administrator does, roles that wait for a second one, and facts about this installation."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult.consultations.models import LegalProfile
from consult.db import Base, coded, new_id
from consult.people.models import Organisation, Unit, User
from consult.people.words import Role


class InstallationFact(Base):
    """A fact about this database, such as that the demo made it."""

    __tablename__ = "installation_fact"

    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]
    at: Mapped[datetime]


class AdministrativeAct(Base):
    """What an administrator did, to whom: roles granted and ended, accounts made and closed."""

    __tablename__ = "administrative_act"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    at: Mapped[datetime]
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))
    act: Mapped[str]
    subject: Mapped[str]
    details: Mapped[dict[str, Any]]


class Settlement(StrEnum):
    """What became of a proposal."""

    CONFIRMED = "confirmed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class RoleProposal(Base):
    """A role that one administrator would give and another has to confirm. Until then there is no membership, and so
    nothing that anybody could do with it; `settled_at` says whether it still waits."""

    __tablename__ = "role_proposal"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    unit_id: Mapped[UUID | None] = mapped_column(ForeignKey("unit.id"))
    role: Mapped[Role] = mapped_column(coded(Role))
    since: Mapped[datetime]
    until: Mapped[datetime | None]
    deputy_for_id: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))
    proposed_at: Mapped[datetime]
    proposed_by_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))
    settled_at: Mapped[datetime | None]
    settled_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))
    settlement: Mapped[Settlement | None] = mapped_column(coded(Settlement))
    membership_id: Mapped[UUID | None] = mapped_column(ForeignKey("membership.id"))

    user: Mapped[User] = relationship(foreign_keys=[user_id])
    organisation: Mapped[Organisation] = relationship()
    unit: Mapped[Unit | None] = relationship()
    proposed_by: Mapped[User] = relationship(foreign_keys=[proposed_by_id])
    deputy_for: Mapped[User | None] = relationship(foreign_keys=[deputy_for_id])


class ProfileProposal(Base):
    """The legal profile that one administrator would have from a day on in place of another (`base_id`), and another
    has to confirm: until then nothing applies it. `rules` is the whole profile as it would be, `basis` the document
    that the province decided it by."""

    __tablename__ = "profile_proposal"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    base_id: Mapped[UUID] = mapped_column(ForeignKey("legal_profile.id"))
    name: Mapped[str]
    valid_from: Mapped[date]
    basis: Mapped[str]
    rules: Mapped[dict[str, Any]]
    proposed_at: Mapped[datetime]
    proposed_by_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))
    settled_at: Mapped[datetime | None]
    settled_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))
    settlement: Mapped[Settlement | None] = mapped_column(coded(Settlement))
    profile_id: Mapped[UUID | None] = mapped_column(ForeignKey("legal_profile.id"))

    base: Mapped[LegalProfile] = relationship(foreign_keys=[base_id])
    proposed_by: Mapped[User] = relationship(foreign_keys=[proposed_by_id])


class ChangeKind(StrEnum):
    """What became of a body on a day."""

    FOLLOWED = "followed"
    MERGED = "merged"
    SPLIT = "split"
    ENDED = "ended"


class BodyChange(Base):
    """A body that ended, alone or because others took over, and the document that decided it: what moved with it
    (`moved`, as `people.successions.Moved` has it), so that a slip can be taken back."""

    __tablename__ = "body_change"
    __table_args__ = (Index(None, "organisation_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    kind: Mapped[ChangeKind] = mapped_column(coded(ChangeKind))
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    on: Mapped[date]
    source: Mapped[str] = mapped_column(default="")
    """The grounds in free words, of changes that were recorded before their document was asked for."""
    document_number: Mapped[str] = mapped_column(default="", server_default="")
    document_on: Mapped[date | None]
    document_issuer: Mapped[str] = mapped_column(default="", server_default="")
    file_hash: Mapped[str] = mapped_column(default="", server_default="")
    file_name: Mapped[str] = mapped_column(default="", server_default="")
    media_type: Mapped[str] = mapped_column(default="", server_default="")
    at: Mapped[datetime]
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))
    moved: Mapped[dict[str, Any]]
    undone_at: Mapped[datetime | None]
    undone_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))

    organisation: Mapped[Organisation] = relationship()


class UploadKind(StrEnum):
    """What the rows of a spreadsheet are."""

    BODIES = "bodies"
    UNITS = "units"
    PEOPLE = "people"
    AREAS = "areas"


class SpreadsheetUpload(Base):
    """A spreadsheet that was looked at before anything of it was written: its sheets as text until they are, and what
    was done then."""

    __tablename__ = "spreadsheet_upload"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    kind: Mapped[UploadKind] = mapped_column(coded(UploadKind))
    name: Mapped[str]
    at: Mapped[datetime]
    by_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))
    sheets: Mapped[list[Any]]
    """Empty once it was written, or left for a day."""
    mapped: Mapped[dict[str, Any]]
    """At which index a column stands, as somebody said who was asked."""
    written_at: Mapped[datetime | None]
    written: Mapped[dict[str, Any]]
    """How many rows were new, changed, and known."""
