"""The words that differ: exact when joined, readable when shown."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consult.comparison import word_differences
from consult.comparison.differences import other_words
from consult.comparison.folding import words_of

TEXTS = st.lists(
    st.sampled_from(
        [
            "hoà",
            "hòa",
            "hoa\u0300",
            "Điều",
            "điều",
            " ",
            "  ",
            "\n",
            "\t",
            ",",
            ".",
            "200.000",
            "08/2022/NĐ-CP",
            "…",
            "“",
            "a",
        ]
    )
).map("".join)


def shown(old: str, new: str) -> str:
    """Removed words in brackets, added ones in braces."""
    marks = {"same": "{}", "removed": "[{}]", "added": "{{{}}}"}
    return "".join(marks[piece.op].format(piece.text) for piece in word_differences(old, new))


@settings(max_examples=300, deadline=None)
@given(st.one_of(TEXTS, st.text()), st.one_of(TEXTS, st.text()))
def test_the_pieces_are_both_texts_exactly(old: str, new: str) -> None:
    pieces = word_differences(old, new)
    assert "".join(piece.text for piece in pieces if piece.op != "added") == old
    assert "".join(piece.text for piece in pieces if piece.op != "removed") == new
    assert all(piece.text for piece in pieces)
    assert all(one.op != other.op for one, other in zip(pieces, pieces[1:], strict=False))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("", "", ""),
        ("", "Có", "{Có}"),
        ("mỗi ngày một lần", "mỗi ngày hai lần", "mỗi ngày[ một]{ hai} lần"),
        ("phạt 200.000 đồng", "phạt 300.000 đồng", "phạt[ 200.000]{ 300.000} đồng"),
        ("khoản 3, Điều 5", "khoản 3 Điều 5", "khoản 3[,] Điều 5"),
        ("theo Nghị định 08/2022/NĐ-CP này", "theo Nghị định 05/2025/NĐ-CP này",
         "theo Nghị định[ 08/2022/NĐ-CP]{ 05/2025/NĐ-CP} này"),
        ("một  hai", "một hai", "một[  ]{ }hai"),
        ("độc lập tự do và hạnh phúc ấm no", "xây dựng quê hương và phát triển bền vững",
         "[độc lập tự do và hạnh phúc ấm no]{xây dựng quê hương và phát triển bền vững}"),
    ],
)  # fmt: skip
def test_what_is_shown(old: str, new: str, expected: str) -> None:
    assert shown(old, new) == expected


def test_words_that_are_only_written_otherwise_are_not_told() -> None:
    old = words_of("Hoà giải  ở “cơ sở” theo Ðiều 5[12], 35 m² – thuỷ lợi.")
    new = words_of('Hòa giải ở "cơ sở" theo Điều 5, 35 m2 - thủy lợi;')
    assert other_words(old, new) == ([], [])
    assert [word.key for word in old] == [word.key for word in new]


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("Bảo hiểm y tế16", "Bảo hiểm y tế"),
        ("chiến lược,8 kế hoạch", "chiến lược, kế hoạch"),
        ("36 Đối tượng phục vụ", "Đối tượng phục vụ"),
        ("27 (được bãi bỏ)", "(được bãi bỏ)"),
    ],
)
def test_the_number_of_a_note_is_no_word_where_there_is_such_a_note(written: str, plain: str) -> None:
    keys = [word.key for word in words_of(plain)]
    assert [word.key for word in words_of(written, frozenset({"8", "16", "27", "36"}))] == keys
    assert [word.key for word in words_of(written, frozenset({"99"}))] != keys


@pytest.mark.parametrize(
    "text", ["rộng 16 km2", "khí CO2, N2O", "bụi PM2.5", "8 tấn", "điểm a1", "1.000 m2", "QCVN 8:2023"]
)
def test_numbers_that_are_no_marks_stay(text: str) -> None:
    assert words_of(text, frozenset({"1", "2", "8", "16"})) == words_of(text)


def test_other_words_are_told_in_order_and_signs_only_alone() -> None:
    old, new = words_of("mức phạt, bằng tiền, một lần"), words_of("mức thu bằng tiền; hai lần")
    assert other_words(old, new) == (["thu", "hai"], ["phạt", "một"])
    assert other_words(words_of("cá nhân, tổ chức"), words_of("cá nhân tổ chức")) == ([], [","])


def test_a_giant_text_is_compared_by_sentences_and_then_as_a_whole() -> None:
    sentences = [f"Hộ số {n} phân loại rác tại nhà số {n} theo lịch của tổ." for n in range(1500)]
    other = [*sentences[:700], "Một câu khác hẳn.", *sentences[701:]]
    old, new = " ".join(["Đầu khác.", *sentences, "Hết."]), " ".join(["Mở đầu.", *other, "Xong."])
    pieces = word_differences(old, new)
    assert "".join(piece.text for piece in pieces if piece.op != "added") == old
    assert "".join(piece.text for piece in pieces if piece.op == "added").split() == [
        "Mở", "đầu", "Một", "câu", "khác", "hẳn", "Xong"
    ]  # fmt: skip
    old, new = " ".join(f"a{n}" for n in range(12_000)), " ".join(f"b{n}" for n in range(12_000))
    assert [piece.op for piece in word_differences(old, new)] == ["removed", "added"]
