"""The comments of a matter as the public reads them, page by page."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain, repeat
from typing import Any

from sqlalchemy import Integer, bindparam, select
from sqlalchemy.orm import Session

from consult.comparison import Piece
from consult.consultations.models import Consultation
from consult.consultations.revisions.lineages import FiledDrafts, filed_drafts
from consult.errors import NotFound
from consult.reading.comments import quotes
from consult.reading.comments.filters import MOST_COUNTED, CommentFilters, page_looked_for, page_of_all
from consult.reading.comments.positions import highest_number
from consult.reading.comments.progress import CommentWay
from consult.reading.comments.row_facts import PlainRows, plain
from consult.reading.comments.rows import PublicAnswerRow, PublicCommentRow, public_told, rows
from consult.submissions.comments.outcome import READABLE
from consult.submissions.comments.public_view import PublicComment
from consult.submissions.models import Comment
from consult.submissions.receiving import clause_wording

PAGE_SIZE = 20
_NUMBERS = [f"number_{place}" for place in range(PAGE_SIZE)]
"""Names of the numbers that a statement is asked for: always as many, so that it is written once."""


@dataclass(frozen=True)
class ListedComment:
    """A comment in the list, with its answer when one is public, and its proposed wording against its clause."""

    comment: PublicComment
    way: CommentWay
    answer: PublicAnswerRow | None
    redline: Sequence[Piece]

    @property
    def readable(self) -> bool:
        """Whether its text is public."""
        return self.comment.visibility in READABLE


@dataclass(frozen=True)
class CommentPage:
    """Page `number` of those wanted. `total` is exact, unless there are `more` than MOST_COUNTED of what was looked
    for; `filed` is the document to which the list was narrowed."""

    items: Sequence[ListedComment]
    number: int
    total: int
    more: bool
    filed: FiledDrafts

    @property
    def last(self) -> int:
        """The number of the last page that can be turned to."""
        return max(1, -(-self.total // PAGE_SIZE))

    @property
    def before(self) -> int:
        """The number before which what comes after the last page begins; 0 when nothing does."""
        return self.items[-1].comment.number if self.more and self.number == self.last else 0


def page_of(session: Session, consultation: Consultation, wanted: CommentFilters, number: int) -> CommentPage:
    """Page `number` (from 1) of the comments that are wanted, newest first: one statement for all comments, two when
    something is looked for (and those of `positions.py`, once for each version of the matter), and one more when
    wordings are proposed or nothing is found at a place. Raises NotFound for a document that there is not."""
    if wanted.everything:
        asked = {"consultation_id": consultation.id, "passed": (number - 1) * PAGE_SIZE, "size": PAGE_SIZE}
        found, total = _of_all().told(session, public_told, **asked)
    else:
        total, found = _looked_for(session, consultation, wanted, number)
    if not found:
        return CommentPage([], number, 0, False, _filed(session, consultation, wanted))
    words = quotes.words_of(session, consultation.id, [one.comment.number for one in found if one.comment.proposed])
    return CommentPage(
        items=[_listed(one, words.get(one.comment.number, quotes.NOTHING).clause) for one in found],
        number=number,
        total=total if wanted.everything else min(total, MOST_COUNTED),
        more=not wanted.everything and total > MOST_COUNTED,
        filed=FiledDrafts(found[0].comment.document_title, found[0].comment.drafts),
    )


@cache
def _of_all() -> PlainRows:
    """The comments of a page of all and how many there are, the highest first. Built once: that takes longer than
    to run it."""
    column, window = page_of_all()
    found = rows(column.label("total"), window=(_matter(), window))
    return plain(found.order_by(Comment.number.desc()))


@cache
def _among() -> PlainRows:
    """The comments with the numbers of _NUMBERS, and the number of the one received last; built once as well."""
    own = select(Comment.number).where(
        Comment.consultation_id == _matter(), Comment.number.in_([bindparam(name, type_=Integer) for name in _NUMBERS])
    )
    return plain(rows(highest_number(_matter()).label("last"), window=(_matter(), own)))


def _matter() -> Any:
    return bindparam("consultation_id", type_=Comment.consultation_id.type)


def _looked_for(
    session: Session, consultation: Consultation, wanted: CommentFilters, number: int
) -> tuple[int, list[PublicCommentRow]]:
    """How many are wanted, and those on page `number`: found among those that were known, and when the statement that
    reads them tells of a newer one, once more."""
    chosen = page_looked_for(session, consultation, wanted, number, PAGE_SIZE, 0)
    last, found = _in_order(session, consultation, chosen.numbers)
    if last > chosen.highest:
        chosen = page_looked_for(session, consultation, wanted, number, PAGE_SIZE, last)
        last, found = _in_order(session, consultation, chosen.numbers)
    return chosen.total, found


def _in_order(
    session: Session, consultation: Consultation, numbers: Sequence[int]
) -> tuple[int, list[PublicCommentRow]]:
    """The number of the comment received last, and the comments with these numbers, in this order."""
    if not numbers:
        return session.scalar(select(highest_number(consultation.id))) or 0, []
    asked = dict(zip(_NUMBERS, chain(numbers, repeat(numbers[0])), strict=False))
    told, last = _among().told(session, public_told, consultation_id=consultation.id, **asked)
    found = {one.comment.number: one for one in told}
    return last or 0, [found[number] for number in numbers if number in found]


def _listed(one: PublicCommentRow, clause: str) -> ListedComment:
    return ListedComment(one.comment, one.way, one.answer, clause_wording.redline(clause, one.comment.proposed))


def _filed(session: Session, consultation: Consultation, wanted: CommentFilters) -> FiledDrafts:
    if wanted.anchor is None:
        return FiledDrafts("", 0)
    filed = filed_drafts(session, consultation.id)
    if wanted.anchor.document not in filed:
        raise NotFound
    return filed[wanted.anchor.document]
