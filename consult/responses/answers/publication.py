"""Making approved answers public, many together, each with its entry in the log."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from uuid import UUID

from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.db import new_id, writing
from consult.errors import Refused, Taken
from consult.ledger import comment_entries
from consult.ledger import service as ledger
from consult.ledger.commitment import answer_hash
from consult.ledger.entries import Act
from consult.outbox.service import emit
from consult.policy import Action, Actor, require
from consult.responses.answers import answer_state, stale_answers
from consult.responses.answers.answer_state import Answer
from consult.responses.answers.approval import numbers_of
from consult.responses.answers.stale_answers import Check
from consult.responses.models import ResponsePublication
from consult.responses.words import AnswerState
from consult.submissions.acts import service as acts
from consult.submissions.comments import taken_back


def publish_answers(
    session: Session, consultation: Consultation, response_ids: Iterable[UUID], actor: Actor, now: datetime,
    shown: Mapping[UUID, str] = MappingProxyType({}), release: bool = False,
) -> Taken:  # fmt: skip
    """Publishes these answers in their approved wording, all that may be; tells the ring once (`answers_published`).

    `shown` has the hashes of the versions that who publishes had before their eyes, as far as they are known. Where
    texts are shown with their answers, the comments become public too; with `release` those that one person may
    release, as an act of its own in the same transaction. A corrected answer is written, approved and published again.
    Raises NotFound; Refused: the policy's reason, `nothing_chosen`; NoneTaken: `changed_meanwhile` (other than
    `shown`), `not_approved` (also: changed since the approval), and those of `stale_answers`.
    """
    wanted = list(response_ids)
    if not wanted:
        raise Refused("nothing_chosen")
    checks: tuple[Check, ...] = (
        ("changed_meanwhile", lambda answer: shown.get(answer.response.id, answer.latest.hash) == answer.latest.hash),
        ("not_approved", lambda answer: answer.state is AnswerState.APPROVED),
    )
    with writing(session, consultation.id):
        require(actor, Action.PUBLISH_ANSWERS, consultation, now)
        found = answer_state.read(session, consultation.id, wanted)
        taken, left = stale_answers.sorted_out(session, consultation, found, checks)
        numbers = numbers_of(taken)
        released = acts.release_what_may_be(session, consultation, numbers, actor, now) if release else ()
        _publish(session, consultation, taken, actor, now)
        return Taken(numbers, left, released)


def _publish(
    session: Session, consultation: Consultation, found: Sequence[Answer], actor: Actor, now: datetime
) -> None:
    """The publication itself: entries of the log, rows, and what follows for the comments."""
    ledger.append(session, consultation.id, [_entry(answer) for answer in found], now)
    session.add_all([_publication(answer, actor, now) for answer in found])
    taken_back.note(session, consultation.id, numbers_of(answer for answer in found if answer.publications))
    acts.answered(session, consultation, _answered(found), actor, now)
    numbers = numbers_of(found)
    acts.disclose(session, consultation, numbers, actor, now)
    responses = [str(answer.response.id) for answer in found]
    emit(session, "answers_published", now, consultation.id, responses=responses, comments=numbers)
    consultation.touch()
    session.flush()


def _entry(answer: Answer) -> Act:
    said, number = answer.latest, answer.response.number
    return comment_entries.answered(
        answer.numbers,
        number,
        said.version,
        said.disposition.value,
        answer_hash(answer.numbers, number, said.version, said.disposition.value, said.text, said.change),
    )


def _answered(found: Iterable[Answer]) -> dict[int, dict[str, int]]:
    """Which answer, in which version, each comment is given."""
    return {
        number: {"response": answer.response.number, "version": answer.latest.version}
        for answer in found
        for number in answer.numbers
    }


def _publication(answer: Answer, actor: Actor, now: datetime) -> ResponsePublication:
    return ResponsePublication(
        consultation_id=answer.response.consultation_id,
        id=new_id(),
        response_id=answer.response.id,
        version_id=answer.latest.id,
        at=answer.after(now),
        by_id=actor.user_id,
    )
