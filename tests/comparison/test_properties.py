"""What is true of any two trees: everybody is told of once, and either direction tells the same."""

from __future__ import annotations

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from consult.comparison import Comparison, Match, compare
from consult.consultations.words import MatchKind
from consult.outline import outline_of
from tests.comparison.texts import LAW, Nodes
from tests.outline.outlines import source

OWN = [line for line in LAW.split("\n") if line]
MIRRORED = {"split": "merged", "merged": "split"}
WORDS = st.sampled_from(
    (
        "Điều 9. Khác", "Điều 1. Phạm vi", "1. Có;", "2. Có;", "a) Có;", "b) Không;", "Có", "Chương IV", "MỤC", "",
        "PHỤ LỤC I", "Mẫu số 01", "“Điều 5a. Trích", "hết”.", "44", "CÔNG BÁO/Số 1/Ngày 1-1-2026", "16 Điều này",
    )
)  # fmt: skip


@st.composite
def drafts(draw: st.DrawFn) -> Nodes:
    """A tree of lines of the law, in some order, among others."""
    start = draw(st.integers(0, len(OWN)))
    lines = OWN[start : draw(st.integers(start, len(OWN)))]
    for _ in range(draw(st.integers(0, 8))):
        place = draw(st.integers(0, len(lines)))
        line = draw(WORDS) or draw(st.sampled_from(OWN))
        if draw(st.booleans()):
            lines.insert(place, line)
        else:
            lines[place : place + 1] = [line]
    return outline_of(source(*lines)).to_json()["provisions"]


def paths(nodes: Nodes) -> list[str]:
    """Every path of a tree in the order of reading."""
    found: list[str] = []
    for node in nodes:
        cells = [child for row in node.get("rows", []) for cell in row for child in cell["children"]]
        found += [node["path"], *paths(cells), *paths(node["children"])]
    return found


def check(old: Nodes, new: Nodes) -> Comparison:
    """The comparison, with all that must be true of any."""
    found = compare(old, new)
    before, after = paths(old), paths(new)
    kinds = {match.kind for match in found.matches}
    assert kinds <= {str(kind) for kind in MatchKind} - {"added", "removed"}
    assert sorted({str(match.old) for match in found.matches} | set(found.removed)) == sorted(before)
    assert sorted({str(match.new) for match in found.matches} | set(found.added)) == sorted(after)
    assert not {match.old for match in found.matches} & set(found.removed)
    assert not {match.new for match in found.matches} & set(found.added)
    for match in found.matches:
        assert 0 <= match.similarity <= 1
        assert match.similarity == 1 or match.kind in ("changed", "split", "merged")
        assert match.kind != "unchanged" or match.similarity == 1
        assert match.kind != "changed" or match.similarity < 1
    olds = Counter(match.old for match in found.matches if match.kind != "split")
    news = Counter(match.new for match in found.matches if match.kind != "merged")
    assert set(olds.values()) | set(news.values()) <= {1}
    assert all(n > 1 for n in Counter(m.old for m in found.matches if m.kind == "split").values())
    assert all(n > 1 for n in Counter(m.new for m in found.matches if m.kind == "merged").values())
    in_order = [(before.index(str(match.old)), after.index(str(match.new))) for match in found.matches]
    assert in_order == sorted(in_order)
    assert [before.index(path) for path in found.removed] == sorted(before.index(path) for path in found.removed)
    assert [after.index(path) for path in found.added] == sorted(after.index(path) for path in found.added)
    return found


def mirrored(match: Match) -> Match:
    """The same pair seen from the other side."""
    return Match(match.new, match.old, MIRRORED.get(match.kind, match.kind), match.similarity)


@settings(max_examples=250, deadline=None)
@given(drafts(), drafts())
def test_everybody_is_told_of_and_either_direction_tells_the_same(old: Nodes, new: Nodes) -> None:
    there, back = check(old, new), check(new, old)
    assert (there.added, there.removed) == (back.removed, back.added)
    assert {mirrored(match) for match in there.matches} == set(back.matches)


@settings(max_examples=60, deadline=None)
@given(drafts())
def test_a_tree_and_itself(nodes: Nodes) -> None:
    found = check(nodes, nodes)
    assert not found.added and not found.removed
    assert all(match.old == match.new and match.kind == "unchanged" for match in found.matches)
