"""Where a comment stood, once it was moved: the place it was received with, and every later one."""

from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from consult.consultations.document_models import Document, Page, Revision
from consult.db import Base, Numbered, key_of_consultation, key_to
from consult.relationships import belongs_to
from consult.submissions.models import Comment, CommentAct


class CommentPlace(Numbered, Base):
    """One place of a comment. Version 1 is the one it was received with, which no act made; each later one is that of
    an act (who, when and why). Never changed. Only what was moved has any; the comment itself has the last, so that
    lists and sums go by one column."""

    __tablename__ = "comment_place"
    __table_args__ = (
        key_of_consultation(),
        key_to("comment", "comment_id"),
        key_to("comment_act", "act_id"),
        key_to("document", "document_id"),
        key_to("revision", "revision_id"),
        key_to("provision", "provision_id"),
        key_to("page", "page_id"),
        UniqueConstraint("consultation_id", "comment_id", "version"),
    )

    comment_id: Mapped[UUID]
    version: Mapped[int]
    act_id: Mapped[UUID | None]
    document_id: Mapped[UUID | None]
    revision_id: Mapped[UUID | None]
    provision_id: Mapped[UUID | None]
    page_id: Mapped[UUID | None]
    path: Mapped[str] = mapped_column(default="")

    comment: Mapped[Comment] = belongs_to("CommentPlace.comment_id", "Comment")
    act: Mapped[CommentAct | None] = belongs_to("CommentPlace.act_id", "CommentAct")
    document: Mapped[Document | None] = belongs_to("CommentPlace.document_id", "Document")
    revision: Mapped[Revision | None] = belongs_to("CommentPlace.revision_id", "Revision")
    page: Mapped[Page | None] = belongs_to("CommentPlace.page_id", "Page")
