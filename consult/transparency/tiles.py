"""The log of a matter as tiles (C2SP tlog-tiles): what programs that know no address of ours read it by."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.errors import NotFound
from consult.ledger.models import LedgerEntry, LedgerNode

WIDTH = 256
HEIGHT = 8
"""Levels of the tree that a tile stands for."""
LONGEST_ENTRY = 65_535
FARTHEST = 2**31
"""No log has so many entries."""
PATH = re.compile(
    r"(?P<level>entries|0|[1-9][0-9]?)/(?P<number>(?:x(?!000/)[0-9]{3}/(?:x[0-9]{3}/){0,2})?[0-9]{3})"
    r"(?:\.p/(?P<width>[1-9][0-9]{0,2}))?"
)


@dataclass(frozen=True)
class Tile:
    """A tile: `level` of tiles, None for a bundle of entries; which of that level; how many it holds, 256 when full."""

    level: int | None
    number: int
    width: int

    @property
    def start(self) -> int:
        """The index of what it holds first, among the hashes of its level or the entries."""
        return self.number * WIDTH


def tile_at(path: str) -> Tile:
    """The tile that the end of an address names (`0/x001/234.p/5`); NotFound for what names none."""
    found = PATH.fullmatch(path)
    if found is None:
        raise NotFound
    width = int(found["width"] or WIDTH)
    tile = Tile(
        None if found["level"] == "entries" else int(found["level"]),
        int(re.sub("[x/]", "", found["number"])),
        width,
    )
    fitting = found["width"] is None or width < WIDTH
    if not fitting or tile.start + WIDTH > FARTHEST or (tile.level or 0) > 63:
        raise NotFound
    return tile


def tiles_of(size: int) -> Iterator[tuple[Tile, str]]:
    """Every tile of a log of `size` entries, full or partial, with the end of its address behind its level."""
    for level in (None, *range(8)):
        count = size >> HEIGHT * (level or 0)
        for number in range(-(-count // WIDTH)):
            width = min(WIDTH, count - number * WIDTH)
            yield Tile(level, number, width), _address(number, width)


def _address(number: int, width: int) -> str:
    thousands = f"{number:09}"
    parts = [thousands[at : at + 3] for at in (0, 3, 6)]
    while len(parts) > 1 and parts[0] == "000":
        parts.pop(0)
    path = "/".join([*(f"x{part}" for part in parts[:-1]), parts[-1]])
    return path if width == WIDTH else f"{path}.p/{width}"


def content(session: Session, consultation_id: UUID, tile: Tile) -> bytes:
    """The bytes of a tile; NotFound while the log has not so much, and for a bundle with an entry that is longer than
    the format can say."""
    kept = _entries(session, consultation_id, tile) if tile.level is None else _hashes(session, consultation_id, tile)
    if len(kept) < tile.width or (tile.level is None and any(len(one) > LONGEST_ENTRY for one in kept)):
        raise NotFound
    return b"".join(len(one).to_bytes(2) + one if tile.level is None else one for one in kept)


def _hashes(session: Session, consultation_id: UUID, tile: Tile) -> list[bytes]:
    rows = session.scalars(
        select(LedgerNode.hash)
        .where(
            LedgerNode.consultation_id == consultation_id,
            LedgerNode.level == HEIGHT * (tile.level or 0),
            LedgerNode.index >= tile.start,
            LedgerNode.index < tile.start + tile.width,
        )
        .order_by(LedgerNode.index)
    )
    return list(rows)


def _entries(session: Session, consultation_id: UUID, tile: Tile) -> list[bytes]:
    rows = session.scalars(
        select(LedgerEntry.body)
        .where(
            LedgerEntry.consultation_id == consultation_id,
            LedgerEntry.index >= tile.start,
            LedgerEntry.index < tile.start + tile.width,
        )
        .order_by(LedgerEntry.index)
    )
    return [body.encode() for body in rows]
