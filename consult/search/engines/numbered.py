"""Documents as rows with a number that puts them in order: those of matters are the highest, then those of clauses, and
of one kind the newest. FTS5 and PostgreSQL keep them so: neither has to rank all that holds a common word."""

import json
from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from consult.search.engines.seam import Document
from consult.search.words import Thing

STANDING = {Thing.MATTER: 2, Thing.PROVISION: 1}
ROOM = 1 << 40
"""So many numbers there are for documents of one kind: no index holds more."""


def first(steps: Iterable[Iterable[tuple[int, int]]], most: int) -> list[int]:
    """The first `most` numbers: those of an earlier step first; in each of them by kind, by the earliest place that
    found them, and the newest. A step gives pairs of number and place, an earlier place of a number before a later;
    it is read only when those before it were not enough."""
    found: dict[int, None] = {}
    for step in steps:
        places: dict[int, int] = {}
        for number, place in step:
            places.setdefault(number, place)
        found.update(dict.fromkeys(_in_order(places)))
        if len(found) >= most:
            break
    return list(found)[:most]


def document_of(row: Sequence[object]) -> Document:
    """The document of a row of `fts5_rows.FIELDS`."""
    group, thing, matter, title, text, place, facts, stamp, names, also = (str(value) for value in row)
    told = json.loads(place), tuple(facts.split())
    return Document(group, Thing(thing), UUID(matter), text, title, *told, stamp=stamp, names=names, also=also)


def _in_order(places: Mapping[int, int]) -> list[int]:
    return sorted(places, key=lambda one: (-(one // ROOM), places[one], -one))
