"""The comments of a matter as the public reads them, page by page."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import literal
from sqlalchemy.orm import Session

from consult.comparison import Piece
from consult.consultations import finding
from consult.consultations.models import Consultation
from consult.reading import quotes
from consult.reading.comment_rows import Told, ToldAnswer, rows, told
from consult.reading.wanted import MOST_COUNTED, Wanted, chosen
from consult.reading.ways_told import CommentWay
from consult.submissions import wording
from consult.submissions.joined import count_expression
from consult.submissions.models import Comment
from consult.submissions.showing import PublicComment
from consult.submissions.state import READABLE

PAGE_SIZE = 20


@dataclass(frozen=True)
class Listed:
    """A comment in the list, with its answer when one is public, and its proposed wording against its clause."""

    comment: PublicComment
    way: CommentWay
    answer: ToldAnswer | None
    redline: Sequence[Piece]

    @property
    def readable(self) -> bool:
        """Whether its text is public."""
        return self.comment.visibility in READABLE


@dataclass(frozen=True)
class CommentPage:
    """Page `number` of those wanted. `total` is exact, unless there are `more` than MOST_COUNTED of what was looked
    for; `document_title` is that of the document to which the list was narrowed."""

    items: Sequence[Listed]
    number: int
    total: int
    more: bool
    document_title: str

    @property
    def last(self) -> int:
        """The number of the last page that can be turned to."""
        return max(1, -(-self.total // PAGE_SIZE))

    @property
    def before(self) -> int:
        """The number before which what comes after the last page begins; 0 when nothing does."""
        return self.items[-1].comment.number if self.more and self.number == self.last else 0


def page_of(session: Session, consultation: Consultation, wanted: Wanted, number: int) -> CommentPage:
    """Page `number` (from 1) of the comments that are wanted, newest first: one statement, and a second one when
    wordings are proposed, or nothing is found at a place. Raises NotFound for a document that there is not."""
    count, numbers = chosen(consultation.id, wanted, number, PAGE_SIZE)
    statement = rows(count.label("total"), window=(consultation.id, numbers))
    order = count_expression().desc() if wanted.most_joined else literal(0)
    found = told(session.execute(statement.order_by(order, Comment.number.desc())).all())
    if not found:
        return CommentPage([], number, 0, False, _title_of(session, consultation, wanted))
    words = quotes.words_of(session, consultation.id, [one.comment.number for one in found if one.comment.proposed])
    total = found[0].row.total
    return CommentPage(
        items=[_listed(one, words.get(one.comment.number, quotes.NOTHING).clause) for one in found],
        number=number,
        total=total if wanted.everything else min(total, MOST_COUNTED),
        more=not wanted.everything and total > MOST_COUNTED,
        document_title=found[0].comment.document_title,
    )


def _listed(one: Told, clause: str) -> Listed:
    return Listed(one.comment, one.way, one.answer, wording.redline(clause, one.comment.proposed))


def _title_of(session: Session, consultation: Consultation, wanted: Wanted) -> str:
    if wanted.anchor is None:
        return ""
    return finding.document_of(session, consultation.id, wanted.anchor.document).title
