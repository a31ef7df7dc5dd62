"""What a desk sorts comments by: tags that officers name, and rules by which comments go to a unit or a person; and who
read what is set apart."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult.db import Base, Numbered, OfConsultation, key_of_consultation, key_to
from consult.people.models import Unit, User
from consult.relationships import belongs_to
from consult.submissions.models import Comment


class Tag(Numbered, Base):
    """nhãn: a word of the desk of one matter for comments that have something in common; nobody outside sees it.
    `folded` is how it is known whatever its accents and case."""

    __tablename__ = "tag"
    __table_args__ = (
        key_of_consultation(),
        UniqueConstraint("consultation_id", "number"),
        UniqueConstraint("consultation_id", "folded"),
    )

    number: Mapped[int]
    name: Mapped[str]
    folded: Mapped[str]
    at: Mapped[datetime]
    by_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))


class CommentTag(OfConsultation, Base):
    """A comment with a tag, put on by a person, or by a rule of theirs (`rule_id`)."""

    __tablename__ = "comment_tag"
    __table_args__ = (
        key_of_consultation(),
        key_to("tag", "tag_id"),
        key_to("comment", "comment_id"),
        key_to("triage_rule", "rule_id"),
        Index(None, "consultation_id", "tag_id"),
    )

    comment_id: Mapped[UUID] = mapped_column(primary_key=True)
    tag_id: Mapped[UUID] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    by_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))
    rule_id: Mapped[UUID | None]

    comment: Mapped[Comment] = belongs_to("CommentTag.comment_id", "Comment")
    tag: Mapped[Tag] = belongs_to("CommentTag.tag_id", "Tag")


class SetApartReading(Numbered, Base):
    """Somebody opened a text that is set apart. Never deleted: the law protects who denounces (Luật Tố cáo, Điều 8)."""

    __tablename__ = "set_apart_reading"
    __table_args__ = (
        key_of_consultation(),
        key_to("comment", "comment_id"),
        Index(None, "consultation_id", "comment_id"),
    )

    comment_id: Mapped[UUID]
    at: Mapped[datetime]
    by_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))

    comment: Mapped[Comment] = belongs_to("SetApartReading.comment_id", "Comment")
    by: Mapped[User] = relationship()


class TriageRule(Numbered, Base):
    """quy tắc giao xử lý: which comments go to which unit and person, and what tag they get. Whatever is None or empty
    does not count. A place is a draft and a path in it, and means that clause through all drafts, with all below it;
    `kind` is a kind of submission, `organisation` or `citizen`. Of several rules the first by number gives a comment to
    somebody. An ended one (`ended_at`) stays for what it gave."""

    __tablename__ = "triage_rule"
    __table_args__ = (
        key_of_consultation(),
        key_to("tag", "tag_id"),
        key_to("tag", "set_tag_id"),
        UniqueConstraint("consultation_id", "number"),
    )

    number: Mapped[int]
    document: Mapped[int | None]
    revision: Mapped[int | None]
    path: Mapped[str] = mapped_column(default="")
    kind: Mapped[str] = mapped_column(default="")
    tag_id: Mapped[UUID | None]
    unit_id: Mapped[UUID | None] = mapped_column(ForeignKey("unit.id"))
    user_id: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))
    set_tag_id: Mapped[UUID | None]
    at: Mapped[datetime]
    by_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))
    ended_at: Mapped[datetime | None]
    ended_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))

    tag: Mapped[Tag | None] = belongs_to("TriageRule.tag_id", "Tag")
    set_tag: Mapped[Tag | None] = belongs_to("TriageRule.set_tag_id", "Tag")
    unit: Mapped[Unit | None] = relationship()
    user: Mapped[User | None] = relationship(foreign_keys=[user_id])
