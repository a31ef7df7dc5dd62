"""The steps of a round: recorded by one person, made public by another; and what the round recommends."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock, size_limits
from consult.consultations.models import Consultation
from consult.db import new_id, writing
from consult.errors import Invalid, NotFound, Refused
from consult.files.signed_files import KeptFile
from consult.ledger import programme_entries as entries
from consult.ledger import service as ledger
from consult.policy import Actor
from consult.programme import facts, heads
from consult.programme.rounds import planning, recommendations
from consult.programme.rounds.models import Round, RoundPicture, RoundStep
from consult.programme.words import StepKind
from consult.text import one_line, stored

MOST_STEPS = 100
MOST_PICTURES = 10


@dataclass(frozen=True)
class NewStep:
    """A step as typed: its local day, where (of a visit), the number and file of its paper, and its words: minutes of a
    visit, or in short what a paper says. `pictures` are painted anew and kept by now, each with its caption."""

    kind: str
    day: date | None
    text: str = ""
    place: str = ""
    letter_number: str = ""
    file: KeptFile | None = None
    pictures: tuple[tuple[KeptFile, str], ...] = ()


def record(session: Session, one: Round, new: NewStep, actor: Actor, now: datetime) -> RoundStep:
    """A step that another person makes public: by the committee that leads; the supervised body brings its own report
    itself too. Raises NotFound, Invalid, Refused("round_full")."""
    with writing(session, one.consultation_id):
        session.refresh(one)
        _require_writer(one, new.kind, actor)
        _check(new, one, clock.local_day(now))
        if len(one.steps) >= MOST_STEPS:
            raise Refused("round_full")
        number = max((step.number for step in one.steps), default=0) + 1
        made = _step(one, new, number, heads.person(actor), now)
        session.add_all([made, *_pictures(made, new)])
    return made


def discard(session: Session, one: Round, number: int, actor: Actor, now: datetime) -> None:
    """Takes out a step that is not public: it was wrong. Raises NotFound, and Refused("already_public")."""
    with writing(session, one.consultation_id):
        session.refresh(one)
        step = step_of(one, number)
        _require_writer(one, step.kind, actor)
        if step.released_at is not None:
            raise Refused("already_public")
        for picture in step.pictures:
            session.delete(picture)
        session.flush()
        session.delete(step)


def release(session: Session, one: Round, number: int, actor: Actor, now: datetime) -> None:
    """Makes a step public, by a person who signs for the committee that leads and wrote nothing of what becomes public
    with it: with the first step the facts of the round, with the report everything that the round recommends. Raises
    NotFound, Refused: `not_sender`, `own_words`, `already_public`. A round may recommend nothing."""
    with writing(session, one.consultation_id):
        session.refresh(one)
        step = step_of(one, number)
        planning.require_lead(one, actor)
        if step.released_at is not None:
            raise Refused("already_public")
        first = step.kind is StepKind.REPORT and not planning.reported(one)
        for wrote in _writers(one, step, first):
            heads.require_other_eyes(actor, wrote, one.lead_id)
        step.released_at, step.released_by_id = now, heads.person(actor)
        told = entries.hash_of(told_step(one, step))
        acts = [entries.round_step(one.number, step.number, step.kind, step.day, told)]
        ledger.append(
            session, one.consultation_id, acts + (recommendations.publish(session, one, now) if first else []), now
        )
        session.get_one(Consultation, one.consultation_id).touch()


def step_of(one: Round, number: int) -> RoundStep:
    """The step of this number. Raises NotFound."""
    found = next((step for step in one.steps if step.number == number), None)
    if found is None:
        raise NotFound
    return found


def picture_of(session: Session, step: RoundStep, number: int) -> RoundPicture:
    """A picture of a step. Raises NotFound."""
    own = (RoundPicture.consultation_id == step.consultation_id, RoundPicture.step_id == step.id)
    found = session.scalar(select(RoundPicture).where(*own, RoundPicture.number == number))
    if found is None:
        raise NotFound
    return found


def told_step(one: Round, step: RoundStep) -> facts.Told:
    """What is public of a step, as the log hashes it."""
    return {
        "round": one.number, "subject": one.subject, "supervised": str(one.supervised_id), "step": step.number,
        "kind": step.kind.value, "day": step.day.isoformat(), "place": step.place,
        "letter_number": step.letter_number, "text": step.text, "file": step.file_hash,
        "pictures": [[picture.file_hash, picture.caption] for picture in step.pictures],
    }  # fmt: skip


def _step(one: Round, new: NewStep, number: int, by_id: UUID, now: datetime) -> RoundStep:
    assert new.day is not None
    file = new.file or KeptFile("", "", "", 0)
    return RoundStep(
        id=new_id(), consultation_id=one.consultation_id, round_id=one.id, number=number, kind=StepKind(new.kind),
        day=new.day, place=one_line(new.place), letter_number=one_line(new.letter_number), text=stored(new.text),
        file_hash=file.hash, file_name=file.name, media_type=file.media_type, recorded_at=now, recorded_by_id=by_id,
    )  # fmt: skip


def _pictures(step: RoundStep, new: NewStep) -> Sequence[RoundPicture]:
    return [
        RoundPicture(
            id=new_id(), consultation_id=step.consultation_id, step_id=step.id, number=number, file_hash=file.hash,
            file_name=file.name, media_type=file.media_type, caption=one_line(caption),
        )
        for number, (file, caption) in enumerate(new.pictures, 1)
    ]  # fmt: skip


def _writers(one: Round, step: RoundStep, with_recommendations: bool) -> set[UUID]:
    """Who wrote what becomes public with a step: the step, with the first one the facts of the round, and with the
    report what the round recommends."""
    facts_of_round = set() if planning.is_public(one) else {one.recorded_by_id}
    recommended = {each.promise.recorded_by_id for each in one.recommendations} if with_recommendations else set()
    return {step.recorded_by_id} | facts_of_round | recommended


def _require_writer(one: Round, kind: str, actor: Actor) -> None:
    own = heads.bodies_of(actor)
    if one.lead_id not in own and not (kind == StepKind.OWN_REPORT and one.supervised_id in own):
        raise NotFound


def _check(new: NewStep, one: Round, today: date) -> None:
    errors = {} if new.kind in set(StepKind) else {"kind": "not_a_choice" if new.kind else "required"}
    if new.day is None or new.day > today:
        errors["day"] = "in_the_future" if new.day else "required"
    elif new.kind == StepKind.VISIT and not one.starts_on <= new.day <= one.ends_on:
        errors["day"] = "outside_the_round"
    for name in ("place", "letter_number"):
        if len(one_line(getattr(new, name))) > size_limits.SHORT:
            errors[name] = "too_long"
    if len(stored(new.text)) > size_limits.TEXT:
        errors["text"] = "too_long"
    elif new.kind == StepKind.VISIT and not stored(new.text):
        errors["text"] = "required"
    elif not stored(new.text) and new.file is None:
        errors["text"] = "text_or_file"
    if len(new.pictures) > MOST_PICTURES:
        errors["pictures"] = "too_many_files"
    if errors:
        raise Invalid(errors)
