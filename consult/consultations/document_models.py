"""Documents of a matter, their immutable revisions, and the provisions and pages that comments point at."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from consult.consultations.words import ChangeOrigin, DocumentRole, MatchKind
from consult.db import Base, Numbered, OfConsultation, coded, key_of_consultation, key_to
from consult.relationships import belongs_to, beside, has_many


class Document(Numbered, Base):
    """The main draft (number 1) or a document beside it."""

    __tablename__ = "document"
    __table_args__ = (key_of_consultation(), UniqueConstraint("consultation_id", "number"))

    number: Mapped[int]
    role: Mapped[DocumentRole] = mapped_column(coded(DocumentRole))
    title: Mapped[str]

    revisions: Mapped[list["Revision"]] = has_many("Document", "Revision.document_id", "Revision.number")


class Revision(Numbered, Base):
    """One version of a document: the file as uploaded, its outline, and when it was made public.

    `contents` are the headings of a PDF (title, page, level). Its pages are read by the worker: `pages_read` of
    `pages_total` so far, and `pages_failed` is the code of what stopped it. `pictures` are the files (SHA-256) that its
    text shows in place.
    """

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
    contents: Mapped[list[Any]] = mapped_column(default=list, server_default="[]")
    pages_total: Mapped[int] = mapped_column(default=0, server_default="0")
    pages_read: Mapped[int] = mapped_column(default=0, server_default="0")
    pages_failed: Mapped[str] = mapped_column(default="", server_default="")
    pictures: Mapped[list[Any]] = mapped_column(default=list, server_default="[]")
    created_at: Mapped[datetime]
    created_by_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))
    published_at: Mapped[datetime | None]

    document: Mapped[Document] = belongs_to("Revision.document_id", "Document")
    of_document: Mapped[list["Revision"]] = beside("Revision.document_id", "Revision.document_id")
    provisions: Mapped[list["Provision"]] = has_many("Revision", "Provision.revision_id", "Provision.position")


class IssuedText(OfConsultation, Base):
    """The revision of the main draft that was issued in the end, with the number and day that it was given, and
    from which day it is in force, as far as that was recorded."""

    __tablename__ = "issued_text"
    __table_args__ = (key_of_consultation(), key_to("revision", "revision_id"))

    revision_id: Mapped[UUID]
    number: Mapped[str]
    issued_on: Mapped[date]
    in_force_on: Mapped[date | None]
    recorded_at: Mapped[datetime]
    by_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))


class Provision(Numbered, Base):
    """A node of a revision's tree, in the order of reading (`position`); `path` names it to people and programs.

    `page` is the page of a PDF on which it begins, 0 where there are none.
    """

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
    rows: Mapped[list[Any] | None]
    grammar: Mapped[str] = mapped_column(default="")
    picture: Mapped[dict[str, Any] | None]
    page: Mapped[int] = mapped_column(default=0, server_default="0")

    revision: Mapped[Revision] = belongs_to("Provision.revision_id", "Revision")


WORDS_OF_PROVISION = (
    Provision.id,
    Provision.parent_id,
    Provision.path,
    Provision.kind,
    Provision.label,
    Provision.marker,
    Provision.heading,
    Provision.text,
    Provision.rows,
    Provision.picture,
    Provision.page,
)
"""What a text is read by, without making entities of its provisions."""


class Page(Numbered, Base):
    """A page of a PDF revision; sizes in points. `recognised` says that its text was read off an image by a machine,
    `turned` by how many degrees clockwise it is shown turned, so that its words stand upright."""

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
    recognised: Mapped[bool] = mapped_column(default=False, server_default=false())
    turned: Mapped[int] = mapped_column(default=0, server_default="0")

    revision: Mapped[Revision] = belongs_to("Page.revision_id", "Revision")


class OutlineCorrection(Numbered, Base):
    """What an officer mended in an outline before publication: the operation with its arguments."""

    __tablename__ = "outline_correction"
    __table_args__ = (key_of_consultation(), key_to("revision", "revision_id"))

    revision_id: Mapped[UUID]
    at: Mapped[datetime]
    by_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))
    operation: Mapped[dict[str, Any]]


class ProvisionMatch(Numbered, Base):
    """What became of a provision in the next revision, one row for each pair: an old one without an heir is removed, a
    new one without a forebear added; a split or merged one has several rows. `kind` is a MatchKind."""

    __tablename__ = "provision_match"
    __table_args__ = (
        key_of_consultation(),
        key_to("revision", "old_revision_id"),
        key_to("revision", "new_revision_id"),
        key_to("provision", "old_id"),
        key_to("provision", "new_id"),
        Index(None, "consultation_id", "new_revision_id"),
        Index(None, "consultation_id", "old_id"),
        Index(None, "consultation_id", "new_id"),
    )

    old_revision_id: Mapped[UUID]
    new_revision_id: Mapped[UUID]
    old_id: Mapped[UUID | None]
    new_id: Mapped[UUID | None]
    kind: Mapped[MatchKind] = mapped_column(coded(MatchKind))
    similarity: Mapped[float] = mapped_column(default=0.0)
    corrected_at: Mapped[datetime | None]
    corrected_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))

    old: Mapped[Provision | None] = belongs_to("ProvisionMatch.old_id", "Provision")
    new: Mapped[Provision | None] = belongs_to("ProvisionMatch.new_id", "Provision")


class ChangeSource(Numbered, Base):
    """Why a provision changed although no comment asked for it, as an officer tells the public; the latest counts.

    `provision_id` is of the new revision; for one that was removed, of the old.
    """

    __tablename__ = "change_source"
    __table_args__ = (
        key_of_consultation(),
        key_to("revision", "new_revision_id"),
        key_to("provision", "provision_id"),
        Index(None, "consultation_id", "new_revision_id"),
    )

    new_revision_id: Mapped[UUID]
    provision_id: Mapped[UUID]
    source: Mapped[ChangeOrigin] = mapped_column(coded(ChangeOrigin))
    note: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime]
    by_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))


class Summary(Numbered, Base):
    """The matter in short in one language: what it is called there, what it asks, and what it is about, as text and, if
    there is one, as sound; a later one takes its place."""

    __tablename__ = "summary"
    __table_args__ = (key_of_consultation(), Index(None, "consultation_id", "language"))

    language: Mapped[str]
    title: Mapped[str] = mapped_column(default="", server_default="")
    question: Mapped[str] = mapped_column(default="", server_default="")
    text: Mapped[str]
    audio_hash: Mapped[str] = mapped_column(default="")
    audio_name: Mapped[str] = mapped_column(default="")
    audio_type: Mapped[str] = mapped_column(default="")
    audio_size: Mapped[int] = mapped_column(default=0)
    at: Mapped[datetime]
    by_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))
    removed_at: Mapped[datetime | None]

    @property
    def audio_ending(self) -> str:
        """The ending of its sound's name, which is one of its kind."""
        return self.audio_name.rpartition(".")[2].lower()
