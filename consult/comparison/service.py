"""From two trees of provisions to what became of each."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

from consult.comparison.aligning import align, align_all
from consult.comparison.anchors import pair_unique
from consult.comparison.containers import pair_holders
from consult.comparison.dividing import divided
from consult.comparison.moving import pair_moved, pair_same_path
from consult.comparison.naming import Naming
from consult.comparison.pairing import Pairing
from consult.comparison.results import Comparison
from consult.comparison.trees import Tree, Vocabulary

Nodes = Sequence[dict[str, Any]]


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
    pair_all(pairing)
    split = divided(pairing)
    told = {one for one, _ in split}
    known = {other for _, other in split} | {pairing.to_new[one] for one in told if one in pairing.to_new}
    # A provision is split or merged, never both.
    merged = [(one, other) for other, one in divided(pairing.mirrored()) if one not in told and other not in known]
    return Naming(pairing, split, merged)


def pair_all(pairing: Pairing) -> None:
    """All pairs of one with one, the surest first."""
    if pairing.old.items[0].form == pairing.new.items[0].form:
        pairing.pair_whole(0, 0)
    pair_unique(pairing)
    pair_holders(pairing)
    align_all(pairing)
    pair_moved(pairing)
    pair_holders(pairing)
    pair_same_path(pairing)
    align_all(pairing)
    for aside in ("page", "note"):
        align(pairing, pairing.old.asides(aside), pairing.new.asides(aside))


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
