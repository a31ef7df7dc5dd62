"""Outlines of small texts written for the tests."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from consult.outline import Node, Outline, outline_of
from consult.outline.blocks import Block, Paragraph, Source


def paragraph(line: str) -> Paragraph:
    """A paragraph; "!" in front makes it bold, "^" bold and centred, "#" and "##" a heading of that level."""
    if line.startswith("!"):
        return Paragraph(line[1:], bold=True)
    if line.startswith("^"):
        return Paragraph(line[1:], bold=True, centred=True)
    level = len(line) - len(line.lstrip("#"))
    return Paragraph(line[level:].strip(" "), heading_level=level or None)


def source(*blocks: str | Block) -> Source:
    """What a reader would have read; texts are written as for `paragraph`."""
    made = tuple(paragraph(block) if isinstance(block, str) else block for block in blocks)
    return Source(made, (), "text/plain")


def outline(*blocks: str | Block) -> Outline:
    """The outline of these blocks."""
    return outline_of(source(*blocks))


def automatic(marker: str, text: str, level: int = 0) -> Paragraph:
    """A paragraph whose number Word supplied."""
    return replace(Paragraph(text), marker=marker, marker_level=level)


def paths(outlined: Outline, *kinds: str) -> list[str]:
    """The paths of all nodes, or of those kinds, in the order of reading."""
    return [node.path for node in outlined.walk() if not kinds or node.kind in kinds]


def codes(outlined: Outline) -> list[tuple[str, str]]:
    """The warnings, as code and path; that a small text has no title is left out."""
    return [(warning.code, warning.path) for warning in outlined.warnings if warning.code != "no_title"]


def at(outlined: Outline, path: str) -> Node:
    """The node at a path, which must be there."""
    node = outlined.find(path)
    assert node is not None, f"{path} not among {paths(outlined)}"
    return node


def squeezed(texts: Iterable[str]) -> str:
    """Texts without any white space."""
    return "".join("".join(text.split()) for text in texts)
