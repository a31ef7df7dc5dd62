"""The year's plan as a paper in the layout of Nghị định 30/2020/NĐ-CP."""

from typing import Any

from sqlalchemy.orm import Session

from consult.official_papers.paper import Letterhead
from consult.people.models import Organisation
from consult.programme import plans


def told(session: Session, body: Organisation, year: int) -> dict[str, Any]:
    """What its template says; number and day are those typed once it was issued."""
    plan = plans.plan_of(session, body.id, year)
    number, day = (plan.number, plan.issued_on) if plan else ("", None)
    head = Letterhead(body.name, number=number, place=body.place, day=day)
    return {"paper": head, "year": year, "lines": plans.lines_of(plan)}
