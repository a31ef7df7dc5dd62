"""Groups of like comments: what is found, which can be made anew, and what people decided, which stays."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult.db import Base, Numbered, OfConsultation, coded, key_of_consultation, key_to
from consult.people.models import User
from consult.relationships import belongs_to, has_many
from consult.similar.words import GroupActKind, Likeness
from consult.submissions.models import Comment


class SimilarGroup(Numbered, Base):
    """Comments with the same words, be it one alone; every signatory stays, and each is answered. The others are held
    against its sample, the words that most of them have; `leaning` tells for what they are (1), against (-1) or
    neither, so that agreement and refusal never meet. One without a sample has lost all its comments."""

    __tablename__ = "similar_group"
    __table_args__ = (
        key_of_consultation(),
        key_to("comment", "sample_id"),
        UniqueConstraint("consultation_id", "number"),
        Index(None, "consultation_id", "size"),
    )

    number: Mapped[int]
    sample_id: Mapped[UUID | None]
    leaning: Mapped[int]
    sketch_size: Mapped[int]
    size: Mapped[int]
    confirmed_at: Mapped[datetime | None]
    confirmed_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))

    sample: Mapped[Comment | None] = belongs_to("SimilarGroup.sample_id", "Comment")
    members: Mapped[list["SimilarMember"]] = has_many(
        "SimilarGroup", "SimilarMember.group_id", "SimilarMember.comment_id"
    )


class SimilarMember(OfConsultation, Base):
    """One comment in one group: `said` is the same for the same words about the same place, `words` for the same words,
    `folded` for those without accents; `labels` are the clauses it names where the sample names its own. Whom a person
    put here (`by_person`) nothing but a person moves."""

    __tablename__ = "similar_member"
    __table_args__ = (
        key_of_consultation(),
        key_to("similar_group", "group_id"),
        key_to("comment", "comment_id"),
        Index(None, "consultation_id", "group_id", "said"),
        Index(None, "consultation_id", "said"),
        Index(None, "consultation_id", "words"),
        Index(None, "consultation_id", "folded"),
    )

    comment_id: Mapped[UUID] = mapped_column(primary_key=True)
    group_id: Mapped[UUID]
    said: Mapped[str]
    words: Mapped[str]
    folded: Mapped[str]
    labels: Mapped[str]
    likeness: Mapped[Likeness] = mapped_column(coded(Likeness))
    by_person: Mapped[bool]

    comment: Mapped[Comment] = belongs_to("SimilarMember.comment_id", "Comment")
    group: Mapped[SimilarGroup] = belongs_to("SimilarMember.group_id", "SimilarGroup")


class SimilarPrint(OfConsultation, Base):
    """One number of the sketch of a sample, by which texts like it are found."""

    __tablename__ = "similar_print"
    __table_args__ = (
        key_of_consultation(),
        key_to("similar_group", "group_id"),
        Index(None, "consultation_id", "group_id"),
    )

    print: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    group_id: Mapped[UUID] = mapped_column(primary_key=True)

    group: Mapped[SimilarGroup] = belongs_to("SimilarPrint.group_id", "SimilarGroup")


class GroupAct(Numbered, Base):
    """What a person decided about a group: confirmed it, took texts out of it, moved a comment, looked at differences.
    `details` name the comments, the texts and the other group."""

    __tablename__ = "similar_group_act"
    __table_args__ = (
        key_of_consultation(),
        key_to("similar_group", "group_id"),
        Index(None, "consultation_id", "group_id"),
    )

    group_id: Mapped[UUID]
    kind: Mapped[GroupActKind] = mapped_column(coded(GroupActKind))
    at: Mapped[datetime]
    by_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))
    reason: Mapped[str]
    details: Mapped[dict[str, Any]]

    by: Mapped[User] = relationship()
