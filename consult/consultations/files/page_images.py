"""Pictures of the pages of a PDF: drawn in the sandbox when first asked for, then kept as long as there is room."""

import base64
import logging
import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, BinaryIO

from consult import sandbox
from consult.errors import Refused
from consult.files.bounded_cache import BoundedCache
from consult.files.store import FileStore
from consult.sandbox import Limits, SandboxFailure

DRAWER = "consult.outline.pdf.images:picture"
LIMITS = Limits(memory=128 * 1024 * 1024, processor_seconds=8, seconds=12.0, answer=8 * 1024 * 1024, at_once=True)
AMPLE = replace(LIMITS, memory=512 * 1024 * 1024)
"""For the few pages that did not fit."""
_DID_NOT_FIT = frozenset({"too_much_memory", "damaged"})

log = logging.getLogger(__name__)


class Variant(StrEnum):
    """How large a picture is: to be read, or to look where something stands on a bad line."""

    FULL = "full"
    LIGHT = "light"


SIZES = {Variant.FULL: (1100, 65), Variant.LIGHT: (480, 30)}
"""Pixels across, and the quality of the compression."""


Sides = tuple[int, int, int, int]
"""Left, top, width and height of a part of a page, in thousandths of its sides."""

WHOLE = 1000
MARGIN = 15
"""So much is shown on every side of a part that was marked, in thousandths."""
PART_ACROSS, PART_QUALITY = 720, 40
"""As wide as a telephone shows it sharply."""
LARGEST_SCALE = 2.5
"""Pixels for a point: letters of a small part are not blown up any more."""


@dataclass(frozen=True)
class Part:
    """A part of a page as it is drawn: its sides on the page, and its size in pixels."""

    sides: Sides
    across: int
    down: int


def part_around(box: Sequence[int], width: float, height: float) -> Part:
    """What is drawn for `box` (in thousandths) on a page of this size in points: a little more on every side, and at
    least half as wide as high, so that neither is a sliver."""
    top, bottom = _widened(box[1], box[3], 0)
    left, right = _widened(box[0], box[2], round((bottom - top) * height / width / 2))
    points_across, points_down = (right - left) * width / WHOLE, (bottom - top) * height / WHOLE
    across = max(1, min(PART_ACROSS, round(points_across * LARGEST_SCALE)))
    return Part((left, top, right - left, bottom - top), across, max(1, round(across * points_down / points_across)))


def _widened(start: int, length: int, least: int) -> tuple[int, int]:
    """Where a side begins and ends that is a margin longer at both ends, and at least so long, within the page."""
    wanted = min(WHOLE, max(length + 2 * MARGIN, least))
    begin = min(max(0, start - (wanted - length) // 2), WHOLE - wanted)
    return begin, begin + wanted


@dataclass(frozen=True)
class PageImages:
    """Draws from `files`, keeps in `kept`; only so many pictures at once as there is `room` for in this process."""

    files: FileStore
    kept: BoundedCache
    room: threading.Semaphore

    def of(self, file_hash: str, page: int, variant: Variant, turned: int = 0) -> "PageImage":
        """The picture of page `page` (from 1) of a file, `turned` by so many degrees clockwise."""
        across, quality = SIZES[variant]
        name = _name(file_hash, page, variant.value, turned)
        return PageImage(self, file_hash, page, across, quality, name, turned=turned)

    def of_part(self, file_hash: str, page: int, part: Part, turned: int = 0) -> "PageImage":
        """The picture of a part of a page."""
        name = _name(file_hash, page, "-".join(map(str, part.sides)), turned)
        return PageImage(self, file_hash, page, part.across, PART_QUALITY, name, part.sides, turned)


def _name(file_hash: str, page: int, what: str, turned: int) -> str:
    return f"{file_hash}-{page}-{what}{f'-turned-{turned}' if turned else ''}.webp"


@dataclass(frozen=True)
class PageImage:
    """One picture, `across` pixels wide; the same file, page and size are the same picture, by `name`, for ever."""

    images: PageImages
    file_hash: str
    page: int
    across: int
    quality: int
    name: str
    part: Sides = (0, 0, WHOLE, WHOLE)
    turned: int = 0

    def found(self) -> bytes | None:
        """The picture if it was drawn already; nothing at all (b"") of a page that cannot be drawn."""
        return self.images.kept.get(self.name)

    def draw(self) -> bytes:
        """Draws and keeps the picture, or that there is none (b""). Raises Refused while there is no room to draw,
        without waiting for it, and DamagedFile for a file that is not what it was."""
        if not self.images.room.acquire(blocking=False):
            raise Refused("too_many")
        try:
            return self._drawn()
        finally:
            self.images.room.release()

    def _drawn(self) -> bytes:
        try:
            with self.images.files.opened(self.file_hash) as file:
                image = self._seen_in(file)
        except SandboxFailure as failure:
            if failure.blameless:
                raise Refused("too_many") from failure
            log.info("page %s of %s was not drawn: %s", self.page, self.file_hash, failure)
            image = b""
        self.images.kept.put(self.name, image)
        return image

    def _seen_in(self, file: BinaryIO) -> bytes:
        """The picture out of the sandbox; what does not fit has another try where more fits."""
        wanted = (DRAWER, self.page, self.across, "webp", self.quality, self.part, self.turned)
        try:
            drawn: Any = sandbox.run(*wanted, data=file, limits=LIMITS)
        except SandboxFailure as failure:
            if failure.code not in _DID_NOT_FIT:
                raise
            drawn = sandbox.run(*wanted, data=file, limits=AMPLE)
        return base64.b64decode(drawn["image"])


def height_of(width: float, height: float, across: int = SIZES[Variant.LIGHT][0]) -> int:
    """How many pixels high a picture is that is `across` wide; 0 for a page without a size."""
    return round(across * height / width) if width > 0 else 0
