"""Points within one paragraph, and numbers of what was put in later: 1a), a1."""

import pytest

from consult.outline.grammar import inline_points
from tests.outline.outlines import at, codes, outline, paths


@pytest.mark.parametrize(
    "line",
    [
        "1. Gồm: a) rác thải; b) nước thải; c) khí thải.",
        "1. Gồm: a) Rác thải; b) Nước thải; và c) Khí thải.",
        "1. Gồm:a) rác (kể cả xỉ); b) nước theo điểm c) khoản 2; c) khí.",
        "1. Gồm: a) “rác”; b) nước; c) khí",
    ],
)
def test_points_of_one_paragraph_are_points_where_that_is_sure(line: str) -> None:
    made = outline("Điều 1. Một", line, "2. Hai.")
    assert paths(made) == ["d1", "d1.k1", "d1.k1.pa", "d1.k1.pb", "d1.k1.pc", "d1.k2"]
    assert codes(made) == [("glued_units", f"d1.k1.p{letter}") for letter in "abc"], "who reads it is told"
    assert "".join(made.plain_text().split()) == "".join(f"Điều 1. Một {line} 2. Hai.".split())


@pytest.mark.parametrize(
    "line",
    [
        "1. Gồm: a) rác; b) nước. Các loại khác do tỉnh quy định.",
        "1. Theo quy định tại: a) khoản 2; b) khoản 3.",
        "1. Áp dụng tại: a) phường; b) xã.",
        "1. Gồm: a) rác; b) nước; d) khí.",
        "1. Gồm: a) rác; b) nước, chia ra: a) nước mưa; b) nước bẩn.",
        "1. Gồm (chia ra: a) rác; b) nước).",
        "1. Ghi là “gồm: a) rác; b) nước”.",
        "Các loại gồm: a) rác; b) nước.",
    ],
)
def test_what_is_not_sure_is_text_with_a_doubt(line: str) -> None:
    made = outline("Điều 1. Một", line)
    assert not paths(made, "point")
    assert [code for code, _path in codes(made)] == ["points_inside_line"]


@pytest.mark.parametrize(
    "line",
    [
        "1. Theo điểm a) và điểm b) khoản 2; điểm c) khoản 3.",
        "1. Gồm: a) rác.",
        "1. Quy định tại điểm a) khoản 2; b) là tên gọi khác.",
        "1. Gồm: b) nước; c) khí.",
    ],
)
def test_what_is_no_list_raises_no_doubt(line: str) -> None:
    made = outline("Điều 1. Một", line)
    assert (paths(made), codes(made)) == (["d1", "d1.k1"], [])


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (["1. Một.", "1a) Thêm.", "1b) Nữa.", "2. Hai."], ["d1.k1", "d1.k1a", "d1.k1b", "d1.k2"]),
        (["1) Một.", "1a) Thêm.", "2) Hai."], ["d1.k1", "d1.k1a", "d1.k2"]),
        (["1. Gồm:", "a) Một;", "a1. Thêm;", "b) Hai."], ["d1.k1", "d1.k1.pa", "d1.k1.pa_1", "d1.k1.pb"]),
        (["1. Gồm:", "a. Một;", "a1. Thêm;", "b. Hai."], ["d1.k1", "d1.k1.pa", "d1.k1.pa_1", "d1.k1.pb"]),
        (["1. Như sau:", "“1a) Thêm.”"], ["d1.k1", "d1.k1.q1.k1a"]),
        (["1. Như sau: “1a) Thêm.”"], ["d1.k1", "d1.k1.q1.k1a"]),
    ],
)
def test_what_was_put_in_is_a_unit_behind_its_number(lines: list[str], found: list[str]) -> None:
    made = outline("Điều 1. Một", *lines)
    assert paths(made, "clause", "point") == found
    assert {code for code, _path in codes(made)} <= {"quote_inside_line"}


@pytest.mark.parametrize(
    ("line", "code"), [("5a) Thu gom.", "looks_like_clause"), ("1b) Thu gom.", "looks_like_clause"),
                       ("m2. Diện tích.", "looks_like_point")]
)  # fmt: skip
def test_what_counts_on_from_nothing_is_text_with_a_doubt(line: str, code: str) -> None:
    made = outline("Điều 1. Một", "1. Một.", line, "2. Hai.")
    assert paths(made, "clause", "point") == ["d1.k1", "d1.k2"]
    assert codes(made) == [(code, "d1.k1.x1")]
    assert f"{at(made, 'd1.k1.x1').marker} {at(made, 'd1.k1.x1').text}" == line


def test_letters_without_end_are_looked_at_once() -> None:
    for hostile in (":a)x", ";b)x", ": ", "; và ", "1. x: a) x; b) (", "“: a) x; b) ", "a) b) "):
        line = f"1. Gồm: a) x; b) {hostile * (40_000 // len(hostile))}"
        made = outline("Điều 1. Một", line)
        assert "".join(made.plain_text().split()) == "".join(f"Điều 1. Một {line}".split())
        assert len(inline_points.cuts(line)) <= 23
