"""Alternatives put up for choice are nodes, whatever they stand around; what is uncertain about their end is told."""

import pytest

from consult.outline import Outline
from tests.outline.outlines import at, automatic, codes, outline, paths

START = ("NGHỊ QUYẾT", "Điều 1. Phạm vi", "Nội dung.")


def shape(made: Outline) -> list[str]:
    """The paths of the alternatives and of what they may hold."""
    return paths(made, "alternative", "article", "clause", "point")


@pytest.mark.parametrize(
    ("first", "second", "labels"),
    [
        ("Phương án 1:", "Phương án 2:", "12"), ("PHƯƠNG ÁN 1", "PHƯƠNG ÁN 2", "12"),
        ("Phương án I", "Phương án II", ("i", "ii")), ("Phương án A.", "Phương án B.", "ab"),
        ("[Phương án 1]", "[Phương án 2]", "12"), ("- Phương án 1:", "- Phương án 2:", "12"),
        ("Phương án thứ nhất:", "Phương án thứ hai:", "12"), ("Phương án số 1:", "Phương án số 2:", "12"),
        ("PA1:", "PA2:", "12"), ("!Phương án 1. Theo hộ", "!Phương án 2. Theo người", "12"),
        ("(Phương án một)", "(Phương án hai)", "12"), ("Lựa chọn 1:", "Lựa chọn 2:", "12"),
    ],
)  # fmt: skip
def test_alternatives_around_clauses_of_an_article(first: str, second: str, labels: str | tuple[str, str]) -> None:
    made = outline(
        *START, "Điều 2. Mức", first, "1. Năm triệu.", "2. Một lần.", second, "1. Ba.", "Điều 3. Hết", "Chữ."
    )
    one, two = (f"d2.a{label}" for label in labels)
    assert shape(made) == ["d1", "d2", one, f"{one}.k1", f"{one}.k2", two, f"{two}.k1", "d3"]
    assert codes(made) == []


def test_alternatives_around_points_of_a_clause() -> None:
    made = outline(
        *START, "Điều 2. Mức", "1. Một.", "2. Mức:", "Phương án 1", "a) Năm;", "b) Sáu.", "Phương án 2", "a) Ba;",
        "b) Bốn.", "3. Ba."
    )  # fmt: skip
    assert shape(made)[2:] == [
        "d2.k1", "d2.k2", "d2.k2.a1", "d2.k2.a1.pa", "d2.k2.a1.pb", "d2.k2.a2", "d2.k2.a2.pa", "d2.k2.a2.pb", "d2.k3",
    ]  # fmt: skip


def test_alternatives_around_whole_articles_end_with_the_first_that_none_of_them_has() -> None:
    made = outline(
        *START, "Phương án 1", "Điều 2. Hai", "1. A.", "Điều 3. Ba", "Phương án 2", "Điều 2. Hai khác", "1. B.",
        "Điều 3. Ba", "Điều 4. Chung",
    )  # fmt: skip
    assert shape(made) == [
        "d1", "a1", "a1.d2", "a1.d2.k1", "a1.d3", "a2", "a2.d2", "a2.d2.k1", "a2.d3", "d4",
    ]  # fmt: skip
    assert codes(made) == [("alternative_end", "d4")]


def test_clauses_that_count_on_through_the_alternatives() -> None:
    made = outline(*START, "Điều 2. Mức", "1. A.", "Phương án 1: 2. Năm.", "Phương án 2: 2. Ba.", "3. Chung.")
    assert shape(made)[2:] == ["d2.k1", "d2.a1", "d2.a1.k2", "d2.a2", "d2.a2.k2", "d2.k3"]
    assert ("alternative_end", "d2.k3") in codes(made)


def test_the_longer_one_may_have_ended_and_says_so() -> None:
    made = outline(*START, "Điều 2. Mức", "Phương án 1", "1. A.", "Phương án 2", "1. B.", "2. C.", "3. D.")
    assert shape(made)[-3:] == ["d2.a2.k1", "d2.a2.k2", "d2.a2.k3"]
    assert codes(made) == [("alternative_goes_on", "d2.a2.k2")]


def test_alternatives_of_mere_text() -> None:
    made = outline(*START, "1. Mức:", "Phương án 1: Năm.", "Phương án 2: Ba.", "Mức này có thể đổi.", "2. Hai.")
    assert at(made, "d1.k1.a2").text == "Ba."
    assert codes(made) == [("alternative_goes_on", "d1.k1.a2.x1")]
    assert "d1.k2" in paths(made)


def test_alternatives_in_one_line() -> None:
    made = outline(*START, "1. Mức: Phương án 1: Năm triệu. Phương án 2: Ba triệu.", "2. Hai.")
    assert [at(made, f"d1.k1.a{label}").text for label in "12"] == ["Năm triệu.", "Ba triệu."]


def test_alternatives_inside_alternatives() -> None:
    made = outline(
        *START, "Điều 2. Hai", "Phương án 1", "1. Một:", "[Phương án A]", "a) x;", "[Phương án B]", "a) y.",
        "Phương án 2", "1. Hai."
    )  # fmt: skip
    assert paths(made, "alternative") == ["d2.a1", "d2.a1.k1.aa", "d2.a1.k1.ab", "d2.a2"]
    assert codes(made) == []


def test_alternatives_of_a_plan() -> None:
    made = outline(
        "!I. MỤC TIÊU", "1. Mục tiêu", "Phương án 1. Cao", "- Tăng 10%.", "Phương án 2. Vừa", "2. Hai", "II. B"
    )
    assert paths(made) == ["ri", "ri.k1", "ri.k1.a1", "ri.k1.a1.x1", "ri.k1.a2", "ri.k2", "rii"]


def test_alternatives_that_word_numbered() -> None:
    made = outline(*START, automatic("Phương án 1:", "Năm."), automatic("Phương án 2:", "Ba."))
    assert [at(made, f"d1.a{label}").marker for label in "12"] == ["Phương án 1:", "Phương án 2:"]


@pytest.mark.parametrize("line", ["Phương án 1: Năm triệu.", "- Phương án 2: Năm triệu."])
def test_one_alone_is_text_with_a_doubt(line: str) -> None:
    made = outline(*START, line)
    assert paths(made, "alternative") == []
    assert codes(made) == [("looks_like_alternative", "d1.x1")]


def test_a_sentence_about_an_alternative_is_none() -> None:
    made = outline(*START, "Phương án 1 được chọn vì rẻ.", "Phương án 2 bị loại.")
    assert paths(made, "alternative") == [] and codes(made) == []
