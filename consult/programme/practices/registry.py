"""The registry of models: written down, corrected with a trace, found."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from consult import clock, size_limits
from consult.consultations.matter.public_numbers import next_number
from consult.db import new_id, writing
from consult.errors import Invalid, NotFound, Refused
from consult.people.models import Area, Organisation
from consult.people.words import Level
from consult.policy import Actor
from consult.programme import heads
from consult.programme.facts import Told, day
from consult.programme.head_models import Programme
from consult.programme.practices.models import Practice, PracticeAct, PracticeRequest
from consult.programme.words import PracticeActKind, PracticeKind, PracticeSetting
from consult.text import one_line, stored

MOST_HOUSEHOLDS = 1_000_000
LONGEST_LINE = 30
"""Generations from a model to the one it began with; more is a circle."""
_WHOLE = (
    joinedload(Practice.lead), joinedload(Practice.area), joinedload(Practice.programme),
    selectinload(Practice.acts), selectinload(Practice.requests).joinedload(PracticeRequest.body),
)  # fmt: skip


@dataclass(frozen=True)
class NewPractice:
    """A model as typed; `started_on` is a local day, `parent_id` the public model that it spread from, `reason` why
    what is public is corrected."""

    title: str
    setting: str
    kind: str
    lead_id: UUID | None
    area_id: UUID | None
    started_on: date | None
    summary: str
    village: str = ""
    cost: str = ""
    households: str = ""
    how_started: str = ""
    parent_id: UUID | None = None
    contact: str = ""
    reason: str = ""


def begin(session: Session, programme: Programme, new: NewPractice, actor: Actor, now: datetime) -> Practice:
    """A model that nobody outside sees yet, by somebody who works for a party or for the body that leads it. Raises
    Invalid, NotFound, Refused("programme_not_public")."""
    with writing(session, programme.consultation_id):
        session.refresh(programme)
        if programme.public_at is None:
            raise Refused("programme_not_public")
        _check(session, new, clock.local_day(now))
        number = next_number(session, programme.consultation_id, "practice")
        made = Practice(id=new_id(), consultation_id=programme.consultation_id, number=number, programme=programme)
        fill(made, told_of(session, new))
        made.contact = stored(new.contact)
        require_writer(made, actor)
        session.add_all([made, _facts_act(session, made, new, 1, actor, now)])
    return made


def correct(session: Session, one: Practice, new: NewPractice, actor: Actor, now: datetime) -> None:
    """Corrects the facts: of what is not public where they stand, of what is public by an act that another person
    releases, for a reason that everybody reads. The contact, which is not public, is changed at once. Raises Invalid,
    NotFound, Refused("practice_waits")."""
    with writing(session, one.consultation_id):
        session.refresh(one)
        require_writer(one, actor)
        _check(session, new, clock.local_day(now), one)
        waits = next((act for act in one.acts if act.kind is PracticeActKind.FACTS and not act.released_at), None)
        if waits is not None and one.public_at is not None:
            raise Refused("practice_waits")
        one.contact = stored(new.contact)
        if waits is not None:
            fill(one, told_of(session, new))
            waits.details, waits.recorded_by_id, waits.recorded_at = told_of(session, new), heads.person(actor), now
        elif told_of(session, new) != facts_of(one):
            session.add(_facts_act(session, one, new, next_act(one), actor, now))


def practice_of(session: Session, programme: Programme, number: int) -> Practice:
    """The model of this number with all that is recorded of it, in statements that do not grow. Raises NotFound."""
    own = select(Practice).where(Practice.consultation_id == programme.consultation_id, Practice.number == number)
    found = session.scalar(own.options(*_WHOLE))
    if found is None:
        raise NotFound
    return found


def public_practice(session: Session, programme: Programme, number: int) -> Practice:
    """The same where it is public. Raises NotFound."""
    found = practice_of(session, programme, number)
    if found.public_at is None:
        raise NotFound
    return found


def require_writer(one: Practice, actor: Actor) -> None:
    """Raises NotFound for whoever works neither for a party of the programme nor for the body that leads the model."""
    if not heads.bodies_of(actor) & {*one.programme.parties, one.lead_id}:
        raise NotFound


def written_by(session: Session, programme: Programme, actor: Actor, limit: int, offset: int = 0) -> Sequence[Practice]:
    """The models under a programme that somebody may write about, the newest first."""
    own = heads.bodies_of(actor)
    wanted = select(Practice).where(Practice.consultation_id == programme.consultation_id)
    if not own & set(programme.parties):
        wanted = wanted.where(Practice.lead_id.in_(own))
    whole = joinedload(Practice.lead), joinedload(Practice.area), selectinload(Practice.acts)
    return session.scalars(wanted.options(*whole).order_by(Practice.number.desc()).limit(limit).offset(offset)).all()


def facts_of(one: Practice) -> Told:
    """What is public of the facts of a model, as its log hashes it."""
    return {
        "title": one.title, "setting": one.setting.value, "kind": one.kind.value, "summary": one.summary,
        "lead": str(one.lead_id), "area": str(one.area_id), "village": one.village, "started_on": day(one.started_on),
        "cost": one.cost, "households": one.households, "how_started": one.how_started,
        "parent_matter": str(one.parent_matter_id or ""), "parent": one.parent_number,
    }  # fmt: skip


def told_of(session: Session, new: NewPractice) -> Told:
    """The same of what was typed and is right."""
    parent = _by_id(session, new.parent_id)
    return {
        "title": one_line(new.title), "setting": new.setting, "kind": new.kind, "summary": stored(new.summary),
        "lead": str(new.lead_id), "area": str(new.area_id), "village": one_line(new.village),
        "started_on": day(new.started_on), "cost": one_line(new.cost), "households": _households(new.households),
        "how_started": stored(new.how_started), "parent_matter": str(parent.consultation_id) if parent else "",
        "parent": parent.number if parent else None,
    }  # fmt: skip


def fill(one: Practice, told: Told) -> None:
    """Has a model say these facts."""
    for name in ("title", "summary", "village", "cost", "households", "how_started"):
        setattr(one, name, told[name])
    one.setting, one.kind = PracticeSetting(told["setting"]), PracticeKind(told["kind"])
    one.lead_id, one.area_id = UUID(told["lead"]), UUID(told["area"])
    one.started_on = date.fromisoformat(told["started_on"])
    one.parent_matter_id = UUID(told["parent_matter"]) if told["parent_matter"] else None
    one.parent_number = told["parent"]


def next_act(one: Practice) -> int:
    """The number of what is recorded next of a model."""
    return max((act.number for act in one.acts), default=0) + 1


def parent_of(session: Session, one: Practice) -> Practice | None:
    """The model that it spread from; None for one that began by itself."""
    if one.parent_number is None:
        return None
    named = (Practice.consultation_id == one.parent_matter_id, Practice.number == one.parent_number)
    return session.scalar(select(Practice).where(*named))


def comes_from_itself(session: Session, one: Practice) -> bool:
    """Whether a model spread from one that spread from it: two corrections that are each right may say so together."""
    parent = parent_of(session, one)
    return parent is not None and _leads_to(session, parent, one)


def _leads_to(session: Session, begin: Practice, one: Practice) -> bool:
    """Whether `one` is among the models that `begin` comes from, itself counted; a line too long counts as one."""
    found: Practice | None = begin
    for _step in range(LONGEST_LINE):
        if found is None or found.id == one.id:
            return found is not None
        found = parent_of(session, found)
    return True


def _facts_act(
    session: Session, one: Practice, new: NewPractice, number: int, actor: Actor, now: datetime
) -> PracticeAct:
    return PracticeAct(
        id=new_id(), consultation_id=one.consultation_id, practice_id=one.id, number=number,
        kind=PracticeActKind.FACTS, text=stored(new.reason) if one.public_at else "", details=told_of(session, new),
        before={}, consent="", file_hash="", file_name="", media_type="", recorded_at=now,
        recorded_by_id=heads.person(actor),
    )  # fmt: skip


def _by_id(session: Session, practice_id: UUID | None) -> Practice | None:
    return None if practice_id is None else session.scalar(select(Practice).where(Practice.id == practice_id))


def _households(typed: str) -> int | None:
    said = one_line(typed).replace(".", "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 9 else None


def _check(session: Session, new: NewPractice, today: date, one: Practice | None = None) -> None:
    errors = _texts(new) | _choices(session, new)
    if new.started_on is None or new.started_on > today:
        errors["started_on"] = "in_the_future" if new.started_on else "required"
    count = _households(new.households)
    if one_line(new.households) and (count is None or count > MOST_HOUSEHOLDS):
        errors["households"] = "not_a_number"
    if new.parent_id is not None and not _may_be_parent(session, new.parent_id, one):
        errors["parent"] = "not_a_choice"
    if one is not None and one.public_at is not None and not stored(new.reason):
        errors["reason"] = "required"
    if errors:
        raise Invalid(errors)


def _may_be_parent(session: Session, parent_id: UUID, one: Practice | None) -> bool:
    """A public model that does not itself come from this one."""
    found = _by_id(session, parent_id)
    return found is not None and found.public_at is not None and (one is None or not _leads_to(session, found, one))


def _texts(new: NewPractice) -> dict[str, str]:
    lines = {name: one_line(getattr(new, name)) for name in ("title", "village", "cost")}
    longer = {name: stored(getattr(new, name)) for name in ("summary", "how_started", "reason")}
    errors = {name: "too_long" for name, said in lines.items() if len(said) > size_limits.SHORT}
    errors |= {name: "too_long" for name, said in longer.items() if len(said) > size_limits.TEXT}
    if len(stored(new.contact)) > size_limits.SHORT:
        errors["contact"] = "too_long"
    return errors | {name: "required" for name, said in (lines | longer).items()
                     if name in ("title", "summary") and not said}  # fmt: skip


def _choices(session: Session, new: NewPractice) -> dict[str, str]:
    errors = {} if new.setting in set(PracticeSetting) else {"setting": "required"}
    if new.kind not in set(PracticeKind):
        errors["kind"] = "required"
    if new.lead_id is None or session.get(Organisation, new.lead_id) is None:
        errors["lead"] = "required"
    area = session.get(Area, new.area_id) if new.area_id else None
    if area is None or area.level is not Level.COMMUNE:
        errors["area"] = "required"
    return errors
