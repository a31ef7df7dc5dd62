"""What can be chosen for a line of the year's plan, and what stands in its form."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.people.models import Organisation
from consult.people.organisations import organisations
from consult.people.words import OrganisationKind
from consult.programme import plans
from consult.programme.models import CritiquePlan, PlanChange, PlannedCritique

MOST = 300
FIRST_MONTH = 10
"""From October on the plan of the next year is worked on (NQLT 403/2017, Điều 3)."""
NEVER_DRAFTS = frozenset(
    {OrganisationKind.FRONT_COMMITTEE, OrganisationKind.RELIGIOUS, OrganisationKind.COMMUNITY, OrganisationKind.MEMBER}
)


def working_year(today: date) -> int:
    """The year whose plan is being worked on."""
    return today.year + (today.month >= FIRST_MONTH)


def of_line(session: Session, body: Organisation, chosen: PlannedCritique | None, today: date) -> dict[str, Any]:
    """The bodies that may lead, those whose draft it may be, and the matters that may have come of it."""
    bodies = organisations(session, level=body.level, day=today, limit=MOST)
    leads = [one for one in bodies if plans.may_lead(one, body)]
    drafting = [one for one in bodies if one.kind not in NEVER_DRAFTS]
    if chosen is not None:
        leads += [chosen.lead] if chosen.lead not in leads else []
        drafting += [chosen.drafting_body] if chosen.drafting_body and chosen.drafting_body not in drafting else []
    matter = chosen.consultation if chosen is not None else None
    matters = select(Consultation).where(Consultation.published_at.is_not(None)).join(Consultation.lead)
    matters = (
        matters.where(Organisation.level == body.level)
        .order_by(Consultation.published_at.desc(), Consultation.id)
        .limit(MOST)
    )
    return {
        "leads": [(str(one.id), one.name) for one in sorted(leads, key=lambda one: one.id != body.id)],
        "drafting": [(str(one.id), one.name) for one in drafting],
        "matters": [(str(one.id), one.title) for one in session.scalars(matters)],
        "recorded": {str(matter.id): matter.title} if matter is not None else {},
    }


def typed_of(line: PlannedCritique | None) -> Mapping[str, str]:
    """A line in the names of its form."""
    if line is None:
        return {}
    told = plans.facts(line)
    return {
        **told,
        "lead": told["lead_id"],
        "drafting_body": told["drafting_body_id"],
        "matter": told["consultation_id"],
    }


def changes_of(session: Session, plan: CritiquePlan | None) -> list[tuple[PlanChange, PlannedCritique]]:
    """Every adjustment since the plan was made public, the newest first, with its line."""
    if plan is None:
        return []
    statement = select(PlanChange, PlannedCritique).join(PlannedCritique, PlannedCritique.id == PlanChange.planned_id)
    rows = session.execute(
        statement.where(PlannedCritique.plan_id == plan.id).order_by(PlanChange.at.desc(), PlanChange.id.desc())
    )
    return [(change, line) for change, line in rows]
