"""From two trees of provisions to what became of each."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from typing import Any

from consult.comparison.aligning import align, align_all, pair_asides
from consult.comparison.anchors import pair_unique
from consult.comparison.containers import pair_holders
from consult.comparison.dividing import divided, divided_with_contents
from consult.comparison.moving import pair_alike, pair_common, pair_equal, pair_same_path
from consult.comparison.naming import Naming
from consult.comparison.pairing import Pairing
from consult.comparison.results import Comparison
from consult.comparison.trees import Tree, Vocabulary
from consult.comparison.vacating import pair_vacated

Nodes = Sequence[dict[str, Any]]
Pairs = list[tuple[int, int]]


def compare(old: Nodes, new: Nodes) -> Comparison:
    """What became of every provision of `old` in `new`; both as `outline --json` prints its `provisions`.

    Which of the two is older makes no difference to who is paired with whom: `compare(a, b)` mirrors `compare(b, a)`.
    """
    if _signature(old) <= _signature(new):
        return _named(old, new).comparison()
    return _named(new, old).mirrored()


def _named(old: Nodes, new: Nodes) -> Naming:
    vocabulary = Vocabulary()
    pairing = Pairing(Tree(old, vocabulary), Tree(new, vocabulary))
    _pair_what_is_sure(pairing)
    split, merged = _both_ways(pairing, divided, [])
    _pair_what_is_left(pairing, {other for _, other in split}, {one for one, _ in merged})
    split_whole, merged_whole = _both_ways(pairing, divided_with_contents, split + merged)
    return Naming(pairing, split + split_whole, merged + merged_whole)


def _pair_what_is_sure(pairing: Pairing) -> None:
    if pairing.old.items[0].form == pairing.new.items[0].form:
        pairing.pair_whole(0, 0)
    pair_unique(pairing)
    pair_holders(pairing)
    align_all(pairing)
    _align_parts(pairing)
    pair_equal(pairing)
    pair_common(pairing)
    pair_holders(pairing)
    pair_same_path(pairing)
    align_all(pairing)


def _align_parts(pairing: Pairing) -> None:
    """Pair what stands in provisions that were made two, or one, as far as that is seen by now."""
    parts = divided_with_contents(pairing)
    parts += [(one, other) for other, one in divided_with_contents(pairing.mirrored())]
    for one, other in parts:
        align(pairing, pairing.old.flow(one), pairing.new.flow(other))


def _pair_what_is_left(pairing: Pairing, heirs: set[int], forebears: set[int]) -> None:
    pair_alike(pairing, heirs, forebears)
    align_all(pairing)
    pair_common(pairing)
    _align_parts(pairing)
    pair_vacated(pairing, forebears, heirs)
    pair_asides(pairing)


def _both_ways(pairing: Pairing, divide: Callable[[Pairing], Pairs], known: Pairs) -> tuple[Pairs, Pairs]:
    """What was split and what was merged, beside what is known: a provision is one of them, never both."""
    olds, news = {one for one, _ in known}, {other for _, other in known}
    split = [(one, other) for one, other in divide(pairing) if one not in olds and other not in news]
    olds |= {one for one, _ in split}
    news |= {other for _, other in split} | {pairing.to_new[one] for one in olds if one in pairing.to_new}
    merged = [(one, other) for other, one in divide(pairing.mirrored())]
    return split, [(one, other) for one, other in merged if one not in olds and other not in news]


def _signature(nodes: Nodes) -> bytes:
    """The same for the same tree: which of two comes first when they are compared."""
    found = hashlib.sha256()
    waiting = list(reversed(nodes))
    while waiting:
        node = waiting.pop()
        cells = [cell for row in node.get("rows", ()) for cell in row]
        texts = [node["path"], node["heading"], node["text"], *(cell["text"] for cell in cells)]
        found.update("\0".join(texts).encode("utf-8", "surrogatepass"))
        waiting += reversed([child for cell in cells for child in cell["children"]] + list(node["children"]))
    return found.digest()
