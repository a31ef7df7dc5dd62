"""A leader's word on drafted answers: approve many or send many back, all or nothing. Two pairs of eyes, by person."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.db import new_id, writing
from consult.errors import Invalid, Refused
from consult.outbox.service import emit
from consult.policy import Action, Actor, require
from consult.responses.answers import answer_state, stale_answers
from consult.responses.answers.answer_state import Answer
from consult.responses.models import ResponseApproval
from consult.responses.words import AnswerState
from consult.text import blank, stored

NOTE_LIMIT = 2_000

Choice = tuple[UUID, str]
"""An answer and the hash of the version that was before the leader's eyes."""


def approve(
    session: Session, consultation: Consultation, choices: Iterable[Choice], actor: Actor, now: datetime, note: str = ""
) -> list[ResponseApproval]:
    """Approves these answers in exactly these versions, all or none.

    Raises NotFound; Invalid; Refused: the policy's reason, `nothing_chosen`, and with the `numbers` of the comments
    `changed_meanwhile` (there is a newer version), `already_published_answer`, `wrote_it_yourself`, `target_ended`,
    `comment_changed_since`.
    """
    kept = _note(note)
    with writing(session, consultation.id):
        require(actor, Action.APPROVE_ANSWER, consultation, now)
        found = _chosen(session, consultation, choices)
        refuse_unless(found, [actor.user_id not in answer.writers for answer in found], "wrote_it_yourself")
        stale_answers.check(session, consultation, found)
        return _say(session, found, True, kept, actor, now)


def send_back(
    session: Session, consultation: Consultation, choices: Iterable[Choice], note: str, actor: Actor, now: datetime
) -> list[ResponseApproval]:
    """Sends these answers back to be written anew, all or none, with a note that says what is missing, and tells the
    ring (`answers_sent_back`).

    An approved one can be sent back until it is published. Raises NotFound; Invalid({"note": …}); Refused: the
    policy's reason, `nothing_chosen`, `changed_meanwhile`, `already_published_answer`.
    """
    if blank(note):
        raise Invalid({"note": "required"})
    kept = _note(note)
    with writing(session, consultation.id):
        require(actor, Action.APPROVE_ANSWER, consultation, now)
        found = _chosen(session, consultation, choices)
        versions = [str(answer.latest.id) for answer in found]
        emit(session, "answers_sent_back", now, consultation.id, versions=versions)
        return _say(session, found, False, kept, actor, now)


def refuse_unless(found: Sequence[Answer], allowed: Sequence[bool], reason: str) -> None:
    """Raises Refused with the numbers of the comments of every answer that is not allowed."""
    wrong = [number for answer, fine in zip(found, allowed, strict=True) if not fine for number in answer.numbers]
    if not all(allowed):
        raise Refused(reason, numbers=", ".join(map(str, sorted(wrong))))


def _chosen(session: Session, consultation: Consultation, choices: Iterable[Choice]) -> list[Answer]:
    """The answers chosen, when each is still in the version that was seen and not public in it."""
    seen = dict(choices)
    if not seen:
        raise Refused("nothing_chosen")
    found = answer_state.read(session, consultation.id, seen)
    refuse_unless(found, [answer.latest.hash == seen[answer.response.id] for answer in found], "changed_meanwhile")
    unpublished = [answer.state is not AnswerState.PUBLISHED for answer in found]
    refuse_unless(found, unpublished, "already_published_answer")
    return found


def _say(
    session: Session, found: list[Answer], approved: bool, note: str, actor: Actor, now: datetime
) -> list[ResponseApproval]:
    made = [
        ResponseApproval(
            consultation_id=answer.response.consultation_id,
            id=new_id(),
            response_id=answer.response.id,
            version_hash=answer.latest.hash,
            approved=approved,
            note=note,
            at=answer.after(now),
            by_id=actor.user_id,
        )
        for answer in found
    ]
    session.add_all(made)
    session.flush()
    return made


def _note(note: str) -> str:
    if len(note) > NOTE_LIMIT:
        raise Invalid({"note": "too_long"})
    return stored(note)
