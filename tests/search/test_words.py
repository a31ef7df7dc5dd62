"""What is looked for: words as Vietnamese people type them, and what others type to do harm."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.search.engines.tokens import LONGEST_QUERY, LONGEST_WORD, MOST_TERMS, terms, tokens


def folded(words: str) -> list[str]:
    """The words that a query looks for."""
    return [term.folded for term in terms(words).terms]


def test_accents_case_and_d_with_stroke_fold() -> None:
    assert folded("MÔI trường Đất") == ["moi", "truong", "dat"]
    assert folded("o\u0302i") == ["oi"]


def test_old_and_new_tone_placement_are_one_word_with_one_spelling() -> None:
    old, new = terms("hoà").terms, terms("hòa").terms
    assert old == new
    assert old[0].accents
    assert old != terms("hoa").terms


def test_numbers_and_labels_are_words() -> None:
    assert folded("điểm đ khoản 3 Điều 12a") == ["diem", "d", "khoan", "3", "dieu", "12a"]


@pytest.mark.parametrize(
    ("typed", "looked_for"),
    [
        ("*a*", ["a"]),
        ("[a TO z]", ["a", "to", "z"]),
        (
            '"môi trường" OR title:đất~2 AND NOT (x^9)',
            ["moi", "truong", "or", "title", "dat", "2", "and", "not", "x", "9"],
        ),
        ("* ? ~ ^ \" ' \\", []),
        ("'; DROP TABLE comment; --", ["drop", "table", "comment"]),
        ("<script>alert(1)</script>", ["script", "alert", "1"]),
        ("½ ﬁ", ["1", "2", "fi"]),
        ("", []),
    ],
)
def test_signs_of_a_query_language_are_no_operators(typed: str, looked_for: list[str]) -> None:
    assert folded(typed) == looked_for


def test_ten_kilobytes_become_a_few_words() -> None:
    long = terms(" ".join(f"từ{number}" for number in range(2000)))
    assert len(long.terms) == MOST_TERMS
    assert long.cut
    assert not terms("một hai ba").cut


def test_a_word_torn_by_the_limit_is_left_out() -> None:
    looked_for = folded("a " + "môi trường " * 18 + "nghiêng nghiêng")
    assert looked_for == ["a", "moi", "truong"]


def test_one_endless_word_is_looked_for_by_its_beginning() -> None:
    assert folded("x" * 10_000) == ["x" * LONGEST_WORD]


def test_a_word_typed_twice_counts_once() -> None:
    assert folded("rác rác rac") == ["rac"]


@given(st.text(max_size=2 * LONGEST_QUERY))
def test_whatever_is_typed_gives_few_short_plain_words(typed: str) -> None:
    found = terms(typed)
    assert len(found.terms) <= MOST_TERMS
    for term in found.terms:
        assert term.folded and " " not in term.folded
        assert len(term.folded) <= 20 * LONGEST_WORD


@given(st.text(max_size=300))
def test_every_word_stands_where_its_token_says(text: str) -> None:
    for token in tokens(text):
        word = text[token.start : token.end]
        assert token.folded in {one.folded for one in tokens(word)}
