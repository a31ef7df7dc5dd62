"""Which comments one answer to a group is for: who said the very same, and whose difference was looked at."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.responses.answers import answer_state
from consult.responses.answers.answer_state import Answer
from consult.responses.groups.opened import texts_of
from consult.responses.models import ResponseTarget
from consult.similar.arriving import texts
from consult.similar.deciding import service as deciding
from consult.similar.words import Likeness
from consult.submissions.models import Comment

MOST = 5_000


@dataclass(frozen=True)
class Covered:
    """Public numbers: those that an answer would be `numbers` for, of which `held` have it already when it is a further
    version of `answer`; `apart` are those whose difference nobody has looked at, `elsewhere` those that another answer
    has. `earlier` is what was published for the group before."""

    numbers: tuple[int, ...]
    apart: tuple[int, ...] = ()
    elsewhere: tuple[int, ...] = ()
    answer: Answer | None = None
    earlier: Answer | None = None


def covered(session: Session, consultation: Consultation, number: int, senders: bool) -> Covered:
    """What an answer to this group is for now. Raises NotFound."""
    group = deciding.group_of(session, consultation.id, number)
    every = texts_of(session, consultation, group, senders)
    seen = {one.said: one.numbers for one in every if one.likeness is Likeness.IDENTICAL or one.looked}
    apart = tuple(sorted(number for one in every if one.said not in seen for number in one.numbers))
    asked = sorted(number for numbers in seen.values() for number in numbers)[:MOST]
    held = _held(session, consultation.id, asked)
    answers = answer_state.read(session, consultation.id, set(held.values())) if held else []
    open_ones = [one for one in answers if not one.publications]
    answer = max(open_ones, key=lambda one: (len(one.numbers), -one.response.number), default=None)
    earlier = max((one for one in answers if one.publications), key=lambda one: len(one.numbers), default=None)
    own = answer.response.id if answer else None
    free = [one for one in asked if held.get(one, own) == own]
    wanted = set(still_said(session, consultation.id, free, seen)) | set(answer.numbers if answer else ())
    elsewhere = tuple(one for one in asked if one not in wanted)
    return Covered(tuple(sorted(wanted)), apart, elsewhere, answer, earlier)


def still_said(session: Session, consultation_id: UUID, numbers: Collection[int], seen: Collection[str]) -> list[int]:
    """Those of these comments that say now what was seen: whoever changed their words since is another text."""
    return [
        one.number for one in texts.by_number(session, consultation_id, numbers) if one.takes_part and one.said in seen
    ]


def _held(session: Session, consultation_id: UUID, numbers: Iterable[int]) -> dict[int, UUID]:
    rows = session.execute(
        select(Comment.number, ResponseTarget.response_id)
        .select_from(ResponseTarget)
        .join(ResponseTarget.comment)
        .where(ResponseTarget.consultation_id == consultation_id, Comment.number.in_(list(numbers)))
    )
    return {number: response_id for number, response_id in rows}
