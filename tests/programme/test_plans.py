"""The year's plan of critiques: who writes it, what each line needs, and that every adjustment keeps its reason."""

from collections.abc import Callable
from datetime import date
from uuid import uuid4

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult.errors import Invalid, NotFound, Refused
from consult.people.models import Organisation
from consult.people.words import Level, OrganisationKind, Role
from consult.policy import Actor
from consult.programme import choices, plans
from consult.programme.models import CritiquePlan, PlanChange, PlannedCritique
from consult.programme.plans import NewLine
from tests.builders import NOW, make_actor, make_consultation, make_organisation

YEAR = 2027
Made = tuple[Organisation, Actor, Actor]


@pytest.fixture
def front(session: Session) -> Made:
    """A Front committee with who writes and who signs for it."""
    body = make_organisation(session, OrganisationKind.FRONT_COMMITTEE)
    writer, signer = (make_actor(session, body, role) for role in (Role.DRAFTER, Role.SENDER))
    return body, writer, signer


def line(body: Organisation, **facts: object) -> NewLine:
    """A good line of the plan of `body`."""
    whole = {"subject": "Quy hoạch tỉnh", "form": "conference", "ground": "request", "lead_id": body.id, "quarter": 2}
    return NewLine(**{**whole, **facts})  # type: ignore[arg-type]


def public(session: Session, front: Made) -> PlannedCritique:
    """One line of a public plan."""
    body, writer, signer = front
    made = plans.add(session, body, YEAR, line(body), writer, NOW)
    plans.publish(session, body, YEAR, "", None, signer, NOW)
    return made


@pytest.mark.parametrize(
    ("facts", "errors"),
    [
        ({"subject": " "}, {"subject": "required"}),
        ({"subject": "x" * 301}, {"subject": "too_long"}),
        ({"form": ""}, {"form": "required"}),
        ({"form": "party"}, {"form": "not_a_choice"}),
        ({"ground": ""}, {"ground": "required"}),
        ({"ground": "why"}, {"ground": "not_a_choice"}),
        ({"quarter": 5}, {"quarter": "not_a_choice"}),
        ({"lead_id": None}, {"lead": "required"}),
        ({"lead_id": uuid4()}, {"lead": "required"}),
    ],
)
def test_what_a_line_needs(session: Session, front: Made, facts: dict, errors: dict) -> None:
    body, writer, _signer = front
    with pytest.raises(Invalid) as wrong:
        plans.add(session, body, YEAR, line(body, **facts), writer, NOW)
    assert wrong.value.errors == errors
    session.rollback()
    assert session.scalar(select(func.count()).select_from(PlannedCritique)) == 0


@pytest.mark.parametrize(
    ("kind", "level", "may"),
    [
        (OrganisationKind.SOCIO_POLITICAL, Level.PROVINCE, True),
        (OrganisationKind.SOCIO_POLITICAL, Level.COMMUNE, False),
        (OrganisationKind.MEMBER, Level.PROVINCE, False),
        (OrganisationKind.FRONT_COMMITTEE, Level.PROVINCE, False),
    ],
)
def test_who_may_lead(session: Session, front: Made, kind: OrganisationKind, level: Level, may: bool) -> None:
    other = make_organisation(session, kind, level=level)
    assert plans.may_lead(other, front[0]) is may


def test_only_a_front_committee_of_ones_own_has_a_plan(session: Session, front: Made) -> None:
    union = make_organisation(session, OrganisationKind.SOCIO_POLITICAL)
    of_union = make_actor(session, union, Role.DRAFTER)
    for body, actor in ((front[0], of_union), (union, of_union)):
        with pytest.raises(NotFound):
            plans.add(session, body, YEAR, line(body), actor, NOW)


def test_lines_stand_by_quarter_and_may_change_freely_before_the_plan_is_public(session: Session, front: Made) -> None:
    body, writer, _signer = front
    for quarter in (None, 4, 1):
        plans.add(session, body, YEAR, line(body, quarter=quarter, subject=f"Dự thảo {quarter}"), writer, NOW)
    plan = plans.plan_of(session, body.id, YEAR)
    assert [one.quarter for one in plans.lines_of(plan)] == [1, 4, None]
    plans.remove(session, body, YEAR, plans.lines_of(plan)[0].id, "", writer, NOW)
    assert [one.quarter for one in plans.lines_of(plan)] == [4, None]
    assert choices.changes_of(session, plan) == []


Act = Callable[[Session, Made, PlannedCritique, str], object]
ADJUSTMENTS: dict[str, Act] = {
    "change": lambda session, front, one, reason: plans.change(
        session, front[0], YEAR, one.id, line(front[0], quarter=3, reason=reason), front[1], NOW
    ),
    "remove": lambda session, front, one, reason: plans.remove(session, front[0], YEAR, one.id, reason, front[1], NOW),
    "add": lambda session, front, one, reason: plans.add(
        session, front[0], YEAR, line(front[0], reason=reason), front[1], NOW
    ),
}


@pytest.mark.parametrize("name", ADJUSTMENTS)
def test_a_public_plan_is_adjusted_with_a_reason_that_is_kept(session: Session, front: Made, name: str) -> None:
    one = public(session, front)
    before = plans.facts(one)
    with pytest.raises(Invalid) as wrong:
        ADJUSTMENTS[name](session, front, one, "  ")
    assert wrong.value.errors == {"reason": "required"}
    session.rollback()
    ADJUSTMENTS[name](session, front, one, "Theo đề nghị của Ủy ban nhân dân tỉnh")
    kept = session.scalars(select(PlanChange)).one()
    assert (kept.reason, kept.by_id) == ("Theo đề nghị của Ủy ban nhân dân tỉnh", front[1].user_id)
    assert kept.before == ({} if name == "add" else before)


def test_linking_the_matter_that_came_is_no_adjustment_of_the_plan(session: Session, front: Made) -> None:
    one, matter = public(session, front), make_consultation(session)
    plans.change(session, front[0], YEAR, one.id, line(front[0], consultation_id=matter.id), front[1], NOW)
    assert one.consultation_id == matter.id
    with pytest.raises(Invalid):
        plans.change(session, front[0], YEAR, one.id, line(front[0], quarter=1), front[1], NOW)


def test_who_signs_makes_it_public_once_it_says_something(session: Session, front: Made) -> None:
    body, writer, signer = front
    for actor, reason in ((writer, "not_sender"), (signer, "plan_empty")):
        with pytest.raises(Refused, match=reason):
            plans.publish(session, body, YEAR, "", None, actor, NOW)
        session.rollback()
    assert plans.public_plans(session) == []
    one = public(session, front)
    plans.publish(session, body, YEAR, "12/KH-MTTQ-BTT", date(2026, 11, 1), signer, NOW)
    assert [(plan.number, plan.published_at) for plan in plans.public_plans(session)] == [("12/KH-MTTQ-BTT", NOW)]
    assert plans.public_plan(session, body.id, YEAR).lines == [one]
    with pytest.raises(NotFound):
        plans.public_plan(session, body.id, YEAR + 1)
    with pytest.raises(Invalid):
        plans.publish(session, body, YEAR, "", date(2099, 1, 1), signer, NOW)


@pytest.mark.parametrize(
    ("day", "year"), [(date(2026, 9, 30), 2026), (date(2026, 10, 1), 2027), (date(2026, 12, 31), 2027)]
)
def test_from_october_on_the_next_year_is_planned(day: date, year: int) -> None:
    assert choices.working_year(day) == year


def test_two_bodies_have_plans_of_their_own(session: Session, front: Made) -> None:
    public(session, front)
    other = make_organisation(session, OrganisationKind.FRONT_COMMITTEE, level=Level.COMMUNE)
    assert plans.plan_of(session, other.id, YEAR) is None
    assert session.scalar(select(func.count()).select_from(CritiquePlan)) == 1
