"""The points of an organisation's draft: what it says clause by clause, each with a name of its own that it keeps
however it is moved, so that several people can write at once."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from consult.db import new_id
from consult.submissions.inputs import TypedComment

PARTS = ("anchor", "stance", "text", "proposed", "reason", "topic")
"""What is typed of a point."""


@dataclass(frozen=True)
class Point(TypedComment):
    """One point as typed. `key` stays the same through every version of the draft; `source` says where it was taken
    from, in the words of whoever put it there: it is kept and never read here."""

    key: str = ""
    source: str = ""

    @property
    def untouched(self) -> bool:
        """Whether it is as the form first shows it: about the whole matter, and nothing said."""
        return self.empty and not (self.anchor or self.stance or self.source)


FIRST = Point(key="1")
"""The point that every draft begins with."""


def new_key() -> str:
    """A name for a new point; those made later sort behind those made before."""
    name = new_id().hex
    return name[:16] + name[-4:]


def kept(points: Sequence[Point]) -> list[dict[str, Any]]:
    """Points as they are stored; one without a name is called by its place."""
    return [{**asdict(point), "key": point.key or str(place)} for place, point in enumerate(points, 1)]


def read(stored: Sequence[Mapping[str, Any]]) -> tuple[Point, ...]:
    """Points as they were stored, also those of a time when they had no names."""
    return tuple(Point(**{**one, "key": one.get("key") or str(place)}) for place, one in enumerate(stored, 1))
