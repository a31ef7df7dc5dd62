"""What a reader narrows the public list of comments by.

With very many comments a list must neither read nor count all of them. What stands on which page of the whole list is
said by the numbers alone; what is looked for in it, by the positions that are kept of each matter (`positions.py`).
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Integer, Select, and_, bindparam, select, union
from sqlalchemy.orm import Session

from consult.consultations.document_models import Document, Page, Revision
from consult.consultations.models import Consultation
from consult.consultations.revisions import draft_paths, fates, successors
from consult.reading.comments.positions import highest, highest_number, kept_positions
from consult.responses.words import Disposition
from consult.submissions.inputs import AnchorInput
from consult.submissions.models import Comment
from consult.submissions.words import SubmissionKind, Topic

MOST_COUNTED = 1_000
"""So many are counted and turned over page by page; further on, a list begins anew before a number."""

RESULTS = ("received", "in_hand", "answered", *(one.value for one in Disposition), "withdrawn", "invalid", "split")
"""What the list can be narrowed to: ways, and dispositions of published answers."""


@dataclass(frozen=True)
class CommentFilters:
    """What a reader looks for; empty fields do not count. `result` is a CommentWay or a Disposition, `before` a number
    that all have to be below; `most_joined` leaves those that somebody joined, and begins with the most joined."""

    anchor: AnchorInput | None = None
    result: str = ""
    source: SubmissionKind | None = None
    topic: Topic | None = None
    before: int = 0
    most_joined: bool = False

    @property
    def everything(self) -> bool:
        """Whether nothing is left out, so that numbers alone say what stands on which page."""
        return self == CommentFilters()

    @property
    def names(self) -> list[str]:
        """What of it the positions of a matter know by name."""
        given = {"result": self.result, "source": self.source}
        return [f"{name}:{value}" for name, value in given.items() if value]


@dataclass(frozen=True)
class FoundComments:
    """How many comments are wanted, one more than MOST_COUNTED at most, the numbers of those on a page, and the highest
    number that was looked at."""

    total: int
    numbers: list[int]
    highest: int


def page_of_all() -> tuple[Any, Select[int]]:
    """How many comments there are, as a column, and the numbers of `size` of them behind the `passed` newest: they are
    counted by the highest number, which is that of the comment received last. A statement of these has the parameters
    `consultation_id`, `passed` and `size`."""
    consultation_id = bindparam("consultation_id", type_=Comment.consultation_id.type)
    total = highest_number(consultation_id)
    top = total - bindparam("passed", type_=Integer)
    numbers = select(Comment.number).where(
        Comment.consultation_id == consultation_id,
        Comment.number <= top,
        Comment.number > top - bindparam("size", type_=Integer),
    )
    return total, numbers


def page_looked_for(
    session: Session, consultation: Consultation, wanted: CommentFilters, page: int, size: int, least: int
) -> FoundComments:
    """What is wanted among the comments up to the number `least` at least, page `page` of it."""
    with kept_positions.of(session, consultation, least) as kept:
        found = kept.meeting(wanted.names, wanted.before)
        anchor = wanted.anchor
        if anchor is not None:
            place = (anchor.document, anchor.revision, anchor.path, anchor.page)
            found &= kept.on(place, lambda: _at(session, consultation.id, anchor))
        most = MOST_COUNTED + 1
        if wanted.topic is not None:
            found = kept.about(wanted.topic.value, found, kept.highest if wanted.most_joined else most)
        numbers = kept.most_joined(found, most) if wanted.most_joined else highest(found, most)
        return FoundComments(len(numbers), numbers[(page - 1) * size : page * size], kept.highest)


def _at(session: Session, consultation_id: UUID, anchor: AnchorInput) -> ColumnElement[bool]:
    """Whether a Comment is on a place, or what is below it, or what that came from in earlier revisions. A path alone
    is of the first draft that has it; a document without a revision is meant in all of them."""
    revisions = (
        select(Revision.id)
        .join(Revision.document)
        .where(Revision.consultation_id == consultation_id, Document.number == anchor.document)
    )
    if anchor.revision is not None:
        revisions = revisions.where(Revision.number == anchor.revision)
    elif anchor.path:
        first = fates.first_expression(consultation_id, anchor.document, anchor.path)
        revisions = revisions.where(Revision.number == first)
    if anchor.page is not None:
        page = (Page.consultation_id == consultation_id, Page.number == anchor.page)
        pages = session.scalars(select(Page.id).where(*page, Page.revision_id.in_(revisions))).all()
        return and_(Comment.page_id.in_(pages), Comment.page_id.is_not(None))
    if not anchor.path:
        return Comment.revision_id.in_(session.scalars(revisions).all())
    provisions = draft_paths.ids_with_all_below(consultation_id, revisions, anchor.path)
    before = [] if anchor.revision == 1 else [successors.forebears_of(consultation_id, provisions)]
    return Comment.provision_id.in_(session.scalars(union(provisions, *before)).all())
