"""A leader's word on drafted answers: approve many or send many back. Two pairs of eyes, by person."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from types import MappingProxyType
from uuid import UUID

from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.db import new_id, writing
from consult.errors import Invalid, Refused, Taken
from consult.outbox.service import emit
from consult.policy import Action, Actor, require
from consult.responses.answers import answer_state, kept_sheets, stale_answers
from consult.responses.answers.answer_state import Answer
from consult.responses.answers.stale_answers import Check
from consult.responses.models import ResponseApproval
from consult.responses.words import AnswerState
from consult.submissions.acts import service as acts
from consult.text import blank, stored

NOTE_LIMIT = 2_000

Choice = tuple[UUID, str]
"""An answer and the hash of the version that was before the leader's eyes."""

Remarks = Mapping[UUID, str]
"""What a leader says of single answers; the note is for those of which nothing is said."""

NO_REMARKS: Remarks = MappingProxyType({})


def approve(
    session: Session, consultation: Consultation, choices: Iterable[Choice], actor: Actor, now: datetime,
    note: str = "", release: bool = False, remarks: Remarks = NO_REMARKS, warned: bool = False,
) -> Taken:  # fmt: skip
    """Approves these answers in exactly these versions, all that may be; with `release` makes those of their comments
    public that one person may, as an act of its own in the same transaction. `warned` says that who approves saw what
    their writers were warned of.

    Raises NotFound; Invalid (`remarks` as in `send_back`); Refused: the policy's reason, `nothing_chosen`; NoneTaken:
    `changed_meanwhile` (there is a newer version), `already_published_answer`, `wrote_it_yourself`,
    `warnings_not_seen`, and those of `stale_answers`.
    """
    seen = dict(choices)
    kept = _notes(seen, note, remarks)
    with writing(session, consultation.id):
        require(actor, Action.APPROVE_ANSWER, consultation, now)
        _refuse_none(seen)
        checks: tuple[Check, ...] = (
            *_as_seen(seen),
            ("wrote_it_yourself", lambda answer: actor.user_id not in answer.writers),
            ("warnings_not_seen", lambda answer: warned or not answer.latest.warnings),
        )
        found = answer_state.read(session, consultation.id, seen)
        taken, left = stale_answers.sorted_out(session, consultation, found, checks)
        _say(session, taken, True, kept, actor, now)
        numbers = numbers_of(taken)
        released = acts.release_what_may_be(session, consultation, numbers, actor, now) if release else ()
        return Taken(numbers, left, released)


def send_back(
    session: Session, consultation: Consultation, choices: Iterable[Choice], note: str, actor: Actor, now: datetime,
    remarks: Remarks = NO_REMARKS,
) -> Taken:  # fmt: skip
    """Sends these answers back to be written anew, all that may be, each with its own remark or with the note for all,
    which say what is missing, and tells the ring (`answers_sent_back`).

    An approved one can be sent back until it is published, whatever became of its comments. Raises NotFound;
    Invalid({"note": …}), also `remark_not_chosen` for a remark on an answer that is none of these; Refused: the
    policy's reason, `nothing_chosen`; NoneTaken: `changed_meanwhile`, `already_published_answer`.
    """
    seen = dict(choices)
    if blank(note) and any(blank(remarks.get(key, "")) for key in seen):
        raise Invalid({"note": "required"})
    kept = _notes(seen, note, remarks)
    with writing(session, consultation.id):
        require(actor, Action.APPROVE_ANSWER, consultation, now)
        _refuse_none(seen)
        found = answer_state.read(session, consultation.id, seen)
        taken, left = stale_answers.passing(found, _as_seen(seen))
        versions = [str(answer.latest.id) for answer in taken]
        emit(session, "answers_sent_back", now, consultation.id, versions=versions)
        _say(session, taken, False, kept, actor, now)
        return Taken(numbers_of(taken), left)


def numbers_of(found: Iterable[Answer]) -> list[int]:
    """The comments that these answer."""
    return sorted(number for answer in found for number in answer.numbers)


def _refuse_none(seen: Mapping[UUID, str]) -> None:
    if not seen:
        raise Refused("nothing_chosen")


def _as_seen(seen: Mapping[UUID, str]) -> tuple[Check, ...]:
    """Each is still in the version that was seen, and not public in it."""
    return (
        ("changed_meanwhile", lambda answer: answer.latest.hash == seen[answer.response.id]),
        ("already_published_answer", lambda answer: answer.state is not AnswerState.PUBLISHED),
    )


def _say(session: Session, found: list[Answer], approved: bool, notes: Remarks, actor: Actor, now: datetime) -> None:
    sheet = kept_sheets.sheet_for(session, found[0].response.consultation_id, found, actor, now)
    session.add_all(
        ResponseApproval(
            consultation_id=answer.response.consultation_id,
            id=new_id(),
            response_id=answer.response.id,
            version_hash=answer.latest.hash,
            approved=approved,
            sheet_id=sheet.id,
            note=notes[answer.response.id],
            at=answer.after(now),
            by_id=actor.user_id,
        )
        for answer in found
    )
    session.flush()


def _notes(seen: Mapping[UUID, str], note: str, remarks: Remarks) -> dict[UUID, str]:
    """What is said of each answer."""
    said = {key: remark for key, remark in remarks.items() if not blank(remark)}
    if set(said) - set(seen):
        raise Invalid({"note": "remark_not_chosen"})
    if any(len(words) > NOTE_LIMIT for words in (note, *said.values())):
        raise Invalid({"note": "too_long"})
    return {key: stored(said.get(key, note)) for key in seen}
