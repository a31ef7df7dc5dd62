"""Pictures of the pages of a PDF: drawn in the sandbox when first asked for, then kept as long as there is room."""

import base64
import logging
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from consult import sandbox
from consult.errors import Refused
from consult.files.disposable import DisposableFiles
from consult.files.store import FileStore
from consult.sandbox import NO_PLACE, Limits, SandboxFailure

DRAWER = "consult.outline.pdf_images:picture"
LIMITS = Limits(processor_seconds=8, seconds=12.0, answer=8 * 1024 * 1024)

log = logging.getLogger(__name__)


class Variant(StrEnum):
    """How large a picture is: to be read, or to look where something stands on a bad line."""

    FULL = "full"
    LIGHT = "light"


SIZES = {Variant.FULL: (1100, 65), Variant.LIGHT: (480, 30)}
"""Pixels across, and the quality of the compression."""


@dataclass(frozen=True)
class PageImages:
    """Draws from `files`, keeps in `kept`."""

    files: FileStore
    kept: DisposableFiles

    def of(self, file_hash: str, page: int, variant: Variant) -> "PageImage":
        """The picture of page `page` (from 1) of a file."""
        across, quality = SIZES[variant]
        return PageImage(self, file_hash, page, across, quality, f"{file_hash}-{page}-{variant.value}.webp")


@dataclass(frozen=True)
class PageImage:
    """One picture, `across` pixels wide; the same file, page and size are the same picture, by `name`, for ever."""

    images: PageImages
    file_hash: str
    page: int
    across: int
    quality: int
    name: str

    def found(self) -> bytes | None:
        """The picture if it was drawn already; nothing at all (b"") of a page that cannot be drawn."""
        return self.images.kept.get(self.name)

    def draw(self) -> bytes:
        """Draws and keeps the picture, or that there is none (b""). Raises Refused while there is no room to draw."""
        file = self.images.files.path(self.file_hash)
        try:
            drawn: Any = sandbox.run(DRAWER, self.page, self.across, "webp", self.quality, data=file, limits=LIMITS)
            image = base64.b64decode(drawn["image"])
        except SandboxFailure as failure:
            if failure.detail == NO_PLACE:
                raise Refused("too_many") from failure
            log.info("page %s of %s was not drawn: %s", self.page, self.file_hash, failure)
            image = b""
        self.images.kept.put(self.name, image)
        return image


def height_of(width: float, height: float, across: int = SIZES[Variant.LIGHT][0]) -> int:
    """How many pixels high a picture is that is `across` wide; 0 for a page without a size."""
    return round(across * height / width) if width > 0 else 0
