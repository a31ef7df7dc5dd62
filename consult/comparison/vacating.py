"""A number that is kept while its words were taken out: "Điều 5. (bãi bỏ)" is what became of Điều 5."""

from __future__ import annotations

from collections.abc import Sequence

from consult.comparison.aligning import gaps
from consult.comparison.pairing import Pairing
from consult.comparison.trees import FlatProvision


def pair_vacated(pairing: Pairing, split: set[int], merged: set[int]) -> None:
    """Pair vacant numbers with what stood there, in the same place between pairs that are sure; not with what is known
    to be `split`, or `merged`, into others."""
    for one, other in sorted(pairing.to_new.items()):
        old, new = pairing.old.flow(one), pairing.new.flow(other)
        if any(pairing.old.items[i].vacant for i in old) or any(pairing.new.items[i].vacant for i in new):
            for before, after in list(gaps(pairing, old, new)):
                _fill(
                    pairing,
                    [pairing.old.items[i] for i in before if i not in split],
                    [pairing.new.items[i] for i in after if i not in merged],
                )


def _fill(pairing: Pairing, old: Sequence[FlatProvision], new: Sequence[FlatProvision]) -> None:
    for kind in {item.kind for item in (*old, *new) if item.vacant}:
        olds, news = [item for item in old if item.kind == kind], [item for item in new if item.kind == kind]
        _pair(pairing, [item for item in olds if not item.vacant], [item for item in news if item.vacant])
        _pair(pairing, [item for item in olds if item.vacant], [item for item in news if not item.vacant])


def _pair(pairing: Pairing, old: Sequence[FlatProvision], new: Sequence[FlatProvision]) -> None:
    """One by one where there are as many as were taken out; else by their numbers."""
    if len(old) == len(new):
        pairs = list(zip(old, new, strict=True))
    else:
        labels = {item.label: item for item in new}
        pairs = [(item, labels[item.label]) for item in old if item.label in labels]
    for one, other in pairs:
        pairing.pair(one.index, other.index)
