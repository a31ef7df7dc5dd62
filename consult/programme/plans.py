"""The year's plan of critiques: found, written, made public, and adjusted with a reason (NQLT 403/2017, Điều 3)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock, size_limits
from consult.consultations.models import Consultation
from consult.db import Lock, new_id, writing
from consult.errors import Invalid, NotFound, Refused
from consult.people.models import Organisation
from consult.people.words import ORGANISATION_ROLES, OrganisationKind, Role
from consult.policy import Actor
from consult.programme.models import CritiquePlan, PlanChange, PlannedCritique
from consult.programme.words import QUARTERS, Ground
from consult.submissions.words import CritiqueForm
from consult.text import one_line, stored

FIRST_YEAR, LAST_YEAR = 2000, 2100
MOST_LINES = 200
FACTS = ("subject", "form", "quarter", "ground", "lead_id", "drafting_body_id", "consultation_id")


@dataclass(frozen=True)
class NewLine:
    """One line as typed; `reason` says why a public plan is adjusted."""

    subject: str
    form: str
    ground: str
    lead_id: UUID | None
    quarter: int | None = None
    drafting_body_id: UUID | None = None
    consultation_id: UUID | None = None
    reason: str = ""


def front_of(session: Session, organisation_id: UUID, actor: Actor) -> Organisation:
    """A Front committee of the actor's; any other body has no plan of critiques (NotFound)."""
    body = session.get(Organisation, organisation_id)
    if body is None or body.kind is not OrganisationKind.FRONT_COMMITTEE:
        raise NotFound
    if not actor.holds(*ORGANISATION_ROLES, organisation=organisation_id):
        raise NotFound
    return body


def plan_of(session: Session, organisation_id: UUID, year: int) -> CritiquePlan | None:
    """The plan of a body for a year; None while nobody wrote in it. Raises NotFound for no year at all."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise NotFound
    named = (CritiquePlan.organisation_id == organisation_id, CritiquePlan.year == year)
    return session.scalar(select(CritiquePlan).where(*named))


def lines_of(plan: CritiquePlan | None) -> list[PlannedCritique]:
    """What stands in a plan now, by quarter; those of no quarter last."""
    kept = [line for line in plan.lines if line.removed_at is None] if plan else []
    return sorted(kept, key=lambda line: (line.quarter or max(QUARTERS) + 1, line.id))


def line_of(session: Session, plan: CritiquePlan | None, line_id: UUID) -> PlannedCritique:
    """One line that stands in a plan; raises NotFound."""
    found = session.get(PlannedCritique, line_id)
    if plan is None or found is None or found.plan_id != plan.id or found.removed_at is not None:
        raise NotFound
    return found


def public_plans(session: Session) -> Sequence[CritiquePlan]:
    """Every plan that was made public, the newest year first."""
    statement = select(CritiquePlan).where(CritiquePlan.published_at.is_not(None)).join(CritiquePlan.organisation)
    return session.scalars(
        statement.order_by(CritiquePlan.year.desc(), Organisation.folded_name, Organisation.id)
    ).all()


def public_plan(session: Session, organisation_id: UUID, year: int) -> CritiquePlan:
    """One of them; raises NotFound for what is none."""
    found = plan_of(session, organisation_id, year)
    if found is None or found.published_at is None:
        raise NotFound
    return found


def add(session: Session, body: Organisation, year: int, new: NewLine, actor: Actor, now: datetime) -> PlannedCritique:
    """One more line; into a public plan with a reason. Raises Invalid and NotFound."""
    front_of(session, body.id, actor)
    with writing(session, Lock.REFERENCE):
        plan = opened(session, body.id, year)
        _check(session, body, new, plan)
        if len(lines_of(plan)) >= MOST_LINES:
            raise Refused("plan_full")
        line = PlannedCritique(id=new_id(), year=year, recorded_at=now, recorded_by_id=_person(actor))
        _fill(line, new)
        plan.lines.append(line)
        session.flush()
        _note(session, plan, line, {}, new.reason, actor, now)
    return line


def change(
    session: Session, body: Organisation, year: int, line_id: UUID, new: NewLine, actor: Actor, now: datetime
) -> None:
    """A line as it is to be from now on; what stood in a public plan before is kept with the reason."""
    front_of(session, body.id, actor)
    with writing(session, Lock.REFERENCE):
        plan = plan_of(session, body.id, year)
        line = line_of(session, plan, line_id)
        before = facts(line)
        _check(session, body, new, line.plan, line)
        _fill(line, new)
        if facts(line) != before:
            _note(session, line.plan, line, before, new.reason, actor, now)


def remove(
    session: Session, body: Organisation, year: int, line_id: UUID, reason: str, actor: Actor, now: datetime
) -> None:
    """Takes a line out; out of a public plan with a reason, and the line stays to be read there as taken out."""
    front_of(session, body.id, actor)
    with writing(session, Lock.REFERENCE):
        plan = plan_of(session, body.id, year)
        line = line_of(session, plan, line_id)
        if line.plan.published_at is not None and not stored(reason):
            raise Invalid({"reason": "required"})
        line.removed_at = now
        _note(session, line.plan, line, facts(line), reason, actor, now)


def publish(
    session: Session, body: Organisation, year: int, number: str, issued_on: date | None, actor: Actor, now: datetime
) -> None:
    """Makes the plan public, and later on keeps the number and day that the paper got. By who signs for the body.

    Raises Refused (`not_sender`, `plan_empty`) and Invalid for a day to come or a number that is too long.
    """
    front_of(session, body.id, actor)
    if not actor.holds(Role.SENDER, organisation=body.id):
        raise Refused("not_sender")
    number = one_line(number)
    if len(number) > size_limits.SHORT:
        raise Invalid({"number": "too_long"})
    if issued_on is not None and issued_on > clock.local_day(now):
        raise Invalid({"issued_on": "in_the_future"})
    with writing(session, Lock.REFERENCE):
        plan = plan_of(session, body.id, year)
        if plan is None or not lines_of(plan):
            raise Refused("plan_empty")
        plan.number, plan.issued_on = number, issued_on
        if plan.published_at is None:
            plan.published_at, plan.published_by_id = now, _person(actor)


def facts(line: PlannedCritique) -> dict[str, str]:
    """What a line says, as it is kept of an earlier wording."""
    return {name: str(value) if (value := getattr(line, name)) is not None else "" for name in FACTS}


def opened(session: Session, organisation_id: UUID, year: int) -> CritiquePlan:
    """The plan of a body for a year, begun where there was none, inside a transaction."""
    plan = plan_of(session, organisation_id, year)
    if plan is None:
        plan = CritiquePlan(id=new_id(), organisation_id=organisation_id, year=year, number="")
        session.add(plan)
        session.flush()
    return plan


def _only_links(line: PlannedCritique, new: NewLine) -> bool:
    """Whether nothing but the matter that came is new: that is no adjustment of the plan."""
    told = {name: str(value) if (value := getattr(new, name)) is not None else "" for name in FACTS}
    told["subject"] = stored(new.subject)
    return {name: told[name] for name in FACTS[:-1]} == {name: facts(line)[name] for name in FACTS[:-1]}


def _check(
    session: Session, body: Organisation, new: NewLine, plan: CritiquePlan, line: PlannedCritique | None = None
) -> None:
    errors = _unknown(session, new, line)
    subject = stored(new.subject)
    if not subject or len(subject) > size_limits.SHORT:
        errors["subject"] = "too_long" if subject else "required"
    if new.form not in set(CritiqueForm):
        errors["form"] = "required" if not new.form else "not_a_choice"
    if new.ground not in set(Ground):
        errors["ground"] = "required" if not new.ground else "not_a_choice"
    if new.quarter is not None and new.quarter not in QUARTERS:
        errors["quarter"] = "not_a_choice"
    lead = session.get(Organisation, new.lead_id) if new.lead_id else None
    if lead is None or not (may_lead(lead, body) or (line is not None and lead.id == line.lead_id)):
        errors["lead"] = "required" if lead is None else "not_a_choice"
    only_linked = line is not None and _only_links(line, new)
    if plan.published_at is not None and not only_linked and not stored(new.reason):
        errors["reason"] = "required"
    if len(stored(new.reason)) > size_limits.TEXT:
        errors["reason"] = "too_long"
    if errors:
        raise Invalid(errors)


def _unknown(session: Session, new: NewLine, line: PlannedCritique | None) -> dict[str, str]:
    """Whose draft it is to be must be a body there is, what came of it a matter that all may see, or as it was."""
    body = session.get(Organisation, new.drafting_body_id) if new.drafting_body_id else None
    matter = session.get(Consultation, new.consultation_id) if new.consultation_id else None
    shown = matter is not None and (matter.published_at or (line is not None and line.consultation_id == matter.id))
    wrong = {"drafting_body": new.drafting_body_id and body is None, "matter": new.consultation_id and not shown}
    return {name: "not_a_choice" for name, one in wrong.items() if one}


def may_lead(lead: Organisation, body: Organisation) -> bool:
    """Whether a body may lead a critique in the plan of a Front committee: itself, or a socio-political organisation
    of its level (Luật Mặt trận Tổ quốc Việt Nam, Điều 33 khoản 3)."""
    return lead.id == body.id or (lead.kind is OrganisationKind.SOCIO_POLITICAL and lead.level is body.level)


def _fill(line: PlannedCritique, new: NewLine) -> None:
    assert new.lead_id is not None
    line.subject, line.form, line.ground = stored(new.subject), CritiqueForm(new.form), Ground(new.ground)
    line.quarter, line.lead_id = new.quarter, new.lead_id
    line.drafting_body_id, line.consultation_id = new.drafting_body_id, new.consultation_id


def _note(
    session: Session,
    plan: CritiquePlan,
    line: PlannedCritique,
    before: dict[str, str],
    reason: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Of a public plan, every adjustment is kept."""
    if plan.published_at is not None:
        kept = PlanChange(planned_id=line.id, at=now, by_id=_person(actor), reason=stored(reason), before=before)
        session.add(kept)


def _person(actor: Actor) -> UUID:
    if actor.user_id is None:
        raise Refused("sign_in_needed")
    return actor.user_id
