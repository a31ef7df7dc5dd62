"""What is recorded of a model by one person and made public by another; and who asks to copy it."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from consult import clock, size_limits
from consult.consultations.models import Consultation
from consult.db import new_id, writing
from consult.errors import Invalid, NotFound, Refused
from consult.files.signed_files import KeptFile
from consult.ledger import programme_entries as entries
from consult.ledger import service as ledger
from consult.outbox.service import emit
from consult.people.models import Organisation
from consult.policy import Actor
from consult.programme import facts, heads
from consult.programme.practices import checking, descent, practice_facts, registry
from consult.programme.practices.models import Practice, PracticeAct, PracticeRequest
from consult.programme.words import PracticeActKind
from consult.text import one_line, stored

MOST_ACTS = 300
WITH_DAY = frozenset({PracticeActKind.ENDED, PracticeActKind.RESUMED})
WITH_FILE = frozenset({PracticeActKind.PICTURE, PracticeActKind.MATERIAL})
TYPED = frozenset(PracticeActKind) - {PracticeActKind.FACTS}


@dataclass(frozen=True)
class NewAct:
    """What is recorded of a model, as typed: `text` are words, a caption, or why it ended; `year` and `households` of
    how a year went; `consent` tells who on a picture agreed, and when. A picture was painted anew by now."""

    kind: str
    text: str = ""
    year: str = ""
    households: str = ""
    day: date | None = None
    consent: str = ""
    file: KeptFile | None = None


def record(session: Session, one: Practice, new: NewAct, actor: Actor, now: datetime) -> PracticeAct:
    """One more thing, which another person makes public. Raises NotFound, Invalid, Refused("practice_full")."""
    with writing(session, one.consultation_id):
        session.refresh(one)
        registry.require_writer(one, actor)
        _check(new, one, clock.local_day(now))
        if len(one.acts) >= MOST_ACTS:
            raise Refused("practice_full")
        made = _act(one, new, heads.person(actor), now)
        session.add(made)
    return made


def release(session: Session, one: Practice, number: int, actor: Actor, now: datetime) -> None:
    """Makes public what was recorded: by a person who signs for a party of the programme and did not write it. The
    facts come first, and with them the model is public. Raises NotFound, Refused: `not_sender`, `own_words`,
    `already_public`, `practice_not_public`, `practice_ended_already`, `practice_not_ended`,
    `practice_circle`."""
    with writing(session, one.consultation_id):
        session.refresh(one)
        act = act_of(one, number)
        if act.released_at is not None:
            raise Refused("already_public")
        heads.require_other_eyes(actor, act.recorded_by_id, _party(one, actor))
        _take(session, one, act, now)
        act.released_at, act.released_by_id = now, heads.person(actor)
        told = entries.hash_of(told_act(one, act))
        entry = entries.practice_act(one.number, act.number, act.kind, told)
        ledger.append(session, one.consultation_id, [entry], now)
        session.get_one(Consultation, one.consultation_id).touch()


def discard(session: Session, one: Practice, number: int, actor: Actor, now: datetime) -> bool:
    """Takes out what is not public: it was wrong. With the facts of a model that is not public all of it goes: True.
    Raises NotFound, Refused("already_public")."""
    with writing(session, one.consultation_id):
        session.refresh(one)
        registry.require_writer(one, actor)
        act = act_of(one, number)
        if act.released_at is not None:
            raise Refused("already_public")
        whole = one.public_at is None and act.kind is PracticeActKind.FACTS
        for each in one.acts if whole else [act]:
            session.delete(each)
        session.flush()
        if whole:
            session.delete(one)
    return whole


def ask(session: Session, one: Practice, text: str, body_id: UUID | None, actor: Actor, now: datetime) -> None:
    """A body asks to copy a public model; the body that leads it is told, and the people of who asked read its contact
    from now on. Asked again nothing changes. Raises NotFound, Invalid."""
    with writing(session, one.consultation_id):
        session.refresh(one)
        if one.public_at is None or body_id not in heads.bodies_of(actor):
            raise NotFound
        if len(stored(text)) > size_limits.TEXT:
            raise Invalid({"text": "too_long"})
        assert body_id is not None
        if body_id == one.lead_id or any(each.body_id == body_id for each in one.requests):
            return
        made = PracticeRequest(
            id=new_id(), consultation_id=one.consultation_id, practice_id=one.id, body_id=body_id, text=stored(text),
            at=now, by_id=heads.person(actor),
        )  # fmt: skip
        session.add(made)
        body = session.get_one(Organisation, body_id)
        emit(session, "practice_asked", now, one.consultation_id, practice=one.number, organisation=str(one.lead_id),
             asked_by=str(body.id))  # fmt: skip


def may_read_contact(one: Practice, actor: Actor) -> bool:
    """Whether somebody reads how to reach the people of a model: who writes about it, and who works for a body that
    asked."""
    own = heads.bodies_of(actor)
    return bool(own & {*one.programme.parties, one.lead_id, *(each.body_id for each in one.requests)})


def act_of(one: Practice, number: int) -> PracticeAct:
    """What was recorded under this number. Raises NotFound."""
    found = next((act for act in one.acts if act.number == number), None)
    if found is None:
        raise NotFound
    return found


def told_act(one: Practice, act: PracticeAct) -> facts.Told:
    """What is public of an act, as the log hashes it. The consent is not."""
    return {
        "practice": one.number, "act": act.number, "kind": act.kind.value, "text": act.text, "year": act.year,
        "day": facts.day(act.day), "details": act.details, "before": act.before, "file": act.file_hash,
    }  # fmt: skip


def _party(one: Practice, actor: Actor) -> UUID:
    signing = [body for body in one.programme.parties if heads.signs(actor, body)]
    if not signing:
        registry.require_writer(one, actor)
        raise Refused("not_sender")
    return signing[0]


def _take(session: Session, one: Practice, act: PracticeAct, now: datetime) -> None:
    if act.kind is PracticeActKind.FACTS:
        act.before = practice_facts.facts_of(one) if one.public_at else {}
        practice_facts.fill(one, act.details)
        if descent.comes_from_itself(session, one):
            raise Refused("practice_circle")
        one.public_at = one.public_at or now
    if one.public_at is None:
        raise Refused("practice_not_public")
    if act.kind in WITH_DAY:
        if (one.ended_on is None) != (act.kind is PracticeActKind.ENDED):
            raise Refused("practice_not_ended" if one.ended_on is None else "practice_ended_already")
        one.ended_on = act.day if act.kind is PracticeActKind.ENDED else None


def _act(one: Practice, new: NewAct, by_id: UUID, now: datetime) -> PracticeAct:
    kind, none = PracticeActKind(new.kind), KeptFile("", "", "", 0)
    file = new.file if new.file and kind in WITH_FILE else none
    of_year = kind is PracticeActKind.EVALUATION
    counted = one_line(new.households)
    return PracticeAct(
        id=new_id(), consultation_id=one.consultation_id, practice_id=one.id, number=registry.next_act(one), kind=kind,
        text=stored(new.text), year=int(one_line(new.year)) if of_year else None,
        day=new.day if kind in WITH_DAY else None,
        details={"households": int(counted)} if of_year and counted else {}, before={},
        consent=one_line(new.consent) if kind is PracticeActKind.PICTURE else "", file_hash=file.hash,
        file_name=file.name, media_type=file.media_type, recorded_at=now, recorded_by_id=by_id,
    )  # fmt: skip


def _check(new: NewAct, one: Practice, today: date) -> None:
    if new.kind not in TYPED:
        raise Invalid({"act": "required"})
    kind, errors = PracticeActKind(new.kind), {}
    if len(stored(new.text)) > size_limits.TEXT or not stored(new.text):
        errors["text"] = "too_long" if stored(new.text) else "required"
    if kind in WITH_DAY and (new.day is None or not one.started_on <= new.day <= today):
        errors["day"] = "required" if new.day is None else "in_the_future" if new.day > today else "before_it_began"
    if kind in WITH_FILE and new.file is None:
        errors["picture" if kind is PracticeActKind.PICTURE else "file"] = "required"
    consent = one_line(new.consent)
    if kind is PracticeActKind.PICTURE and not 0 < len(consent) <= size_limits.SHORT:
        errors["consent"] = "too_long" if consent else "required"
    if errors := errors | (_of_year(new, one, today) if kind is PracticeActKind.EVALUATION else {}):
        raise Invalid(errors)


def _of_year(new: NewAct, one: Practice, today: date) -> dict[str, str]:
    year, counted, errors = one_line(new.year), one_line(new.households), {}
    if not (year.isascii() and year.isdigit() and len(year) == 4 and one.started_on.year <= int(year) <= today.year):
        errors["year"] = "not_a_year" if year else "required"
    if counted and not (counted.isascii() and counted.isdigit() and int(counted[:9]) <= checking.MOST_HOUSEHOLDS
                        and len(counted) < 9):  # fmt: skip
        errors["counted"] = "not_a_number"
    return errors
