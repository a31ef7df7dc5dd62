"""The order of labels is a law of its own: 12 < 12a < 12b < 12đ < 13, d < đ < e."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.outline.grammar.labels import (
    POINT_ALPHABET,
    canonical,
    distance,
    is_unusual,
    label_key,
    ordinal_value,
    roman_prefix,
    roman_value,
)

LABELS = st.one_of(
    st.from_regex(r"[1-9][0-9]{0,2}[a-eđ]{0,2}", fullmatch=True),
    st.from_regex(r"[a-eđghi][1-9]?", fullmatch=True),
    st.from_regex(r"[1-9](\.[1-9][0-9]?){1,3}", fullmatch=True),
)


def test_the_alphabet_of_points_has_the_letters_that_drafting_rules_use() -> None:
    assert POINT_ALPHABET == "abcdđeghiklmnopqrstuvxy"


@pytest.mark.parametrize(
    "ordered",
    [
        ["12", "12a", "12b", "12c", "12d", "12đ", "12e", "13"],
        ["a", "a1", "a2", "b", "c", "d", "đ", "e", "g", "h", "i", "k"],
        ["1.1", "1.1.1", "1.1.2", "1.2", "1.10", "2.1"],
        ["p", "p1", "q", "r", "s", "t", "u", "ư", "v", "x", "y"],
        ["9", "10", "100"],
    ],
)
def test_labels_sort_as_lawyers_count(ordered: list[str]) -> None:
    assert sorted(reversed(ordered), key=label_key) == ordered


def test_roman_numbers_sort_by_value_where_a_heading_carries_them() -> None:
    chapters = ["I", "II", "IIa", "III", "IV", "V", "VIII", "IX", "X", "XL"]
    assert sorted(reversed(chapters), key=lambda label: label_key(label, "chapter")) == chapters


@given(LABELS, LABELS)
def test_the_order_is_total(one: str, other: str) -> None:
    assert (label_key(one) == label_key(other)) == (one == other)
    assert (label_key(one) < label_key(other)) + (label_key(other) < label_key(one)) == (one != other)


@given(LABELS, LABELS)
def test_what_follows_comes_later(one: str, other: str) -> None:
    if distance(one, other) == 1:
        assert label_key(one) < label_key(other)


@pytest.mark.parametrize(
    ("previous", "label", "steps"),
    [
        (None, "1", 1), (None, "a", 1), (None, "3", 3), ("12", "13", 1), ("12", "12a", 1), ("12a", "12b", 1),
        ("12d", "12đ", 1), ("12đ", "13", 1), ("d", "đ", 1), ("đ", "e", 1), ("e", "g", 1), ("d", "e", 2),
        ("a", "a1", 1), ("a1", "b", 1), ("u", "v", 1), ("5", "5", 0), ("5", "3", -2), ("5", "8", 3), ("5", "a", None),
        ("1.1", "1.2", 1), ("1.9", "2.1", 1), ("c", "cc", 1),
        ("2", "2.1", 1), ("2", "2.2", 2), ("1.1", "1.1", 0), ("12b", "12a", -1), ("12a", "12d", 3), ("12a", "12đ", 4),
        ("cc", "d", 1), ("aa", "ab", 1), ("ab", "aa", -1), ("13", "12đ", -1), ("12a1", "12a2", 1),
    ],
)  # fmt: skip
def test_distance(previous: str | None, label: str, steps: int | None) -> None:
    assert distance(previous, label) == steps


def test_distance_of_roman_numbers() -> None:
    assert distance("III", "IV", "roman") == 1
    assert distance(None, "I", "roman") == 1
    assert distance("IX", "VII", "chapter") == -2


@pytest.mark.parametrize(("text", "value"), [("I", 1), ("iv", 4), ("IX", 9), ("XXXIV", 34), ("XL", 40), ("LXXXIX", 89)])
def test_roman_numbers(text: str, value: int) -> None:
    assert roman_value(text) == value


@pytest.mark.parametrize("text", ["", "IIII", "VX", "C", "D", "MIX", "A", "IC"])
def test_not_roman_numbers(text: str) -> None:
    assert roman_value(text) is None


def test_the_roman_part_of_a_label() -> None:
    assert roman_prefix("IVa") == "iv"
    assert roman_prefix("12") == ""
    assert roman_prefix("VIIIc") == "viii"
    assert roman_prefix("V2") == ""


@pytest.mark.parametrize(
    ("kind", "raw", "expected"),
    [
        ("chapter", "iv", "IV"), ("chapter", "IIA", "IIa"), ("appendix", "a", "A"), ("article", "12Đ", "12đ"),
        ("point", "Đ", "đ"), ("form", "07.DT", "07-dt"), ("form", "01/ĐK", "01-đk"), ("decimal", "1.2.3", "1.2.3"),
        ("appendix", "", "0"), ("article", "12ｂ", "12ｂ"), ("point", "ư", "ư"),
        ("form", "01/", "01"), ("article", " -12.- ", "12"),
    ],
)  # fmt: skip
def test_one_spelling(kind: str, raw: str, expected: str) -> None:
    assert canonical(kind, raw) == expected


def test_ordinals_of_parts() -> None:
    assert [ordinal_value(word) for word in ("thứ nhất", "thứ HAI", "thứ mười", "cuối")] == [1, 2, 10, None]


def test_unusual_letters() -> None:
    assert [is_unusual(label) for label in ("f", "j", "ư", "a1", "đ")] == [True, True, True, False, False]


def test_a_number_after_an_inserted_letter_goes_back() -> None:
    assert distance("1a", "1.1") == -1
    assert distance("1.1", "1a") == 1


def test_what_was_put_in_after_a_missing_one_lies_further_by_what_else_is_missing() -> None:
    """13b is one step further than 13a, and so is 14a: from 12 as from anything before."""
    for previous in ("9", "12", "12c"):
        near = distance(previous, "13a")
        assert near is not None
        assert [distance(previous, label) for label in ("13b", "13đ", "14a")] == [near + 1, near + 4, near + 1]
