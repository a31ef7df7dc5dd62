"""What an officer may choose from when correcting what became of a provision."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from consult.consultations.document_models import Revision
from consult.consultations.revisions import changes
from consult.consultations.revisions.change_groups import WHOLES, Draft, words_of
from consult.consultations.revisions.match_corrections import Side
from consult.errors import NotFound

AROUND = 4
MOST_ALONE = 40
LONGEST = 140


@dataclass(frozen=True)
class Choice:
    """A provision of the other revision: its path, how it begins, and whether it is paired with this one now."""

    path: str
    words: str
    chosen: bool


@dataclass(frozen=True)
class MatchChoices:
    """A provision, and what of the other revision may belong to it: its partners, their neighbours, its namesake, and
    those that have no partner."""

    provision: Any
    choices: list[Choice]


def editing(session: Session, before: Revision, revision: Revision, side: Side, path: str) -> MatchChoices:
    """What is offered for the provision at `path`; raises NotFound when there is none."""
    found = changes.changes(session, [before, revision])
    own, other = (found.old, found.new) if side is Side.OLD else (found.new, found.old)
    steps = found.later if side is Side.OLD else found.earlier
    mine = next((row for row in own.provisions.values() if row.path == path), None)
    if mine is None:
        raise NotFound
    partners = set(steps.get(mine.id, ()))
    alone = [one for change in found.all if change.kind in WHOLES for one in _of(change, side)][:MOST_ALONE]
    offered = partners | set(alone) | _around(own, other, mine, partners)
    choices = [
        Choice(row.path, beginning(row), one in partners) for one, row in other.provisions.items() if one in offered
    ]
    return MatchChoices(mine, choices)


def beginning(provision: Any) -> str:
    """How the words of a provision begin, on one line; what it is called by stands beside them."""
    words = " ".join(words_of(provision).split())
    return words if len(words) <= LONGEST else f"{words[:LONGEST].rstrip()}…"


def _of(change: Any, side: Side) -> tuple[UUID, ...]:
    """The provisions of the other revision that a change is about."""
    found: tuple[UUID, ...] = change.news if side is Side.OLD else change.olds
    return found


def _around(own: Draft, other: Draft, mine: Any, partners: set[UUID]) -> set[UUID]:
    """What stands beside the partners, or, without any, beside the namesake or the same place from the beginning."""
    keys = list(other.provisions)
    places = [number for number, one in enumerate(keys) if one in partners or other.provisions[one].path == mine.path]
    if not places:
        places = [min(list(own.provisions).index(mine.id), len(keys) - 1)]
    return {keys[near] for at in places for near in range(max(0, at - AROUND), min(len(keys), at + AROUND + 1))}
