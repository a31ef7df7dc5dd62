"""What is missing or wrong in the result of an inspection as typed."""

from datetime import date

from sqlalchemy.orm import Session

from consult import size_limits
from consult.people.models import Area, Organisation
from consult.programme.inspections.naming import is_named
from consult.programme.inspections.typed import NewInspection
from consult.programme.words import InspectedKind
from consult.text import one_line, stored

MOST_BREACHES = 50
MOST_FINE = 10**12
"""Đồng; more is a slip of the pen."""
_LINES = ("subject", "inspected_name", "decision_number")


def errors_of(session: Session, new: NewInspection, names_households: bool, today: date) -> dict[str, str]:
    """By the fields of the form; days are local."""
    errors = _texts(new) | _days(new, today) | _numbers(new)
    if new.kind not in set(InspectedKind):
        return errors | {"kind": "not_a_choice" if new.kind else "required"}
    named = is_named(InspectedKind(new.kind), names_households)
    return errors | (_of_named(session, new) if named else _of_nameless(new)) | _area(session, new, named)


def _texts(new: NewInspection) -> dict[str, str]:
    errors = {name: "required" for name in ("subject", "decision_number") if not one_line(getattr(new, name))}
    errors |= {name: "too_long" for name in _LINES if len(one_line(getattr(new, name))) > size_limits.SHORT}
    long = {"remedy": new.remedy, "breaches": new.breaches, "reason": new.reason}
    return errors | {name: "too_long" for name, text in long.items() if len(stored(text)) > size_limits.TEXT}


def _days(new: NewInspection, today: date) -> dict[str, str]:
    errors = {name: "required" for name in ("inspected_on", "decision_on") if getattr(new, name) is None}
    for name in ("inspected_on", "decision_on"):
        day = getattr(new, name)
        if day is not None and day > today:
            errors[name] = "in_the_future"
    if new.inspected_on and new.decision_on and new.decision_on < new.inspected_on:
        errors["decision_on"] = "before_it_began"
    if stored(new.remedy) and new.due_on is None:
        errors["due_on"] = "required"
    elif new.due_on and not stored(new.remedy):
        errors["remedy"] = "required"
    elif new.due_on and new.decision_on and new.due_on <= new.decision_on:
        errors["due_on"] = "not_later"
    return errors


def _numbers(new: NewInspection) -> dict[str, str]:
    errors = {}
    if new.fine is not None and not 0 < new.fine <= MOST_FINE:
        errors["fine"] = "not_a_number"
    lines = new.breach_lines
    if len(lines) > MOST_BREACHES:
        errors["breaches"] = "too_long"
    elif not lines and (new.fine or stored(new.remedy)):
        errors["breaches"] = "required"
    return errors


def _of_named(session: Session, new: NewInspection) -> dict[str, str]:
    if new.inspected_id is not None and session.get(Organisation, new.inspected_id) is None:
        return {"inspected": "not_a_choice"}
    if new.inspected_id is None and not one_line(new.inspected_name):
        return {"inspected_name": "required"}
    if new.inspected_id is not None and one_line(new.inspected_name):
        return {"inspected_name": "chosen_or_typed"}
    return {}


def _of_nameless(new: NewInspection) -> dict[str, str]:
    errors = {}
    if new.inspected_id is not None or one_line(new.inspected_name):
        errors["inspected_name"] = "person_not_named"
    if new.file is not None:
        errors["file"] = "paper_names_person"
    return errors


def _area(session: Session, new: NewInspection, named: bool) -> dict[str, str]:
    if new.area_id is None:
        return {} if named else {"area": "required"}
    return {} if session.get(Area, new.area_id) else {"area": "not_a_choice"}
