"""A round of supervision: planned by a committee of the Front, found, and corrected until its plan is public."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.orm import Session, joinedload, selectinload

from consult import size_limits
from consult.consultations.matter.public_numbers import next_number
from consult.db import new_id, writing
from consult.errors import Invalid, NotFound, Refused
from consult.people.models import Area, Organisation
from consult.people.words import OrganisationKind
from consult.policy import Actor
from consult.programme import heads
from consult.programme.head_models import Programme
from consult.programme.promise_models import Promise
from consult.programme.rounds.models import Recommendation, Round, RoundStep
from consult.programme.rounds.terms import RoundTerms
from consult.programme.words import StepKind
from consult.relationships import along
from consult.text import one_line, stored

MOST_MEMBERS = 50
LONGEST = 366
"""Days of one round, both ends counted."""
_WHOLE = (
    joinedload(Round.lead),
    joinedload(Round.supervised),
    selectinload(Round.steps).selectinload(RoundStep.pictures),
    selectinload(Round.recommendations)
    .joinedload(Recommendation.promise)
    .options(joinedload(Promise.by), joinedload(Promise.area)),
)


@dataclass(frozen=True)
class NewRound:
    """A round as typed; days are local, `members` has one on each line, "name, office"."""

    subject: str
    lead_id: UUID | None
    supervised_id: UUID | None
    starts_on: date | None
    ends_on: date | None
    content: str = ""
    members: str = ""
    area_id: UUID | None = None


def begin(
    session: Session, programme: Programme, new: NewRound, terms: RoundTerms, actor: Actor, now: datetime
) -> Round:
    """A round that nobody outside sees yet, by somebody who works for the committee that leads it. Raises Invalid,
    NotFound, Refused("programme_not_public")."""
    with writing(session, programme.consultation_id):
        session.refresh(programme)
        heads.require_party(programme, actor)
        if programme.public_at is None:
            raise Refused("programme_not_public")
        _check(session, new)
        number = next_number(session, programme.consultation_id, "round")
        made = Round(
            id=new_id(), consultation_id=programme.consultation_id, number=number, terms=terms.kept(), recorded_at=now,
            recorded_by_id=heads.person(actor),
        )  # fmt: skip
        _fill(made, new)
        require_lead(made, actor)
        session.add(made)
    return made


def change(session: Session, one: Round, new: NewRound, actor: Actor, now: datetime) -> None:
    """Corrects it before its plan is public. Raises Invalid, NotFound, Refused("round_public")."""
    with writing(session, one.consultation_id):
        session.refresh(one)
        require_lead(one, actor)
        if is_public(one):
            raise Refused("round_public")
        _check(session, new)
        _fill(one, new)
        one.recorded_by_id = heads.person(actor)
        require_lead(one, actor)


def round_of(session: Session, programme: Programme, number: int) -> Round:
    """The round of this number, with its steps and what it recommends, in statements that do not grow with them.
    Raises NotFound."""
    named = (Round.consultation_id == programme.consultation_id, Round.number == number)
    found = session.scalar(select(Round).where(*named).options(*_WHOLE))
    if found is None:
        raise NotFound
    return found


def public_round(session: Session, programme: Programme, number: int) -> Round:
    """The same where something of it is public. Raises NotFound."""
    found = round_of(session, programme, number)
    if not is_public(found):
        raise NotFound
    return found


def rounds_of(session: Session, programme: Programme, public: bool = True) -> Sequence[Round]:
    """The rounds under a programme, the newest first; only those that are `public`, or all."""
    own = select(Round).where(Round.consultation_id == programme.consultation_id)
    if public:
        own = own.where(exists().where(
            along(Round.steps),
            RoundStep.released_at.is_not(None),
        ))  # fmt: skip
    bodies = joinedload(Round.lead), joinedload(Round.supervised)
    return session.scalars(own.options(*bodies).order_by(Round.number.desc())).all()


def listed_for(session: Session, programme: Programme, actor: Actor) -> Sequence[Round]:
    """The rounds under a programme that somebody of a party may know of: those of the committees they work for, and of
    others what is public. The other party may be the one that is supervised."""
    own, public = heads.bodies_of(actor), {one.id for one in rounds_of(session, programme)}
    return [one for one in rounds_of(session, programme, public=False) if one.lead_id in own or one.id in public]


def is_public(one: Round) -> bool:
    """Whether a step of it is public."""
    return any(step.released_at is not None for step in one.steps)


def reported(one: Round) -> bool:
    """Whether its report is public, and with it what it recommends."""
    return any(step.kind is StepKind.REPORT and step.released_at is not None for step in one.steps)


def require_lead(one: Round, actor: Actor) -> None:
    """Raises NotFound for whoever does not work for the committee that leads it."""
    if one.lead_id not in heads.bodies_of(actor):
        raise NotFound


def require_reader(one: Round, actor: Actor) -> None:
    """Raises NotFound for whoever works neither for the committee that leads it nor, once something of it is public,
    for the body that is supervised."""
    own = heads.bodies_of(actor)
    if one.lead_id not in own and not (one.supervised_id in own and is_public(one)):
        raise NotFound


def readable_steps(one: Round, actor: Actor) -> Sequence[RoundStep]:
    """The steps that somebody may read: all for the committee that leads it; for the body that is supervised what is
    public, and its own report."""
    if one.lead_id in heads.bodies_of(actor):
        return one.steps
    return [step for step in one.steps if step.released_at is not None or step.kind is StepKind.OWN_REPORT]


def of_supervised(session: Session, bodies: frozenset[UUID], limit: int = 20) -> Sequence[Round]:
    """The newest rounds in which one of these bodies is supervised, once something of them is public."""
    told = exists().where(
        along(Round.steps),
        RoundStep.released_at.is_not(None),
    )  # fmt: skip
    own = select(Round).where(Round.supervised_id.in_(bodies), told).options(joinedload(Round.lead))
    return session.scalars(own.order_by(Round.starts_on.desc(), Round.id).limit(limit)).all()


def members_of(typed: str) -> list[dict[str, str]]:
    """One member a line, the office behind the first comma."""
    lines = [line for line in map(one_line, stored(typed).splitlines()) if line]
    parts = [line.partition(",") for line in lines]
    return [{"name": name.strip(), "office": office.strip()} for name, _comma, office in parts]


def _fill(one: Round, new: NewRound) -> None:
    assert new.lead_id and new.supervised_id and new.starts_on and new.ends_on
    one.subject, one.content, one.members = one_line(new.subject), stored(new.content), members_of(new.members)
    one.lead_id, one.supervised_id, one.area_id = new.lead_id, new.supervised_id, new.area_id
    one.starts_on, one.ends_on = new.starts_on, new.ends_on


def _check(session: Session, new: NewRound) -> None:
    errors = {name: "required" for name in ("starts_on", "ends_on") if getattr(new, name) is None}
    subject = one_line(new.subject)
    if not subject or len(subject) > size_limits.SHORT:
        errors["subject"] = "too_long" if subject else "required"
    if len(new.content) > size_limits.TEXT:
        errors["content"] = "too_long"
    if len(new.members) > size_limits.TEXT or len(members_of(new.members)) > MOST_MEMBERS:
        errors["members"] = "too_long"
    if new.starts_on is not None and new.ends_on is not None and not 0 <= (new.ends_on - new.starts_on).days < LONGEST:
        errors["ends_on"] = "before_it_began" if new.ends_on < new.starts_on else "too_long_a_time"
    if errors := errors | _bodies(session, new):
        raise Invalid(errors)


def _bodies(session: Session, new: NewRound) -> dict[str, str]:
    errors = {}
    lead = session.get(Organisation, new.lead_id) if new.lead_id else None
    if lead is None or lead.kind is not OrganisationKind.FRONT_COMMITTEE:
        errors["lead"] = "required" if lead is None else "not_a_choice"
    if new.supervised_id is None or session.get(Organisation, new.supervised_id) is None:
        errors["supervised"] = "required"
    elif new.supervised_id == new.lead_id:
        errors["supervised"] = "not_a_choice"
    if new.area_id is not None and session.get(Area, new.area_id) is None:
        errors["area"] = "not_a_choice"
    return errors
