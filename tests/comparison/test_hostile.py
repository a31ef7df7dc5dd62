"""Trees that nobody would write: they are compared too, and come to an end."""

from __future__ import annotations

import random
from collections import Counter
from typing import Any

from consult.comparison import compare

Nodes = list[dict[str, Any]]
MANY = 20_000


def node(path: str, text: str, children: Nodes | None = None, kind: str = "clause") -> dict[str, Any]:
    """A provision made by hand."""
    return {
        "path": path,
        "kind": kind,
        "label": path.rsplit(".", 1)[-1][1:],
        "marker": "",
        "marker_auto": False,
        "heading": "",
        "text": text,
        "children": children or [],
    }


def counts(old: Nodes, new: Nodes) -> tuple[Counter[str], int, int]:
    """How many pairs of each kind there are, how many were added and removed."""
    found = compare(old, new)
    return Counter(match.kind for match in found.matches), len(found.added), len(found.removed)


def test_thousands_of_the_same_clause() -> None:
    same = [node(f"k{number}", "Có;") for number in range(MANY)]
    assert counts(same, same) == (Counter(unchanged=MANY), 0, 0)
    assert counts(same, same[:-7]) == (Counter(unchanged=MANY - 7), 0, 7)
    other = [*same[:9000], *(node(f"k{number}", "Không.") for number in range(9000, 9050)), *same[9050:]]
    assert counts(same, other) == (Counter(unchanged=MANY - 50), 50, 50)


def test_thousands_of_clauses_with_nothing_in_common() -> None:
    chance = random.Random(1)
    first = [node(f"k{n}", " ".join(chance.choices("abcdefghiklmnopq", k=12))) for n in range(5000)]
    other = [node(f"k{n}", " ".join(chance.choices("abcdefghiklmnopq", k=12))) for n in range(5000)]
    kinds, added, removed = counts(first, other)
    assert added == removed == 5000 - kinds.total()


def test_one_giant_clause() -> None:
    words = [f"từ{number % 900}" for number in range(120_000)]
    old = [node("k1", " ".join(words))]
    new = [node("k1", " ".join(words[:60_000] + ["khác"] + words[60_001:]))]
    found = compare(old, new)
    assert [match.kind for match in found.matches] == ["changed"]
    assert 0.99 < found.matches[0].similarity < 1
    assert counts(old, [node("k1", " ".join(reversed(words)))])[0].total() <= 1


def test_a_tree_as_deep_as_a_well() -> None:
    def well(last: str) -> Nodes:
        inside = node("a0", last)
        for depth in range(1, 3000):
            inside = node(f"a{depth}", f"bậc {depth}", [inside])
        return [inside]

    assert counts(well("đáy"), well("đáy")) == (Counter(unchanged=3000), 0, 0)
    kinds, added, removed = counts(well("đáy"), well("nước"))
    assert (kinds["unchanged"], kinds.total() + added) == (2999, 3000)
    assert added == removed


def test_provisions_without_words() -> None:
    empty = [node(f"q{number}", "", [node(f"q{number}.x1", "")], "quoted") for number in range(50)]
    assert counts(empty, empty) == (Counter(unchanged=100), 0, 0)
    assert counts(empty, empty[:40]) == (Counter(unchanged=80), 0, 20)


def test_strange_characters() -> None:
    strange = "\ud800 \x00 \u202e 1.1.1.1 " + "\u0301" * 1000 + "𝔄" * 50
    assert counts([node("k1", strange)], [node("k1", strange)]) == (Counter(unchanged=1), 0, 0)
