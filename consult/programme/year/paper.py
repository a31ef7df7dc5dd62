"""The plan of a year as a paper in the layout of Nghị định 30/2020/NĐ-CP."""

from typing import Any

from sqlalchemy.orm import Session

from consult.official_papers.paper import Letterhead
from consult.programme.head_models import Programme
from consult.programme.words import Ending
from consult.programme.year import task_list


def told(session: Session, programme: Programme, year: int) -> dict[str, Any]:
    """What its template says: the tasks that were not taken out. Raises NotFound for a year outside the programme."""
    tasks = task_list.tasks_of(session, task_list.plan_of(session, programme, year))
    head = Letterhead(programme.heading, place=programme.first_party.place)
    left = [one for one in tasks if one.promise.ending is not Ending.WITHDRAWN]
    return {"paper": head, "programme": programme, "year": year, "tasks": left}
