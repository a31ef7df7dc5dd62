"""What the acts on a year's plan of critiques touch, for the scene of all acts."""

from typing import Any

from consult import clock
from consult.people.words import OrganisationKind, Role
from consult.programme import plans
from consult.programme.plans import NewLine
from tests.builders import make_actor, make_organisation, make_user


def add_plan(scene: Any) -> None:
    """The plan of critiques of a Front committee, with one line."""
    session, now = scene.session, clock.now()
    front = make_organisation(session, OrganisationKind.FRONT_COMMITTEE)
    scene.people["planner"] = make_user(session, front, [Role.DRAFTER, Role.SENDER])
    line = NewLine("Quy hoạch tỉnh", "conference", "request", front.id)
    made = plans.add(session, front, now.year, line, make_actor(session, front, Role.DRAFTER), now)
    where = {"organisation_id": front.id, "year": now.year}
    typed = {"subject": "Khác", "form": "written", "ground": "member", "lead": str(front.id)}
    scene.add("plans.change", typed, line_id=made.id, **where)
    scene.add("plans.publish", {"number": "12/KH"}, **where)
