"""Drawings of Windows in a Word file (WMF, EMF): drawn by LibreOffice in the sandbox, where it is installed."""

import base64
import logging
from collections.abc import Sequence
from typing import Any

from consult import sandbox
from consult.sandbox import Data, Limits, SandboxFailure, conversion

LAYER_OUT = "consult.outline.docx.metafiles:as_document"
CUTTER = "consult.outline.docx.images:cut_out"
LIMITS = Limits(processor_seconds=20, seconds=30.0)
AT_ONCE = 20
MOST = 100
"""Drawings of one file: each twenty of them take LibreOffice some seconds."""

NO_PROGRAM = "metafile_not_shown"
"""The code of the doubt about a drawing that only lacks the program."""

log = logging.getLogger(__name__)


def drawn(data: Data, parts: Sequence[str]) -> dict[str, Any]:
    """By the name of each part its picture, or why there is none, as the painter of pictures gives them. Raises
    SandboxFailure only when nothing could be looked at."""
    if conversion.program() is None:
        missing = {"refused": "a drawing of Windows; LibreOffice is not installed here", "code": NO_PROGRAM}
        return dict.fromkeys(parts, missing)
    found: dict[str, Any] = {part: {"refused": f"more than {MOST} drawings of Windows"} for part in parts[MOST:]}
    waiting = [parts[start : min(start + AT_ONCE, MOST)] for start in range(0, min(len(parts), MOST), AT_ONCE)]
    while waiting:
        some = waiting.pop()
        try:
            found |= dict(zip(some, _drawn(data, some), strict=True))
        except SandboxFailure as failure:
            if failure.blameless:
                raise
            log.info("%s drawings of Windows were not drawn: %s", len(some), failure)
            found |= dict.fromkeys(some, {"refused": "a drawing of Windows that LibreOffice cannot draw"})
            if failure.code == "too_slow":
                break
            # One that brings the program down costs no other.
            half = len(some) // 2
            waiting += [some[:half], some[half:]] if half else []
    rest = [part for some in waiting for part in some]
    return {**found, **dict.fromkeys(rest, {"refused": "drawings of Windows take too long here"})}


def _drawn(data: Data, parts: Sequence[str]) -> list[dict[str, Any]]:
    laid_out: Any = sandbox.run(LAYER_OUT, parts, data=data, limits=LIMITS)
    file = conversion.as_pdf(base64.b64decode(laid_out["document"]))
    pictures: Any = sandbox.run(CUTTER, data=file, limits=LIMITS)
    if len(pictures) != len(parts):
        raise SandboxFailure("damaged", f"{len(pictures)} pages for {len(parts)} drawings")
    return list(pictures)
