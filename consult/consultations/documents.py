"""Documents of a matter, their immutable revisions, and the provisions and pages that comments point at."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from consult.consultations.words import DocumentRole
from consult.db import Base, Numbered, belongs_to, coded, key_of_consultation, key_to


class Document(Numbered, Base):
    """The main draft (number 1) or a document beside it."""

    __tablename__ = "document"
    __table_args__ = (key_of_consultation(), UniqueConstraint("consultation_id", "number"))

    number: Mapped[int]
    role: Mapped[DocumentRole] = mapped_column(coded(DocumentRole))
    title: Mapped[str]


class Revision(Numbered, Base):
    """One version of a document: the file as uploaded, its outline, and when it was made public."""

    __tablename__ = "revision"
    __table_args__ = (
        key_of_consultation(),
        key_to("document", "document_id"),
        UniqueConstraint("consultation_id", "document_id", "number"),
    )

    document_id: Mapped[UUID]
    number: Mapped[int]
    file_hash: Mapped[str]
    file_name: Mapped[str]
    media_type: Mapped[str]
    file_size: Mapped[int]
    title: Mapped[str] = mapped_column(default="")
    grammar: Mapped[str]
    warnings: Mapped[list[Any]]
    created_at: Mapped[datetime]
    created_by_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))
    published_at: Mapped[datetime | None]

    document: Mapped[Document] = belongs_to("Revision.document_id", "Document")


class Provision(Numbered, Base):
    """A node of a revision's tree, in the order of reading (`position`); `path` names it to people and programs."""

    __tablename__ = "provision"
    __table_args__ = (
        key_of_consultation(),
        key_to("revision", "revision_id"),
        key_to("provision", "parent_id"),
        UniqueConstraint("consultation_id", "revision_id", "path"),
        UniqueConstraint("consultation_id", "revision_id", "position"),
    )

    revision_id: Mapped[UUID]
    parent_id: Mapped[UUID | None]
    position: Mapped[int]
    depth: Mapped[int]
    path: Mapped[str]
    kind: Mapped[str]
    label: Mapped[str] = mapped_column(default="")
    marker: Mapped[str] = mapped_column(default="")
    marker_auto: Mapped[bool] = mapped_column(default=False)
    heading: Mapped[str] = mapped_column(default="")
    text: Mapped[str] = mapped_column(default="")
    rows: Mapped[list[Any] | None] = mapped_column(JSON(none_as_null=True))
    grammar: Mapped[str] = mapped_column(default="")

    revision: Mapped[Revision] = belongs_to("Provision.revision_id", "Revision")


class Page(Numbered, Base):
    """A page of a PDF revision; sizes in points."""

    __tablename__ = "page"
    __table_args__ = (
        key_of_consultation(),
        key_to("revision", "revision_id"),
        UniqueConstraint("consultation_id", "revision_id", "number"),
    )

    revision_id: Mapped[UUID]
    number: Mapped[int]
    text: Mapped[str]
    width: Mapped[float]
    height: Mapped[float]

    revision: Mapped[Revision] = belongs_to("Page.revision_id", "Revision")


class OutlineCorrection(Numbered, Base):
    """What an officer mended in an outline before publication: the operation with its arguments."""

    __tablename__ = "outline_correction"
    __table_args__ = (key_of_consultation(), key_to("revision", "revision_id"))

    revision_id: Mapped[UUID]
    at: Mapped[datetime]
    by_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))
    operation: Mapped[dict[str, Any]]
