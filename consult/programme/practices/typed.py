"""A model and a checklist in the names of their forms."""

from collections.abc import Mapping

from sqlalchemy.orm import Session

from consult.programme.practices import descent, practice_facts
from consult.programme.practices.criteria_models import Criteria
from consult.programme.practices.models import Practice

NEW: Mapping[str, str] = {}


def practice(session: Session, one: Practice) -> Mapping[str, str]:
    """What the form to correct it begins with."""
    told, parent = practice_facts.facts_of(one), descent.parent_of(session, one)
    kept = {name: "" if value is None else str(value) for name, value in told.items()}
    return {**kept, "parent": str(parent.id) if parent else "", "contact": one.contact}


def criteria(one: Criteria | None) -> Mapping[str, str]:
    """What the form of a checklist begins with; nothing where there is none."""
    if one is None:
        return {}
    lines = [f"{item['text']} | {item['points']}" for item in one.items]
    return {"checklist": "\n".join(lines), "needed": str(one.needed)}
