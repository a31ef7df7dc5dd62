"""The plans of critiques: written, made public, and one line moved to a later quarter with its reason."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.demo import content
from consult.demo.cast import Cast
from consult.demo.content import Calendar
from consult.programme import plans
from consult.programme.plans import NewLine


def play(session: Session, people: Cast, matters: Mapping[str, Consultation], calendar: Calendar) -> None:
    """Everything that is done to them, each act on its day."""
    for row in content.plans():
        body, year = people.organisations[row["organisation"]], calendar.today.year
        writer, signer = people.actors[row["drafter"]], people.actors[row["sender"]]
        typed = [_line(people, matters, one) for one in row["lines"]]
        written = calendar.at(row["written"])
        made = [plans.add(session, body, year, line, writer, written) for line in typed]
        day, now = calendar.day(row["dated"]), calendar.at(row["published"])
        plans.publish(session, body, year, row["number"], day, signer, now)
        moved = row["moved"]
        line = replace(typed[moved["line"]], quarter=moved["quarter"], reason=moved["reason"])
        plans.change(session, body, year, made[moved["line"]].id, line, writer, calendar.at(moved["day"]))


def _line(people: Cast, matters: Mapping[str, Consultation], row: dict[str, Any]) -> NewLine:
    matter = matters[row["matter"]].id if row["matter"] else None
    lead, drafting = (people.organisations[row[name]].id for name in ("lead", "drafting"))
    return NewLine(row["subject"], row["form"], row["ground"], lead, row["quarter"], drafting, matter)
