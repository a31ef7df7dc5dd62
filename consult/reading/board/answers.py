"""What people of a commune said and what was answered, in so many pieces as can be read out in a village hall.

By the rule for small groups: a commune has a sheet where it may be told that five people or more wrote; the sheet of
the whole matter names no commune. Only what anybody may read stands on a sheet, and no person's name.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from consult.consultations.document_models import Provision
from consult.consultations.models import Consultation
from consult.reading.comments.rows import PublicAnswerRow, PublicCommentRow, rows, target, told
from consult.responses.models import ResponseTarget
from consult.responses.recordings.answered import answered, print_mark
from consult.responses.statistics.by_version import KeptByVersion
from consult.submissions.comments.public_view import PublicComment
from consult.submissions.models import Comment

MOST_ANSWERS = 40
"""What is read out in an hour or so."""

MOST_VOICES = 3
"""So many comments are read out before the one answer to all of them."""


@dataclass(frozen=True)
class ReadAnswer:
    """An answer with the comments that are read before it; it answers `more` of the commune beside them. It stands
    where the first clause is that it is about, one of `several` perhaps."""

    place: PublicComment
    several: bool
    said: list[PublicComment]
    more: int
    answer: PublicAnswerRow


@dataclass(frozen=True)
class AnswerSheet:
    """What is read out, by clause, to so many `comments`; what answers `left` more is not, so that it has an end.
    `printed` names what could be read when it was made, for a recording of it."""

    answers: list[ReadAnswer]
    comments: int
    left: int
    printed: str


def answer_sheet(session: Session, matter: Consultation, near: Collection[UUID] | None) -> AnswerSheet:
    """The sheet of people of these areas, or of everybody: found once for each version of the matter."""
    key = matter.id, None if near is None else frozenset(near)
    return kept_sheets.of(key, matter.content_version, lambda: _found(session, matter, near))


def _found(session: Session, matter: Consultation, near: Collection[UUID] | None) -> AnswerSheet:
    printed = print_mark(session, matter)
    counted = session.execute(_counted(matter.id, near)).all()
    chosen = {row.response_id: row.comments for row in counted[:MOST_ANSWERS]}
    found: dict[UUID, list[PublicCommentRow]] = {}
    for one in _read(session, matter.id, near, chosen):
        if one.answer is not None and one.answer.text is not None and (near is None or one.comment.area):
            found.setdefault(one.row.response_id, []).append(one)
    return AnswerSheet(
        answers=[_answer(said, chosen[key]) for key, said in found.items()],
        comments=sum(chosen[key] for key in found),
        left=sum(row.comments for row in counted[MOST_ANSWERS:]),
        printed=printed,
    )


def _counted(matter_id: UUID, near: Collection[UUID] | None) -> Select[UUID, int]:
    """The answers, those to most comments first."""
    count = func.count().label("comments")
    grouped = answered(matter_id, near).with_only_columns(ResponseTarget.response_id, count)
    return grouped.group_by(ResponseTarget.response_id).order_by(count.desc(), ResponseTarget.response_id)


def _read(
    session: Session, matter_id: UUID, near: Collection[UUID] | None, chosen: Collection[UUID]
) -> list[PublicCommentRow]:
    """The first comments of these answers, as anybody may read them, in the order of the clauses."""
    place = func.row_number().over(partition_by=ResponseTarget.response_id, order_by=Comment.number).label("place")
    ranked = answered(matter_id, near).where(ResponseTarget.response_id.in_(chosen)).add_columns(place).subquery()
    first = select(ranked.c.number).where(ranked.c.place <= MOST_VOICES)
    statement = rows(target.response_id, window=(matter_id, first)).order_by(Comment.number)
    found = told(session.execute(statement).all())
    ids = [one.row.Comment.provision_id for one in found]
    own = Provision.consultation_id == matter_id, Provision.id.in_(ids)
    position = {key: at for key, at in session.execute(select(Provision.id, Provision.position).where(*own))}
    return sorted(found, key=lambda one: _in_order(one, position.get(one.row.Comment.provision_id, 0)))


def _in_order(one: PublicCommentRow, position: int) -> tuple[int, int, int, int]:
    comment = one.comment
    return comment.document, comment.page or 0, position, comment.number


def _answer(same: Sequence[PublicCommentRow], count: int) -> ReadAnswer:
    answer = same[0].answer
    assert answer is not None
    said = sorted((one.comment for one in same), key=lambda comment: comment.number)
    places = {(one.document, one.revision, one.path, one.page) for one in said}
    return ReadAnswer(same[0].comment, len(places) > 1, said, count - len(same), answer)


kept_sheets: KeptByVersion[AnswerSheet] = KeptByVersion(200)
"""The sheets that were asked for last."""
