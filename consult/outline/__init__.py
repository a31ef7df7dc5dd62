"""A library of its own: a file becomes a tree of provisions with stable paths.

It knows neither Flask nor a database. `outline_of` turns what a reader read into an `Outline`; `read_outline` does both
steps, from bytes to plain data, and is what the sandboxed process runs. The readers bring lxml and pdfium with them, so
`read_outline` is imported only when it is asked for: `from consult.outline import Outline` stays light.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

from consult.outline.blocks import Unreadable
from consult.outline.build import outline_of
from consult.outline.tree import Node, Outline, OutlineWarning, TableCell

__all__ = ["Node", "Outline", "OutlineWarning", "TableCell", "Unreadable", "outline_of", "read_outline"]


def __getattr__(name: str) -> Any:
    if name == "read_outline":
        return import_module("consult.outline.entry").read_outline
    raise AttributeError(name)
