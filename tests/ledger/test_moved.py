"""Comments that stand elsewhere than they were received with: what follows from the entries, and what a verifier finds
wrong."""

from types import ModuleType
from typing import Any

import pytest

from consult.ledger import comment_entries, entries
from consult.ledger.commitment import move_hash
from tests.ledger.fake_site import NOW, FakeSite
from tests.ledger.test_verifier_hostile import outcome

OPEN, ANSWERED = 4, 1
WHY = "Ý kiến nói về Điều 3."
THERE = {"document": 1, "revision": 1, "path": "d3", "page": None, "quote": False}


def moved(number: int = OPEN, place: int = 2, path: str | None = "d3") -> entries.Act:
    """An entry that moves a comment."""
    anchor = entries.Anchor(1, 1, path) if path else None
    return comment_entries.moved(number, place, anchor, move_hash(number, place, WHY))


def told(place: int = 2, **other: Any) -> dict[str, Any]:
    """How the API tells of it."""
    return {"place": place, "anchor": THERE, "label": "Điều 3", "reason": WHY, "at": entries.moment(NOW)} | other


@pytest.fixture
def site(unsealed: FakeSite) -> FakeSite:
    """The site whose open comment was moved once."""
    unsealed.add(moved())
    unsealed.list_as(OPEN, moves=[told()])
    return unsealed


def test_a_move_changes_neither_what_was_received_nor_a_sum(verifier: ModuleType, site: FakeSite) -> None:
    assert outcome(verifier, site) is None


def test_a_reason_that_is_not_public_is_not_checked(verifier: ModuleType, site: FakeSite) -> None:
    site.list_as(OPEN, moves=[told(reason=None)])
    assert outcome(verifier, site) is None


@pytest.mark.parametrize(
    ("moves", "wrong"),
    [
        ([], "was moved 1 times, not 0"),
        ([told(), told(3)], "was moved 1 times, not 2"),
        ([told(anchor=None)], "another 'anchor'"),
        ([told(at="2026-01-01T00:00:00Z")], "another 'at'"),
        ([told(reason="Lý do khác.")], "has another hash"),
        ("không", "moves"),
    ],
)
def test_what_the_api_tells_otherwise_is_named(verifier: ModuleType, site: FakeSite, moves: Any, wrong: str) -> None:
    site.list_as(OPEN, moves=moves)
    assert wrong in (outcome(verifier, site) or "")


@pytest.mark.parametrize(
    ("act", "wrong"),
    [
        (moved(place=4), "place 3 of comment 4 is missing"),
        (moved(place=3), "stands there already"),
        (moved(ANSWERED), "it moves comment 1, which is answered"),
        (moved(99), "comment 99 was not received before"),
    ],
)
def test_what_cannot_follow_is_named(verifier: ModuleType, site: FakeSite, act: entries.Act, wrong: str) -> None:
    site.add(act)
    assert wrong in (outcome(verifier, site) or "")


def test_a_comment_may_go_back(verifier: ModuleType, site: FakeSite) -> None:
    site.add(moved(place=3, path="d12.k3"))
    site.list_as(OPEN, moves=[told(), told(3, anchor={**THERE, "path": "d12.k3"}, reason=None)])
    assert outcome(verifier, site) is None
