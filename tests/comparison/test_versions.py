"""One law as it was consolidated in 2021 and in 2024, worked out by hand.

Between the two only one law touched it, and added one point: điểm c khoản 4 Điều 12. Every other article, clause and
point has the same words; the number of nearly every note changed, and all pages are broken elsewhere. Khoản 4 Điều 19
stands in two paragraphs in the first file and in one in the second.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from consult.comparison import Comparison, compare
from consult.outline.entry import read_outline

pytestmark = pytest.mark.real

FILES = (
    "legal/versions/van-ban-hop-nhat-so-28-vbhn-vpqh-33444.txt",
    "legal/versions/van-ban-hop-nhat-so-47-vbhn-vpqh-41398.txt",
)
OF_THE_LAW = {"chapter": 10, "article": 55, "clause": 216, "point": 107}


def flat(nodes: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Every provision by its path."""
    return {node["path"]: node for one in nodes for node in [one, *flat(one["children"]).values()]}


@pytest.fixture(scope="module")
def versions(samples: Path) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The provisions of both."""
    first, second = (read_outline((samples / name).read_bytes(), name)["provisions"] for name in FILES)
    return first, second


@pytest.fixture(scope="module")
def found(versions: tuple[list[dict[str, Any]], list[dict[str, Any]]]) -> Comparison:
    """What the comparison says."""
    return compare(*versions)


def test_the_law_itself(versions: tuple[list[dict[str, Any]], list[dict[str, Any]]], found: Comparison) -> None:
    old, new = flat(versions[0]), flat(versions[1])
    assert [path for path in found.added if new[path]["kind"] in OF_THE_LAW] == ["d12.k4.pc"]
    assert new["d12.k4.pc"]["text"].endswith("Người tham gia lực lượng tham gia bảo vệ an ninh, trật tự ở cơ sở.")
    assert [path for path in found.removed if old[path]["kind"] in OF_THE_LAW] == []
    inside = [match for match in found.matches if old[str(match.old)]["kind"] in OF_THE_LAW]
    assert Counter(old[str(match.old)]["kind"] for match in inside) == OF_THE_LAW
    assert all(match.old == match.new for match in inside)
    assert [(match.old, match.kind) for match in inside if match.kind != "unchanged"] == [("d19.k4", "merged")]
    assert all(match.similarity == 1 for match in inside if match.kind == "unchanged")


def test_the_preamble_tells_of_the_law_that_was_added(
    versions: tuple[list[dict[str, Any]], list[dict[str, Any]]], found: Comparison
) -> None:
    added = [flat(versions[1])[path]["text"] for path in found.added if path.startswith("x")]
    assert len(added) == 2
    assert added[0].startswith("Luật Lực lượng tham gia bảo vệ an ninh, trật tự ở cơ sở số 30/2023/QH15")


def test_pages_that_are_broken_elsewhere_are_no_change(
    versions: tuple[list[dict[str, Any]], list[dict[str, Any]]], found: Comparison
) -> None:
    old = flat(versions[0])
    headers = [m for m in found.matches if old[str(m.old)]["text"].startswith("CÔNG BÁO/Số")]
    assert len(headers) > 35
    assert {match.kind for match in headers} == {"unchanged"}
    notes = [match for match in found.matches if old[str(match.old)]["kind"] == "footnote"]
    assert Counter(match.kind for match in notes)["unchanged"] > 45
