"""Calling a dialogue over answers that do not satisfy the body they are given to, and recording its minutes; the final
answers follow it.

Luật Mặt trận Tổ quốc Việt Nam 2015, Điều 36 khoản 2 has the drafting body send somebody responsible to a dialogue; when
one is held over an answer, and how it is recorded, is the province's rule.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.matter.preconditions import person
from consult.consultations.matter.public_numbers import next_number
from consult.consultations.models import Consultation
from consult.db import new_id, writing
from consult.errors import Invalid, NotFound, Refused
from consult.files.signed_files import KeptFile
from consult.ledger import comment_entries
from consult.ledger import service as ledger
from consult.ledger.commitment import dialogue_hash, minutes_hash
from consult.ledger.entries import moment
from consult.outbox.service import emit
from consult.policy import Action, Actor, require
from consult.responses.second_words.models import Dialogue, DialoguePoint
from consult.responses.second_words.terms import SecondWordTerms
from consult.responses.second_words.waiting import Waiting, waiting
from consult.submissions.models import Comment, Submission
from consult.text import blank, one_line, stored

PLACE_LIMIT, PEOPLE_LIMIT, OUTCOME_LIMIT = 500, 5_000, 5_000
LATEST_DAYS = 60
"""A dialogue is held within so many days: it puts the final answer off."""


@dataclass(frozen=True)
class NewDialogue:
    """When and where, who of the body responsible comes and who is asked to, a line each; the numbers of the comments
    over whose answers it is held."""

    starts_at: datetime | None
    place: str
    invited: str
    numbers: Sequence[int]


@dataclass(frozen=True)
class Minutes:
    """Who came, a line each; of each comment by its number whether both sides agreed, and on what; the signed file."""

    attendees: str
    outcomes: Mapping[int, tuple[bool | None, str]]
    file: KeptFile | None


def call(
    session: Session,
    consultation: Consultation,
    letter: Submission,
    new: NewDialogue,
    terms: SecondWordTerms,
    actor: Actor,
    now: datetime,
) -> Dialogue:
    """Calls a dialogue, or calls it anew at another time or place; tells the body (`dialogue_called`).

    Raises Invalid (`starts_at`, `place`, `invited`, `comment`); Refused: the policy's reason, `no_second_word` (one of
    the comments is not of this letter, or waits for no final answer).
    """
    checked = _checked_call(new, now)
    with writing(session, consultation.id):
        require(actor, Action.HOLD_DIALOGUE, consultation, now)
        points = _points(session, consultation, letter, new.numbers)
        made = Dialogue(
            consultation_id=consultation.id,
            id=new_id(),
            number=next_number(session, consultation.id, "dialogue"),
            submission_id=letter.id,
            called_at=now,
            called_by_id=person(actor),
            answer_by=terms.answer_by(session, checked.starts_at),
            **vars(checked),
        )
        key = {"consultation_id": consultation.id, "dialogue_id": made.id}
        session.add(made)
        session.add_all(DialoguePoint(**key, comment_id=one.comment_id, agreed=None, outcome="") for one in points)
        hashed = dialogue_hash(made.number, moment(made.starts_at), made.place)
        numbers, day = [one.number for one in points], clock.local_day(made.starts_at)
        entry = comment_entries.dialogue_called(made.number, numbers, day, made.answer_by, hashed)
        ledger.append(session, consultation.id, [entry], now)
        emit(session, "dialogue_called", now, consultation.id, submission=str(letter.id), dialogue=str(made.id))
        consultation.touch()
        session.flush()
    return made


def record(
    session: Session, consultation: Consultation, number: int, said: Minutes, actor: Actor, now: datetime
) -> Dialogue:
    """Records the minutes of a dialogue as both sides signed them; once, and told to the body (`dialogue_held`). From
    then on a final answer can be written.

    Raises NotFound; Invalid (`attendees`, `file`, `agreed-<number>`, `outcome-<number>`); Refused: the policy's reason,
    `dialogue_recorded`, `dialogue_moved` (another was called in its place), `dialogue_not_begun`.
    """
    with writing(session, consultation.id):
        require(actor, Action.HOLD_DIALOGUE, consultation, now)
        found = dialogue(session, consultation, number)
        points = points_of(session, found)
        if why := why_not_record(session, found, now):
            raise Refused(why)
        checked = _checked_minutes(said, points)
        for one, point in points.items():
            point.agreed, point.outcome = checked[one]
        found.attendees, found.recorded_at, found.recorded_by_id = stored(said.attendees), now, person(actor)
        _keep(found, said.file)
        both = [one for one, (agreed, _words) in checked.items() if agreed]
        others = [one for one, (agreed, _words) in checked.items() if not agreed]
        hashed = minutes_hash(found.number, {one: words for one, (_agreed, words) in checked.items()})
        entry = comment_entries.dialogue_held(found.number, both, others, found.minutes_hash, hashed)
        ledger.append(session, consultation.id, [entry], now)
        emit(
            session, "dialogue_held", now, consultation.id, submission=str(found.submission_id), dialogue=str(found.id)
        )
        consultation.touch()
        session.flush()
    return found


def dialogue(session: Session, consultation: Consultation, number: int) -> Dialogue:
    """A dialogue of a matter by its number; raises NotFound."""
    own = (Dialogue.consultation_id == consultation.id, Dialogue.number == number)
    found = session.scalar(select(Dialogue).where(*own))
    if found is None:
        raise NotFound
    return found


def dialogues_of(session: Session, letter: Submission) -> list[Dialogue]:
    """The dialogues over a letter, the first first."""
    own = (Dialogue.consultation_id == letter.consultation_id, Dialogue.submission_id == letter.id)
    return list(session.scalars(select(Dialogue).where(*own).order_by(Dialogue.number)))


def points_of(session: Session, one: Dialogue) -> dict[int, DialoguePoint]:
    """What it is held over, by the numbers of the comments in their order."""
    own = (DialoguePoint.consultation_id == one.consultation_id, DialoguePoint.dialogue_id == one.id)
    rows = session.execute(
        select(Comment.number, DialoguePoint).join(DialoguePoint.comment).where(*own).order_by(Comment.number)
    )
    return {number: point for number, point in rows}


def why_not_record(session: Session, found: Dialogue, now: datetime) -> str:
    """Why no minutes can be recorded, as the code of a reason; empty when they can."""
    if found.recorded_at is not None:
        return "dialogue_recorded"
    later = (Dialogue.consultation_id == found.consultation_id, Dialogue.number > found.number)
    over = select(DialoguePoint.comment_id).where(
        DialoguePoint.consultation_id == found.consultation_id, DialoguePoint.dialogue_id == found.id
    )
    again = select(Dialogue.id).join(Dialogue.points).where(*later, DialoguePoint.comment_id.in_(over)).limit(1)
    if session.scalar(again) is not None:
        return "dialogue_moved"
    return "dialogue_not_begun" if now < found.starts_at else ""


@dataclass(frozen=True)
class _Call:
    starts_at: datetime
    place: str
    invited: str


def _checked_call(new: NewDialogue, now: datetime) -> _Call:
    place, invited = one_line(new.place), stored(new.invited)
    errors = {}
    if new.starts_at is None:
        errors["starts_at"] = "required"
    elif new.starts_at <= now:
        errors["starts_at"] = "in_the_past"
    elif new.starts_at > now + timedelta(days=LATEST_DAYS):
        errors["starts_at"] = "dialogue_too_late"
    for name, text, most in (("place", place, PLACE_LIMIT), ("invited", invited, PEOPLE_LIMIT)):
        if blank(text) or len(text) > most:
            errors[name] = "required" if blank(text) else "too_long"
    if not new.numbers:
        errors["comment"] = "required"
    if errors or new.starts_at is None:
        raise Invalid(errors)
    return _Call(new.starts_at, place, invited)


def _points(session: Session, consultation: Consultation, letter: Submission, numbers: Sequence[int]) -> list[Waiting]:
    found = waiting(session, consultation.id, numbers, letter.id)
    if {one.number for one in found} != set(numbers):
        raise Refused("no_second_word")
    return found


def _checked_minutes(said: Minutes, points: Mapping[int, DialoguePoint]) -> dict[int, tuple[bool, str]]:
    errors: dict[str, str] = {}
    if blank(said.attendees) or len(said.attendees) > PEOPLE_LIMIT:
        errors["attendees"] = "required" if blank(said.attendees) else "too_long"
    if said.file is None:
        errors["file"] = "no_file"
    found: dict[int, tuple[bool, str]] = {}
    for number in points:
        agreed, text = said.outcomes.get(number, (None, ""))
        words = stored(text)
        if agreed is None:
            errors[f"agreed-{number}"] = "required"
        if blank(words) or len(words) > OUTCOME_LIMIT:
            errors[f"outcome-{number}"] = "required" if blank(words) else "too_long"
        found[number] = (bool(agreed), words)
    if errors:
        raise Invalid(errors)
    return found


def _keep(found: Dialogue, file: KeptFile | None) -> None:
    if file is not None:
        found.minutes_hash, found.minutes_name = file.hash, file.name
        found.minutes_type, found.minutes_size = file.media_type, file.size
