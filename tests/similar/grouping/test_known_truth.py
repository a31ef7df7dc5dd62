"""Campaigns whose truth is known: how many are found, that no other opinion is among them, in whatever order they
come."""

import random

import pytest

from bench.campaigns import Sent, submissions
from consult.similar.grouping.batch import grouped
from consult.similar.grouping.families import Families, Place
from consult.similar.grouping.reading import read
from tests.similar.truth import b_cubed

SIZE = 700


@pytest.fixture(scope="module")
def sent() -> list[Sent]:
    return submissions(SIZE, 29)


@pytest.fixture(scope="module")
def places(sent: list[Sent]) -> list[Place]:
    return grouped(one.text for one in sent)


def test_groups_are_what_they_are_known_to_be(sent: list[Sent], places: list[Place]) -> None:
    precision, _recall, both = b_cubed([one.truth for one in sent], [place.group for place in places])
    assert precision >= 0.99
    assert both >= 0.97


def test_refusals_and_other_opinions_are_in_no_family_of_a_campaign(sent: list[Sent], places: list[Place]) -> None:
    families = {place.family for one, place in zip(sent, places, strict=True) if one.how == "identical"}
    others = [one.text for one, place in zip(sent, places, strict=True)
              if one.how in {"alone", "refused"} and place.family in families]  # fmt: skip
    assert not others


def test_every_order_gives_the_same_groups(sent: list[Sent], places: list[Place]) -> None:
    order = list(range(SIZE))
    random.Random(3).shuffle(order)
    again = grouped(sent[at].text for at in order)
    found: dict[int, set[int]] = {}
    for at, place in zip(order, again, strict=True):
        found.setdefault(place.group, set()).add(at)
    first: dict[int, set[int]] = {}
    for at, place in enumerate(places):
        first.setdefault(place.group, set()).add(at)
    assert sorted(map(sorted, found.values())) == sorted(map(sorted, first.values()))
    assert [again[order.index(at)].likeness for at in range(SIZE)] == [place.likeness for place in places]


def test_one_after_another_they_are_found_as_well(sent: list[Sent]) -> None:
    families = Families()
    found = [families.place(one.text, read(one.text)) for one in sent]
    precision, _recall, both = b_cubed([one.truth for one in sent], [place.group for place in found])
    assert precision >= 0.99
    assert both >= 0.96
