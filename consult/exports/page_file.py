"""The table cut into pages, as a file: page n is read without those before it. Texts are not in it."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import IO, Any

from consult.exports.lines import PlaceMajority, TableHead
from consult.exports.rows.order import OrderedComment

Place = tuple[int, str]
"""A comment by its number, and the heading that its place has in the table."""


@dataclass(frozen=True)
class Cut:
    """The head of the table, how many pages it has, and the comments of one of them, page `number`."""

    head: TableHead
    number: int
    count: int
    places: list[Place]


def write(file: IO[bytes], head: TableHead, pages: Iterable[Sequence[OrderedComment]]) -> None:
    """Writes a line for each page, then a line with the head and where each page begins, then where that line does."""
    starts: list[int] = []
    position = 0
    for page in pages:
        starts.append(position)
        position += file.write(_line([[entry.number, entry.heading] for entry in page]))
    file.write(_line({"head": {**asdict(head), "counted_at": head.counted_at.isoformat()}, "starts": starts}))
    file.write(f"{position:020}".encode())


def read(file: IO[bytes], number: int) -> Cut:
    """Page `number` (from 1; what is too high gives the last one, what is too low the first)."""
    file.seek(-20, 2)
    file.seek(int(file.read()))
    told = json.loads(file.readline())
    starts: list[int] = told["starts"]
    number = min(max(number, 1), len(starts))
    file.seek(starts[number - 1])
    places = [(comment, heading) for comment, heading in json.loads(file.readline())]
    return Cut(_head(told["head"]), number, len(starts), places)


def _line(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode() + b"\n"


def _head(told: dict[str, Any]) -> TableHead:
    told["counted_at"] = datetime.fromisoformat(told["counted_at"])
    tuples = {name: tuple(told[name]) for name in ("columns", "silent", "taken_up")}
    majority = tuple(PlaceMajority(**one) for one in told["majority"])
    blocks = tuple((code, words) for code, words in told["blocks"])
    return TableHead(**{**told, **tuples, "majority": majority, "blocks": blocks})
