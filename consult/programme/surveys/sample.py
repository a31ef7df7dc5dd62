"""From which communes a survey draws: how many people live in each, and how many answers are meant to come."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from consult.db import new_id, writing
from consult.errors import Invalid
from consult.files.spreadsheets import upload
from consult.files.spreadsheets.sheets import Sheet
from consult.files.spreadsheets.tables import Record, Table, table
from consult.people import areas
from consult.people.models import Area
from consult.people.words import Level
from consult.policy import Actor
from consult.programme import heads
from consult.programme.surveys import columns, planning
from consult.programme.surveys.models import Survey, SurveyArea
from consult.programme.surveys.questions.checking import Problem
from consult.text import one_line

KEYS = ("code", "commune", "population", "planned")
NEEDED = frozenset({"commune", "population", "planned"})
MOST_AREAS = 500
LARGEST = 10_000_000
_WHOLE = re.compile(r"[0-9]{1,9}|[0-9]{1,3}(?:[., ][0-9]{3}){1,3}")


@dataclass(frozen=True)
class DrawnArea:
    """A line of the plan."""

    area: Area
    population: int
    planned: int


def read(session: Session, data: bytes, day: date) -> tuple[list[DrawnArea], list[Problem]]:
    """The plan in a spreadsheet, and what is wrong with it; a commune is named by its name, or its code, as it was on a
    local `day`. Opens the file in a process of its own. Raises Invalid({"file": code})."""
    return read_sheets(session, upload.sheets(data), day)


def read_sheets(session: Session, sheets: Sequence[Sheet], day: date) -> tuple[list[DrawnArea], list[Problem]]:
    """The same from sheets that were read."""
    found = table(sheets, columns.columns(KEYS, NEEDED))
    if found.missing:
        raise Invalid({"file": "no_sample_columns"})
    drawn: dict[str, DrawnArea] = {}
    problems: list[Problem] = []
    for record in found.records:
        _take(session, found, record, day, drawn, problems)
    if len(drawn) > MOST_AREAS:
        problems.append(Problem("too_many_areas", 0, str(MOST_AREAS)))
    return list(drawn.values()), problems


def keep(session: Session, one: Survey, drawn: Sequence[DrawnArea], actor: Actor) -> None:
    """Puts this plan in the place of the one before; who does so has seen the rest of the survey and answers for it,
    so that another opens it. Raises NotFound, Invalid({"file": "empty_spreadsheet"}),
    Refused("survey_open")."""
    with writing(session, one.consultation_id):
        planning.require_unopened(session, one, actor)
        if not drawn:
            raise Invalid({"file": "empty_spreadsheet"})
        for before in one.areas:
            session.delete(before)
        session.flush()
        one.recorded_by_id = heads.person(actor)
        session.add_all(
            SurveyArea(
                id=new_id(), consultation_id=one.consultation_id, survey_id=one.id, area_id=each.area.id,
                population=each.population, planned=each.planned,
            )
            for each in drawn
        )  # fmt: skip
    session.refresh(one)


def _take(
    session: Session, found: Table, record: Record, day: date, drawn: dict[str, DrawnArea], problems: list[Problem]
) -> None:
    name = one_line(record.values.get("commune", ""))
    area = _area(session, record.values.get("code", ""), name, day)
    counts = [_count(record.values.get(key, "")) for key in ("population", "planned")]
    if area is None:
        problems.append(Problem("area_unknown", record.number, name))
    elif str(area.id) in drawn:
        problems.append(Problem("area_twice", record.number, name))
    elif not counts[0] or counts[1] is None or counts[1] > counts[0]:
        problems.append(Problem("bad_counts", record.number, name))
    else:
        drawn[str(area.id)] = DrawnArea(area, counts[0], counts[1])


def _area(session: Session, code: str, name: str, day: date) -> Area | None:
    """By its code where one stands there: codes are used again, so that of the day is meant."""
    digits = one_line(code).removesuffix(".0")
    if digits:
        padded = digits.zfill(5) if digits.isdigit() else digits
        return next((one for one in _in_force(session, day) if one.code in (digits, padded)), None)
    return areas.named(session, name, day)


def _in_force(session: Session, day: date) -> Sequence[Area]:
    return areas.areas_in_force(session, day, Level.COMMUNE)


def _count(typed: str) -> int | None:
    """A whole number as people write it (12.345; 12 345; 300.0); None for none: 12.5 is no 125."""
    words = one_line(typed).removesuffix(".0")
    if not _WHOLE.fullmatch(words):
        return None
    number = int(re.sub("[., ]", "", words))
    return number if number <= LARGEST else None
