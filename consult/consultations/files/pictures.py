"""The pictures in the text of a Word file: painted anew in the sandbox, kept in the store, shown where they stand."""

import base64
import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from consult import sandbox
from consult.consultations.files import metafiles
from consult.files.store import FileStore
from consult.sandbox import Data, Limits, SandboxFailure

PAINTER = "consult.outline.docx.images:painted"
LIMITS = Limits(processor_seconds=20, seconds=30.0)
AT_ONCE = 6
MOST = 400
"""Pictures of one file; a report with more has some in its file only, and says so."""

NOT_SHOWN = "picture_not_shown"
NAME_LENGTH = 24
"""So much of a picture's content hash is its name within a document."""

log = logging.getLogger(__name__)

Nodes = Sequence[Mapping[str, Any]]


def keep(data: Data, nodes: Nodes, files: FileStore) -> tuple[list[str], list[dict[str, str]]]:
    """Keeps the pictures of a tree that was read from `data`, and tells each node its file and size. Gives the files,
    and a doubt for every place whose picture cannot be shown. Raises SandboxFailure only when nothing could be looked
    at."""
    shown = [node for node in _every(nodes) if (node.get("picture") or {}).get("part")]
    parts = list(dict.fromkeys(node["picture"]["part"] for node in shown))
    painted: dict[str, Any] = {part: {"refused": f"more than {MOST} pictures"} for part in parts[MOST:]}
    for start in range(0, min(len(parts), MOST), AT_ONCE):
        painted |= _painted(data, parts[start : min(start + AT_ONCE, MOST)])
    painted |= metafiles.drawn(data, [part for part in parts if painted[part].get("metafile")])
    doubts = []
    kept: dict[str, str] = {}
    for node in shown:
        part = node["picture"]["part"]
        told = painted[part]
        if "image" not in told:
            message = f"{part[-80:]}: {told['refused']}, not shown"
            doubts.append({"code": told.get("code", NOT_SHOWN), "path": node["path"], "message": message})
            continue
        if part not in kept:
            kept[part] = files.put(base64.b64decode(told["image"]))
        node["picture"].update(file=kept[part], width=told["width"], height=told["height"])
    return sorted(set(kept.values())), doubts


def _painted(data: Data, parts: Sequence[str]) -> dict[str, Any]:
    """Some pictures; when they bring the painter down, each by itself, so that it costs one."""
    try:
        told: Any = sandbox.run(PAINTER, parts, data=data, limits=LIMITS)
    except SandboxFailure as failure:
        if failure.blameless:
            raise
        log.info("%s pictures were not painted: %s", len(parts), failure)
        if len(parts) == 1:
            return {parts[0]: {"refused": failure.code.replace("_", " ")}}
        return {name: one for part in parts for name, one in _painted(data, [part]).items()}
    return dict(told)


def _every(nodes: Nodes) -> Iterator[Mapping[str, Any]]:
    """Every node, those in the cells of tables too."""
    for node in nodes:
        yield node
        for row in node.get("rows") or ():
            for cell in row:
                yield from _every(cell["children"])
        yield from _every(node["children"])


@dataclass(frozen=True)
class KeptPicture:
    """A picture of a text as the site hands it out; it is not drawn again, for it is there."""

    files: FileStore
    file_hash: str

    @property
    def name(self) -> str:
        """Tells it from all others, for ever."""
        return f"{self.file_hash}.webp"

    def found(self) -> bytes:
        """Its bytes. Raises DamagedFile."""
        return self.files.get(self.file_hash)

    def draw(self) -> bytes:
        """The same: there is nothing to be drawn."""
        return self.found()


def named(pictures: Sequence[str], name: str) -> str | None:
    """The one among the files of a revision's `pictures` that an address names; None when there is none."""
    return next((one for one in pictures if name == one[:NAME_LENGTH]), None)
