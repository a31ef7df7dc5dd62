"""How good a grouping is beside a known one: B³, counted for every row."""

from collections import Counter
from collections.abc import Sequence
from typing import Any


def b_cubed(truth: Sequence[Any], found: Sequence[Any]) -> tuple[float, float, float]:
    """Precision, recall and F."""
    true, made, both = Counter(truth), Counter(found), Counter(zip(truth, found, strict=True))
    pairs = list(zip(truth, found, strict=True))
    precision = sum(both[pair] / made[pair[1]] for pair in pairs) / len(pairs)
    recall = sum(both[pair] / true[pair[0]] for pair in pairs) / len(pairs)
    return precision, recall, 2 * precision * recall / (precision + recall)
