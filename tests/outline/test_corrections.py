"""Corrections by hand change the tree, never the text of the document."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.outline import Outline, corrections
from consult.outline.paths import parse
from consult.outline.working_copy import CorrectionError
from tests.outline.outlines import at, outline, paths, squeezed

LINES = (
    "Điều 1. Một", "1. Khoản một:", "a) Điểm a;", "b) Điểm b.", "2. Khoản hai.", "Đoạn của khoản hai. 3. Khoản ba.",
    "Điều 2. Hai", "Đoạn.", "d) Điểm d.", "d) Điểm d nữa.",
)  # fmt: skip


@pytest.fixture
def made() -> Outline:
    return outline(*LINES)


def same_text(one: Outline, other: Outline) -> bool:
    return squeezed([one.plain_text()]) == squeezed([other.plain_text()])


def test_change_kind_takes_the_number_out_of_the_text() -> None:
    made = outline("Điều 1. Một", "Chữ.", "Đoạn hai.")
    made.provisions[0].children[0].text = "5. Đoạn hai."
    changed = corrections.change_kind(made, "d1.x1", "clause")
    assert (at(changed, "d1.k5").marker, at(changed, "d1.k5").text) == ("5.", "Đoạn hai.")
    assert same_text(made, changed)


def test_change_kind_needs_a_label(made: Outline) -> None:
    assert "d1.pc" in paths(corrections.change_kind(made, "d1.k2", "point", "c"))
    with pytest.raises(CorrectionError) as refused:
        corrections.change_kind(made, "d1.k2.x1", "clause")
    assert refused.value.code == "bad_label"
    with pytest.raises(CorrectionError) as refused:
        corrections.change_kind(made, "d1.k2", "sentence")
    assert refused.value.code == "bad_kind"


def test_relabel_renews_paths_and_warnings(made: Outline) -> None:
    assert [warning.path for warning in made.warnings if warning.code == "repeated_label"] == ["d2.pd~2"]
    changed = corrections.relabel(made, "d2.pd~2", "Đ")
    assert paths(changed, "point")[-2:] == ["d2.pd", "d2.pdd"]
    assert [warning for warning in changed.warnings if warning.code == "repeated_label"] == []
    assert at(changed, "d2.pdd").marker == "d)"
    assert "d2.pd~2" in paths(made)


def test_warnings_follow_their_provision() -> None:
    made = outline("Điều 1. Một", "1. Một.", "4. Bốn.", "Điều 2. Hai")
    changed = corrections.relabel(made, "d1", "9")
    assert ("sequence_gap", "d9.k4") in [(warning.code, warning.path) for warning in changed.warnings]


def test_change_parent(made: Outline) -> None:
    changed = corrections.change_parent(made, "d1.k1.pb", "d1.k2", 0)
    assert paths(changed, "point")[:2] == ["d1.k1.pa", "d1.k2.pb"]
    assert paths(corrections.change_parent(made, "d1.k1", ""))[-3:] == ["k1", "k1.pa", "k1.pb"]
    with pytest.raises(CorrectionError) as refused:
        corrections.change_parent(made, "d1", "d1.k1")
    assert refused.value.code == "bad_parent"


def test_levels_keep_the_order_of_reading(made: Outline) -> None:
    raised = corrections.raise_level(made, "d1.k1.pa")
    assert paths(raised)[:5] == ["d1", "d1.k1", "d1.pa", "d1.pa.pb", "d1.k2"]
    assert raised.plain_text() == made.plain_text()
    lowered = corrections.lower_level(made, "d1.k2")
    assert paths(lowered)[:5] == ["d1", "d1.k1", "d1.k1.pa", "d1.k1.pb", "d1.k1.k2"]
    assert lowered.plain_text() == made.plain_text()
    for operation, path in ((corrections.raise_level, "d1"), (corrections.lower_level, "d1.k1")):
        with pytest.raises(CorrectionError) as refused:
            operation(made, path)
        assert refused.value.code == "bad_parent"


def test_split_and_join_are_each_others_reverse(made: Outline) -> None:
    offset = at(made, "d1.k2.x1").text.index("3.")
    cut = corrections.split(made, "d1.k2.x1", offset, "clause")
    assert (at(cut, "d1.k2.k3").marker, at(cut, "d1.k2.k3").text) == ("3.", "Khoản ba.")
    assert same_text(made, cut)
    joined = corrections.join_previous(cut, "d1.k2.k3")
    assert joined.to_json() == made.to_json()


def test_split_gives_what_stands_below_to_the_second_half(made: Outline) -> None:
    cut = corrections.split(made, "d1.k1", len("Khoản "), "paragraph")
    assert paths(cut)[1:5] == ["d1.k1", "d1.x1", "d1.x1.pa", "d1.x1.pb"]
    assert squeezed([cut.plain_text()]) == squeezed(LINES)


@pytest.mark.parametrize("offset", [-3, 0, 900])
def test_a_split_must_leave_two_halves(offset: int) -> None:
    with pytest.raises(CorrectionError) as refused:
        corrections.split(outline("Một đoạn văn."), "x1", offset)
    assert refused.value.code == "bad_split"


def test_join_refuses_what_would_mix_up_the_order(made: Outline) -> None:
    for path in ("d1.k2", "d1.k1"):
        with pytest.raises(CorrectionError) as refused:
            corrections.join_previous(made, path)
        assert refused.value.code == "bad_join"


def test_unknown_provisions(made: Outline) -> None:
    with pytest.raises(CorrectionError) as refused:
        corrections.relabel(made, "d99", "1")
    assert refused.value.code == "unknown_provision"


OPERATIONS: list[Callable[[Outline, str, int], Outline]] = [
    lambda made, path, number: corrections.change_kind(
        made, path, ("clause", "paragraph", "point")[number % 3], str(number + 1)
    ),
    lambda made, path, number: corrections.relabel(made, path, str(number)),
    lambda made, path, number: corrections.raise_level(made, path),
    lambda made, path, number: corrections.lower_level(made, path),
    lambda made, path, number: corrections.split(made, path, number),
    lambda made, path, number: corrections.join_previous(made, path),
    lambda made, path, number: corrections.change_parent(made, path, paths(made)[number % len(paths(made))]),
]


@given(
    st.lists(st.tuples(st.sampled_from(range(len(OPERATIONS))), st.integers(0, 50), st.integers(0, 30)), max_size=12)
)
def test_whatever_is_done_no_text_is_lost_and_paths_stay_unique(steps: list[tuple[int, int, int]]) -> None:
    made = outline(*LINES)
    before = sorted(squeezed([made.plain_text()]))
    for operation, place, number in steps:
        try:
            made = OPERATIONS[operation](made, paths(made)[place % len(paths(made))], number)
        except CorrectionError:
            continue
        assert sorted(squeezed([made.plain_text()])) == before
        assert len(set(paths(made))) == len(paths(made))
        assert all(parse(path) for path in paths(made))
    assert Outline.from_json(made.to_json()) == made
