"""Themes are the same for the same texts in any order, never of two sides, and accents make no theme."""

import random

import pytest

from consult.similar.grouping.reading import read
from consult.similar.themes import clustering
from consult.similar.themes.clustering import ThemeText, themes
from consult.text import in_ascii
from tests.similar.themes.topics import TOPICS


def texts(side: str = "", ascii_too: bool = True) -> list[ThemeText]:
    """Every opinion of every topic, and the same without accents."""
    said = [text for own in TOPICS.values() for text in own]
    said = [*said, *map(in_ascii, said)] if ascii_too else said
    return [ThemeText(number, side, text, read(text)) for number, text in enumerate(said, 1)]


def topic_of(number: int) -> str:
    keys = [key for key, own in TOPICS.items() for _text in own]
    return keys[(number - 1) % len(keys)]


def test_what_is_about_one_thing_comes_together_and_nothing_else() -> None:
    found = themes(texts()).found
    assert all(len({topic_of(number) for number in one.numbers}) == 1 for one in found)
    assert len(found) < 2 * len(TOPICS)


def test_who_types_no_accents_is_in_the_theme_of_those_who_do() -> None:
    half = sum(map(len, TOPICS.values()))
    home = {number: place for place, one in enumerate(themes(texts()).found) for number in one.numbers}
    assert all(home[number] == home[number + half] for number in range(1, half + 1))


@pytest.mark.parametrize("seed", range(5))
def test_the_order_in_which_they_come_changes_nothing(seed: int) -> None:
    shuffled = texts()
    random.Random(seed).shuffle(shuffled)
    assert themes(shuffled, 20) == themes(texts(), 20)


def test_two_sides_are_never_one_theme() -> None:
    both = texts("oppose") + [ThemeText(one.number + 100, "support", one.text, one.reading) for one in texts("support")]
    sides = {one.number: one.side for one in both}
    found = themes(both, 20)
    assert all(len({sides[number] for number in one.numbers}) == 1 for one in found.found)
    assert all(sides[pair.first] == sides[pair.second] for pair in found.pairs)


def test_rare_ones_stand_first() -> None:
    sizes = [len(one.numbers) for one in themes(texts()).found]
    assert sizes == sorted(sizes)


def test_each_text_is_in_one_theme() -> None:
    numbers = sorted(number for one in themes(texts()).found for number in one.numbers)
    assert numbers == [one.number for one in texts()]


def test_words_are_told_as_people_write_them() -> None:
    said = {word for one in themes(texts()).found for word in one.words}
    assert {"phòng học", "nước sinh", "lắp camera"} <= said


def test_what_a_person_put_together_stays_and_two_such_are_never_one() -> None:
    given = [ThemeText(one.number, "", one.text, one.reading, theme={1: 7, 2: 8}.get(one.number)) for one in texts()]
    found = themes(given).found
    by_theme = {one.theme: one.numbers for one in found if one.theme}
    assert set(by_theme) == {7, 8}
    assert 1 in by_theme[7] and 2 in by_theme[8]


def test_beyond_the_most_a_text_goes_to_the_theme_it_is_likest_to(monkeypatch: pytest.MonkeyPatch) -> None:
    half = sum(map(len, TOPICS.values()))
    monkeypatch.setattr(clustering, "MOST_TEXTS", half)
    home = {number: place for place, one in enumerate(themes(texts()).found) for number in one.numbers}
    assert all(home[number] == home[number + half] for number in range(1, half + 1))


def test_pairs_are_half_of_one_theme_and_half_of_two() -> None:
    pairs = themes(texts(), 10).pairs
    assert [pair.together for pair in pairs].count(True) == 5
    home = {number: place for place, one in enumerate(themes(texts()).found) for number in one.numbers}
    assert all((home[pair.first] == home[pair.second]) == pair.together for pair in pairs)
