"""The critiques of a matter as anybody may read them, with how each came about: what its page tells, for programs and
files."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.reading.comments.critique_contents import CritiqueContents
from consult.reading.comments.progress import CommentWay
from consult.reading.comments.rows import PublicCommentRow, rows, told
from consult.reading.letters.letter import critique_of, is_read
from consult.responses.statistics.cached_counts import kept_counts
from consult.responses.statistics.letters import LetterLine
from consult.submissions.models import Comment, Critique
from consult.submissions.words import SubmissionKind

AT_ONCE = 20


@dataclass(frozen=True)
class PublicCritique:
    """A critique: its letter, what it says beyond its comments by clause, the numbers of those (`points`), how it came
    about as far as that is told, and how many of its comments are not public."""

    line: LetterLine
    contents: CritiqueContents
    proceedings: dict[str, str]
    points: list[int]
    hidden: int


def critiques(session: Session, consultation: Consultation, after: int) -> tuple[list[PublicCritique], bool]:
    """The public critiques behind the first `after` of them, in the order received, at most AT_ONCE, and whether there
    are more; in one statement beside the letters."""
    found = [one for one in kept_counts.letters(session, consultation).public if one.kind is SubmissionKind.CRITIQUE]
    lines = {one.submission_id: one for one in found[after : after + AT_ONCE]}
    statement = rows(Critique).outerjoin(Comment.critique).where(
        Comment.consultation_id == consultation.id, Comment.submission_id.in_(lines)
    )  # fmt: skip
    ordered = told(session.execute(statement.order_by(Comment.submission_id, Comment.position, Comment.number)).all())
    by_letter = groupby(ordered, key=lambda one: one.row.Comment.submission_id)
    read = {sent: _critique(lines[sent], list(own)) for sent, own in by_letter}
    return [one for sent in lines if (one := read.get(sent)) is not None], len(found) > after + AT_ONCE


def with_critiques(session: Session) -> set[UUID]:
    """The matters that received a critique, public or not, as their counts tell."""
    return set(session.scalars(_with_critiques()))


def every(session: Session, consultation: Consultation) -> Iterator[PublicCritique]:
    """All of them, read a few at a time."""
    after, more = 0, True
    while more:
        found, more = critiques(session, consultation, after)
        yield from found
        after += AT_ONCE


@cache
def _with_critiques() -> Select[UUID]:
    return select(Critique.consultation_id).distinct()


def _critique(line: LetterLine, own: Sequence[PublicCommentRow]) -> PublicCritique | None:
    contents = critique_of(own)
    if contents is None:
        return None
    whole = [one for one in own if one.way is not CommentWay.SPLIT]
    read = [one for one in whole if is_read(one)]
    points = [one.comment.number for one in read if one.comment.critique_part is None]
    hidden = len(whole) - len(read)
    return PublicCritique(line, contents, contents.proceedings(whole=not hidden), points, hidden)
