"""Lines that begin with a place, as people write them."""

import unicodedata

import pytest

from consult.outline import place_heads


@pytest.mark.parametrize(
    ("line", "place", "text"),
    [
        ("Điều 12: bỏ", "Điều 12", "bỏ"),
        ("- khoản 3 Điều 12 – sửa lại", "khoản 3 Điều 12", "sửa lại"),
        ("1. điểm đ, khoản 2, Điều 5a. Thêm", "điểm đ, khoản 2, Điều 5a", "Thêm"),
        ("Điều 12, khoản 3; giữ", "Điều 12, khoản 3", "giữ"),
        ("ĐIỀU 7", "ĐIỀU 7", "ĐIỀU 7"),
        ("Điều 3 (bản dự thảo lần 1): lùi", "Điều 3 (bản dự thảo lần 1)", "lùi"),
        ("Điều 3 (sửa lại): lùi", "Điều 3", "Điều 3 (sửa lại): lùi"),
        ("Điều 7 cần nói rõ", "Điều 7", "Điều 7 cần nói rõ"),
        (unicodedata.normalize("NFD", "khoản 1 Điều 2: có"), "khoản 1 Điều 2", "có"),
    ],
)
def test_the_place_and_the_text_are_told_apart(line: str, place: str, text: str) -> None:
    found = place_heads.read(line)
    assert found is not None and (found.place, found.text) == (place, text)


@pytest.mark.parametrize("line", ["Cần thêm thùng", "Theo Điều 3 thì", "", "điều này hay", "12: bỏ"])
def test_other_lines_have_no_place(line: str) -> None:
    assert place_heads.read(line) is None


def test_a_place_is_turned_round() -> None:
    assert place_heads.turned("Điều 12, khoản 3, điểm a") == "điểm a khoản 3 Điều 12"
    assert place_heads.turned("Điều 12, khoản 3 (bản dự thảo lần 2)") == "khoản 3 Điều 12 (bản dự thảo lần 2)"
