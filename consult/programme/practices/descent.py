"""From which model another one spread."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.programme.practices.models import Practice

LONGEST_LINE = 30
"""Generations from a model to the one it began with; more is a circle."""


def parent_of(session: Session, one: Practice) -> Practice | None:
    """The model that it spread from; None for one that began by itself."""
    if one.parent_number is None:
        return None
    named = (Practice.consultation_id == one.parent_matter_id, Practice.number == one.parent_number)
    return session.scalar(select(Practice).where(*named))


def comes_from_itself(session: Session, one: Practice) -> bool:
    """Whether a model spread from one that spread from it: two corrections that are each right may say so together."""
    parent = parent_of(session, one)
    return parent is not None and leads_to(session, parent, one)


def leads_to(session: Session, begin: Practice, one: Practice) -> bool:
    """Whether `one` is among the models that `begin` comes from, itself counted; a line too long counts as one."""
    found: Practice | None = begin
    for _step in range(LONGEST_LINE):
        if found is None or found.id == one.id:
            return found is not None
        found = parent_of(session, found)
    return True
