"""Quotations in the signs that offices type for quotation marks."""

import pytest

from consult.outline.grammar.quote_signs import as_marks
from tests.outline.outlines import at, codes, outline, paths, squeezed

PAIRS = [
    ("‘", "’"),
    ("'", "'"),
    ("''", "''"),
    ("``", "´´"),
    ("❝", "❞"),
    ("＂", "＂"),
    ("″", "″"),
    ("‹", "›"),
    ("’", "’"),
]


@pytest.mark.parametrize(("opens", "closes"), PAIRS)
def test_a_quotation_in_other_signs(opens: str, closes: str) -> None:
    lines = (
        "Điều 1. Sửa đổi", "1. Sửa đổi, bổ sung khoản 2 Điều 5 như sau:", f"{opens}2. Mức hỗ trợ tại M’Nông.{closes}.",
        "2. Bổ sung Điều 5a như sau:", f"{opens}Điều 5a. Nguồn vốn", "1. Ngân sách.", f"2. Vốn khác.{closes}",
        "3. Bãi bỏ Điều 7.", "Điều 2. Hiệu lực", "Chữ.",
    )  # fmt: skip
    made = outline(*lines)
    assert paths(made) == [
        "d1", "d1.k1", "d1.k1.q1", "d1.k1.q1.k2", "d1.k2", "d1.k2.q1", "d1.k2.q1.d5a", "d1.k2.q1.d5a.k1",
        "d1.k2.q1.d5a.k2", "d1.k3", "d2",
    ]  # fmt: skip
    assert at(made, "d1.k1.q1").marker == opens and codes(made) == []
    assert squeezed([made.plain_text()]) == squeezed(lines)


@pytest.mark.parametrize(("opens", "closes"), PAIRS[:4])
def test_a_quotation_in_other_signs_inside_a_line_and_after_a_soft_break(opens: str, closes: str) -> None:
    made = outline(
        "Điều 1. Sửa đổi", f"1. Sửa đổi khoản 2 như sau: {opens}2. Mức mới.{closes}",
        f"2. Sửa đổi khoản 3 như sau:\n{opens}3. Mức khác.{closes}", "Điều 2. Hiệu lực", "Chữ.",
    )  # fmt: skip
    assert paths(made) == ["d1", "d1.k1", "d1.k1.q1", "d1.k1.q1.k2", "d1.k2", "d1.k2.q1", "d1.k2.q1.k3", "d2"]


def test_an_apostrophe_ends_no_quotation_in_usual_marks() -> None:
    made = outline(
        "Điều 1. Sửa đổi", "1. Sửa đổi khoản 2 như sau:", "“2. Hộ người M’Nông và K’ Ho.", "3. Hộ ‘đặc biệt’.”",
        "2. Hai.", "Điều 2. Hiệu lực", "Chữ.",
    )  # fmt: skip
    assert paths(made) == ["d1", "d1.k1", "d1.k1.q1", "d1.k1.q1.k2", "d1.k1.q1.k3", "d1.k2", "d2"]


def test_a_quoted_word_begins_no_quotation() -> None:
    made = outline("Điều 1. Từ ngữ", "‘Chủ dự án’ là tổ chức, cá nhân đầu tư.", "Điều 2. Hiệu lực", "Chữ.")
    assert paths(made) == ["d1", "d2"]


def test_very_many_signs_take_no_longer_than_they_are() -> None:
    text = "'a " * 400_000
    assert len(as_marks(text)) == len(text)
