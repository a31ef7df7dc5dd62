"""What stands on the site now, for the rows of a table: the comments and answers that their codes name."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.responses.answer_tables import codes
from consult.responses.answer_tables.cells import Say
from consult.responses.answer_tables.codes import RowCode
from consult.responses.answers import answer_state
from consult.responses.answers.answer_state import Answer
from consult.responses.desk.typing import typed_places
from consult.responses.desk.typing.typed_places import NamedPlaces
from consult.responses.models import Response, ResponseTarget
from consult.submissions.comments import comment_state
from consult.submissions.comments.comment_state import CommentState
from consult.submissions.models import Comment


@dataclass(frozen=True)
class Standing:
    """Everything that rows are held against: comments and answers by number, and the answers that comments have."""

    comments: Mapping[int, CommentState]
    answers: Mapping[int, Answer]
    held: Mapping[int, Answer]
    places: NamedPlaces
    consultation: Consultation


def standing(session: Session, consultation: Consultation, asked: Sequence[RowCode], say: Say) -> Standing:
    """All of it for these codes, in a fixed number of statements."""
    answers = _answers(session, consultation.id, [one.number for one in asked if one.kind == codes.ANSWER])
    wanted = {one.number for one in asked if one.kind == codes.COMMENT}
    held = _held(session, consultation.id, wanted)
    more = [key for key in set(held.values()) if key not in {one.response.id for one in answers.values()}]
    others = answer_state.read(session, consultation.id, more) if more else []
    by_id = {one.response.id: one for one in (*answers.values(), *others)}
    numbers = {number for one in by_id.values() for number in one.numbers} | _existing(session, consultation.id, wanted)
    states = comment_state.read(session, consultation.id, sorted(numbers)) if numbers else []
    return Standing(
        {one.comment.number: one for one in states},
        answers,
        {number: by_id[key] for number, key in held.items()},
        typed_places.places(session, consultation, say),
        consultation,
    )


def _answers(session: Session, consultation_id: UUID, numbers: Sequence[int]) -> dict[int, Answer]:
    if not numbers:
        return {}
    ids = session.scalars(
        select(Response.id).where(Response.consultation_id == consultation_id, Response.number.in_(set(numbers)))
    ).all()
    return {one.response.number: one for one in answer_state.read(session, consultation_id, ids)}


def _held(session: Session, consultation_id: UUID, numbers: Iterable[int]) -> dict[int, UUID]:
    rows = session.execute(
        select(Comment.number, ResponseTarget.response_id)
        .select_from(ResponseTarget)
        .join(ResponseTarget.comment)
        .where(ResponseTarget.consultation_id == consultation_id, Comment.number.in_(list(numbers)))
    )
    return {number: response_id for number, response_id in rows}


def _existing(session: Session, consultation_id: UUID, numbers: Iterable[int]) -> set[int]:
    chosen = select(Comment.number).where(Comment.consultation_id == consultation_id, Comment.number.in_(list(numbers)))
    return set(session.scalars(chosen))


def target(code: RowCode, known: Standing) -> tuple[tuple[int, ...], Answer | None, bool] | None:
    """The comments that a code stands for, their answer, and whether their words are others by now."""
    if code.kind == codes.COMMENT:
        state = known.comments.get(code.number)
        if state is None:
            return None
        answer = known.held.get(code.number)
        numbers = tuple(answer.numbers) if answer else (code.number,)
        return numbers, answer, codes.of_comments([(code.number, state.version.version)]) != code.comments
    answer = known.answers.get(code.number)
    if answer is None:
        return None
    versions = [(number, known.comments[number].version.version) for number in answer.numbers]
    return tuple(answer.numbers), answer, codes.of_comments(versions) != code.comments
