"""Pictures of the pages of a PDF: drawn in the sandbox when first asked for, then kept as long as there is room."""

import base64
import logging
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from consult import sandbox
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


class Busy(Exception):
    """There is no room to draw now; the next moment there may be."""


@dataclass(frozen=True)
class PageImages:
    """Draws from `files`, keeps in `kept`."""

    files: FileStore
    kept: DisposableFiles

    def found(self, file_hash: str, page: int, variant: Variant) -> bytes | None:
        """The picture if it was drawn already; nothing at all (b"") of a page that cannot be drawn."""
        return self.kept.get(name_of(file_hash, page, variant))

    def draw(self, file_hash: str, page: int, variant: Variant) -> bytes:
        """Draws page `page` (from 1) and keeps the picture, or that there is none (b""). Raises Busy."""
        width, quality = SIZES[variant]
        try:
            drawn: Any = sandbox.run(
                DRAWER, page, width, "webp", quality, data=self.files.path(file_hash), limits=LIMITS
            )
            image = base64.b64decode(drawn["image"])
        except SandboxFailure as failure:
            if failure.detail == NO_PLACE:
                raise Busy from failure
            log.info("page %s of %s was not drawn: %s", page, file_hash, failure)
            image = b""
        self.kept.put(name_of(file_hash, page, variant), image)
        return image


def name_of(file_hash: str, page: int, variant: Variant) -> str:
    """The name of a picture: the same file, page and size are the same picture for ever."""
    return f"{file_hash}-{page}-{variant.value}.webp"


def height_of(width: float, height: float, across: int = SIZES[Variant.LIGHT][0]) -> int:
    """How many pixels high a picture is that is `across` wide; 0 for a page without a size."""
    return round(across * height / width) if width > 0 else 0
