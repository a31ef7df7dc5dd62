"""What changed in a matter since a program looked last, as JSON lines: first where to go on from, then every comment of
which the log speaks since then, as it stands now."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult.api import comments
from consult.consultations.models import Consultation
from consult.errors import NotFound
from consult.exports.official_language import official
from consult.ledger import service as ledger
from consult.submissions.comments.models import TakenBack
from consult.transparency import logs

AT_ONCE = 500
"""Entries of the log that one answer goes through at most."""
ENOUGH = comments.PAGE_SIZE
"""An answer ends with the entry that brings it to so many comments; one that speaks of more is not followed."""
_CURSOR = re.compile(r"(?P<size>0|[1-9][0-9]{0,8})(?:\.(?P<taken>0|[1-9][0-9]{0,8}))?", re.ASCII)


@dataclass(frozen=True)
class Since:
    """How far a program has read: so many entries of the log, and so many of what was taken back."""

    size: int
    taken: int

    def __str__(self) -> str:
        return f"{self.size}.{self.taken}"


def since(cursor: str) -> Since:
    """The place that a cursor names, `SIZE` or `SIZE.TAKEN`; raises NotFound for what is none."""
    found = _CURSOR.fullmatch(cursor or "0")
    if found is None:
        raise NotFound
    return Since(int(found["size"]), int(found["taken"] or 0))


@dataclass
class _Read:
    """What was read of the log so far: the comments of which it speaks, through which entry, and from which number on
    everything is to be read again."""

    through: int
    numbers: set[int] = field(default_factory=set)
    again_from: int | None = None

    def take(self, entry: dict[str, Any]) -> None:
        """Reads the next entry."""
        own = _numbers(entry)
        self.through = entry["index"] + 1
        if len(own) > ENOUGH:
            self.read_again(min(own))
        else:
            self.numbers |= own

    def read_again(self, least: int | None) -> None:
        """From this number on, if it is one."""
        self.again_from = min((one for one in (self.again_from, least) if one is not None), default=None)


def lines(session: Session, consultation: Consultation, begun: Since) -> Iterator[bytes]:
    """The lines of one answer. Raises NotFound for a place behind the end of the log."""
    size = ledger.size(session, consultation.id)
    if begun.size > size:
        raise NotFound
    read = _Read(begun.size)
    for entry in logs.entries_of(session, consultation.id, begun.size, AT_ONCE):
        read.take(json.loads(entry.body))
        if len(read.numbers) >= ENOUGH:
            break
    taken, least = _taken_back(session, consultation, begun.taken)
    if begun.size:
        read.read_again(least)
    told = {
        "since": str(begun), "next": str(Since(read.through, taken)), "size": size, "more": read.through < size,
        "again_from": read.again_from,
    }  # fmt: skip
    return _written(session, consultation, told, sorted(read.numbers))


def _written(
    session: Session, consultation: Consultation, told: dict[str, Any], numbers: Sequence[int]
) -> Iterator[bytes]:
    yield _line(told)
    for start in range(0, len(numbers), comments.PAGE_SIZE):
        for one in comments.chosen(session, consultation, numbers[start : start + comments.PAGE_SIZE], official):
            yield _line(one)
        session.expire_all()


def _taken_back(session: Session, consultation: Consultation, before: int) -> tuple[int, int | None]:
    """How often something was taken back in all, and the lowest number of a comment of which something was since."""
    own = TakenBack.consultation_id == consultation.id
    newest = session.scalar(select(func.max(TakenBack.position)).where(own)) or 0
    least = session.scalar(select(func.min(TakenBack.least)).where(own, TakenBack.position > before))
    return newest, least


def _numbers(entry: dict[str, Any]) -> set[int]:
    """The comments of which an entry speaks."""
    found: set[int] = {entry["comment"]} if "comment" in entry else set()
    for name in ("comments", "into", "agreed", "open"):
        found.update(entry.get(name, ()))
    return found


def _line(value: dict[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode() + b"\n"
