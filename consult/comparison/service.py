"""From two trees of provisions to what became of each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Any

from consult.comparison.results import Comparison, Match


def compare(old: Sequence[dict[str, Any]], new: Sequence[dict[str, Any]]) -> Comparison:
    """What became of every provision of `old` in `new`; both as `outline --json` prints its `provisions`."""
    before = {node["path"]: node for node in _walk(old)}
    after = {node["path"]: node for node in _walk(new)}
    matches = tuple(_match(path, before[path], after[path]) for path in before if path in after)
    return Comparison(
        matches,
        tuple(path for path in after if path not in before),
        tuple(path for path in before if path not in after),
    )


def _match(path: str, old: dict[str, Any], new: dict[str, Any]) -> Match:
    words, others = _words(old), _words(new)
    if words == others:
        return Match(path, path, "unchanged", 1.0)
    return Match(path, path, "changed", SequenceMatcher(None, words, others, autojunk=False).ratio())


def _words(node: dict[str, Any]) -> list[str]:
    cells = " ".join(cell["text"] for row in node.get("rows", []) for cell in row)
    return f"{node['heading']} {node['text']} {cells}".split()


def _walk(nodes: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for node in nodes:
        yield node
        for row in node.get("rows", []):
            for cell in row:
                yield from _walk(cell["children"])
        yield from _walk(node["children"])
