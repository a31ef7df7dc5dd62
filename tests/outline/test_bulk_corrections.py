"""Many provisions corrected in one act: all or none, in the order of reading, and no word lost."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.outline import Outline, bulk_corrections
from consult.outline.bulk_corrections import BulkError
from tests.outline.outlines import at, outline, paths, squeezed

LINES = ("Điều 1. Một", "1. A.", "2. B:", "a) X;", "b) Y.", "3. C.", "4. D.", "Điều 2. Hai", "Chữ.")
Act = Callable[[Outline, list[str]], Outline]


@pytest.fixture
def made() -> Outline:
    return outline(*LINES)


def same_text(one: Outline, other: Outline) -> bool:
    return squeezed([one.plain_text()]) == squeezed([other.plain_text()])


def test_a_range_goes_one_level_up_with_what_it_holds(made: Outline) -> None:
    raised = bulk_corrections.raise_levels(made, ["d1.k3", "d1.k2", "d1.k2.pa"])
    assert paths(raised) == ["d1", "d1.k1", "k2", "k2.pa", "k2.pb", "k3", "k3.k4", "d2"]
    assert same_text(made, raised)


def test_a_range_goes_below_the_one_before_it(made: Outline) -> None:
    lowered = bulk_corrections.lower_levels(made, ["d1.k3", "d1.k4"])
    assert paths(lowered, "clause") == ["d1.k1", "d1.k2", "d1.k2.k3", "d1.k2.k4"]
    assert same_text(made, lowered)


def test_a_range_is_joined_to_the_one_before_it(made: Outline) -> None:
    joined = bulk_corrections.join_all(made, ["d1.k2.pb"])
    assert at(joined, "d1.k2.pa").text == "X; b) Y."
    flat = outline("Điều 1. Một", "1. A.", "2. B.", "3. C.")
    assert at(bulk_corrections.join_all(flat, ["d1.k2", "d1.k3"]), "d1.k1").text == "A. 2. B. 3. C."


def test_provisions_become_text(made: Outline) -> None:
    text = bulk_corrections.make_text(made, ["d1.k3", "d1.k4", "d2"])
    assert [child.kind for child in at(text, "d1").children] == ["clause", "clause", "paragraph", "paragraph"]
    assert (at(text, "x1").marker, at(text, "x1").heading) == ("Điều 2.", "")
    assert same_text(made, text)


def test_text_becomes_provisions_by_the_numbers_printed(made: Outline) -> None:
    text = bulk_corrections.make_text(made, ["d1.k3", "d1.k4"])
    assert bulk_corrections.change_kinds(text, ["d1.x1", "d1.x2"], "clause").provisions == made.provisions


def test_those_between_stand_below_the_same_one(made: Outline) -> None:
    assert bulk_corrections.with_those_between(made, ["d1.k4", "d1.k2"]) == ["d1.k2", "d1.k3", "d1.k4"]
    with pytest.raises(BulkError) as refused:
        bulk_corrections.with_those_between(made, ["d1.k1", "d2"])
    assert (refused.value.path, refused.value.code) == ("d2", "bad_range")


@pytest.mark.parametrize(
    ("act", "given", "path", "code"),
    [
        (bulk_corrections.raise_levels, ["d1.k1", "d2"], "d2", "bad_parent"),
        (bulk_corrections.lower_levels, ["d1.k1", "d1.k2"], "d1.k1", "bad_parent"),
        (bulk_corrections.join_all, ["d1.k2", "d1.k3"], "d1.k3", "bad_join"),
        (bulk_corrections.make_text, ["d1.k2", "d9"], "d9", "unknown_provision"),
    ],
)
def test_the_first_that_cannot_be_corrected_is_named_and_nothing_changes(
    made: Outline, act: Act, given: list[str], path: str, code: str
) -> None:
    before = made.to_json()
    with pytest.raises(BulkError) as refused:
        act(made, given)
    assert (refused.value.path, refused.value.code) == (path, code)
    assert made.to_json() == before


@given(st.data())
def test_no_act_loses_or_moves_a_word(data: st.DataObject) -> None:
    made = outline(*LINES)
    chosen = data.draw(st.lists(st.sampled_from(paths(made)), min_size=1, max_size=6))
    acts: list[Act] = [
        bulk_corrections.raise_levels, bulk_corrections.lower_levels, bulk_corrections.join_all,
        bulk_corrections.make_text, lambda one, given: bulk_corrections.change_kinds(one, given, "clause"),
    ]  # fmt: skip
    act = data.draw(st.sampled_from(acts))
    try:
        corrected = act(made, chosen)
    except BulkError as error:
        assert error.path in chosen
        return
    assert same_text(made, corrected)
    assert len(set(paths(corrected))) == len(paths(corrected))
