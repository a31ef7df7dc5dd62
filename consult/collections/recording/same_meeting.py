"""Whether a meeting was recorded already: minutes have no number, their place and day say which meeting it was. The one
place for it, whichever way it comes in: a page, a spreadsheet, a program, a page without a line."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Protocol
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.collections.models import Gathering
from consult.collections.words import Gathered
from consult.text import folded

_APART = re.compile(r"[\W_]+")


class Meeting(Protocol):
    """What says which meeting it was; a Gathering has it, and one that is to be recorded."""

    @property
    def how(self) -> Gathered:
        """How people said it."""

    @property
    def place(self) -> str:
        """Where."""

    @property
    def held_on(self) -> date | None:
        """When."""


def key_of(one: Meeting) -> tuple[str, date] | None:
    """What is the same for the same meeting, however its place is typed; None for all that is no meeting."""
    if one.how is not Gathered.MEETING or one.held_on is None or not one.place:
        return None
    return _APART.sub("", folded(one.place)), one.held_on


def standing(session: Session, branch_id: UUID) -> Sequence[Gathering]:
    """The gatherings of a branch that were not withdrawn, by number."""
    wanted = select(Gathering).where(Gathering.branch_id == branch_id, Gathering.withdrawn_at.is_(None))
    return session.scalars(wanted.order_by(Gathering.number)).all()


def doubles(gatherings: Iterable[Gathering]) -> Mapping[int, list[int]]:
    """By the number of a gathering those of the others that are of the same meeting."""
    together: dict[object, list[int]] = defaultdict(list)
    for one in gatherings:
        if one.withdrawn_at is None and (key := key_of(one)) is not None:
            together[key].append(one.number)
    return {number: [other for other in same if other != number] for same in together.values() for number in same}
