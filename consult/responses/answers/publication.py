"""Making approved answers public, many together: all or nothing, each with its entry in the log."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from types import MappingProxyType
from uuid import UUID

from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.db import new_id, writing
from consult.errors import Refused
from consult.ledger import entries
from consult.ledger import service as ledger
from consult.ledger.commitment import answer_hash
from consult.ledger.entries import Act
from consult.outbox.service import emit
from consult.policy import Action, Actor, require
from consult.responses.answers import answer_state, stale_answers
from consult.responses.answers.answer_state import Answer
from consult.responses.answers.approval import refuse_unless
from consult.responses.models import ResponsePublication
from consult.responses.words import AnswerState
from consult.submissions.acts import service as acts
from consult.submissions.comments import taken_back


def publish_answers(
    session: Session,
    consultation: Consultation,
    response_ids: Iterable[UUID],
    actor: Actor,
    now: datetime,
    shown: Mapping[UUID, str] = MappingProxyType({}),
) -> list[ResponsePublication]:
    """Publishes these answers in their approved wording, all or none; tells the ring once (`answers_published`).

    `shown` has the hashes of the versions that who publishes had before their eyes, as far as they are known. Where
    texts are shown with their answers, the comments become public too. A corrected answer is written, approved and
    published again. Raises NotFound; Refused: the policy's reason, `nothing_chosen`, and with the `numbers` of the
    comments `changed_meanwhile` (other than `shown`), `not_approved` (also: changed since the approval),
    `target_ended`, `not_transcribed`, `comment_changed_since`.
    """
    wanted = list(response_ids)
    if not wanted:
        raise Refused("nothing_chosen")
    with writing(session, consultation.id):
        require(actor, Action.PUBLISH_ANSWERS, consultation, now)
        found = answer_state.read(session, consultation.id, wanted)
        as_seen = [shown.get(answer.response.id, answer.latest.hash) == answer.latest.hash for answer in found]
        refuse_unless(found, as_seen, "changed_meanwhile")
        refuse_unless(found, [answer.state is AnswerState.APPROVED for answer in found], "not_approved")
        stale_answers.check(session, consultation, found)
        ledger.append(session, consultation.id, [_entry(answer) for answer in found], now)
        made = [_publication(answer, actor, now) for answer in found]
        session.add_all(made)
        numbers = sorted(number for answer in found for number in answer.numbers)
        worded_anew = [number for answer in found if answer.publications for number in answer.numbers]
        taken_back.note(session, consultation.id, worded_anew)
        acts.answered(session, consultation, _answered(found), actor, now)
        acts.disclose(session, consultation, numbers, actor, now)
        emit(
            session,
            "answers_published",
            now,
            consultation.id,
            responses=[str(answer.response.id) for answer in found],
            comments=numbers,
        )
        consultation.touch()
        session.flush()
        return made


def _entry(answer: Answer) -> Act:
    said, number = answer.latest, answer.response.number
    return entries.answered(
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
