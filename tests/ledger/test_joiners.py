"""Anybody can count who joined which comment, and sees what must not happen to what others joined."""

from types import ModuleType

import pytest

from consult.ledger import comment_entries, merkle
from tests.ledger.fake_site import ORIGIN, FakeSite
from tests.ledger.test_verifier_hostile import outcome


@pytest.fixture
def joined(unsealed: FakeSite) -> FakeSite:
    """The site whose first public comment two have joined, of whom one took it back."""
    site = unsealed
    number = next(one["number"] for one in site.comments if one["visibility"] == "public")
    for act in (
        comment_entries.joined(number, 1),
        comment_entries.joined(number, 2),
        comment_entries.joining_withdrawn(number, 1),
    ):
        site.add(act)
    site.list_as(number, joiners=1, author_left=False)
    return site


def number_of(site: FakeSite) -> int:
    return next(int(one["number"]) for one in site.comments if one.get("joiners"))


def test_the_count_follows_from_the_entries(verifier: ModuleType, joined: FakeSite) -> None:
    assert outcome(verifier, joined) is None
    joined.list_as(number_of(joined), joiners=2)
    assert "joiners is 2, the entries give 1" in (outcome(verifier, joined) or "")


def test_its_author_may_leave(verifier: ModuleType, joined: FakeSite) -> None:
    joined.add(comment_entries.author_left(number_of(joined)))
    assert "author_left is False, the entries give True" in (outcome(verifier, joined) or "")
    joined.list_as(number_of(joined), author_left=True)
    assert outcome(verifier, joined) is None


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        ("amended", "which others have joined"),
        ("withdrawn", "which others have joined"),
        ("joined", "it is joiner 9, but 3 is next"),
        ("taken back", "joiner 1 had not joined"),
        ("left twice", "its sender left before"),
    ],
)
def test_what_cannot_follow_is_named(verifier: ModuleType, joined: FakeSite, kind: str, told: str) -> None:
    number = number_of(joined)
    acts = {
        "amended": [comment_entries.amended(number, 2, "0" * 64)],
        "withdrawn": [comment_entries.withdrawn(number)],
        "joined": [comment_entries.joined(number, 9)],
        "taken back": [comment_entries.joining_withdrawn(number, 1)],
        "left twice": [comment_entries.author_left(number)] * 2,
    }
    for act in acts[kind]:
        joined.add(act)
    assert told in (outcome(verifier, joined) or "")


def test_what_is_not_public_cannot_be_joined(verifier: ModuleType, joined: FakeSite) -> None:
    hidden = next(one["number"] for one in joined.comments if one["visibility"] == "unreleased")
    joined.add(comment_entries.joined(hidden, 3))
    assert "could not be joined" in (outcome(verifier, joined) or "")


def test_a_receipt_of_joining_is_checked(verifier: ModuleType, joined: FakeSite) -> None:
    index = next(place for place, text in enumerate(joined.texts) if '"kind":"joined"' in text)
    size = len(joined.texts)
    proof = {
        "index": index,
        "entry": joined.texts[index],
        "proof": joined.hashes(merkle.inclusion_proof(index, size, joined.load))["hashes"],
    }
    own = {"comment": number_of(joined), **proof}
    receipt = {"v": 1, "origin": ORIGIN, "keys": joined.keys, "joiner": 1, "checkpoint": joined.note, "joined": own}
    assert outcome(verifier, joined, receipt=receipt) is None
    assert "it is not where joiner 2 joined" in (outcome(verifier, joined, receipt={**receipt, "joiner": 2}) or "")
    spoiled = {**receipt, "joined": {**own, "proof": own["proof"][::-1]}}
    assert "does not lead to its checkpoint" in (outcome(verifier, joined, receipt=spoiled) or "")
