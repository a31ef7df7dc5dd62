"""Numbers in signs that nobody expects are units where several look the same and count up, and nowhere else."""

import pytest

from consult.outline.grammar.markers import unit_at
from tests.outline.outlines import at, automatic, codes, outline, paths, squeezed


def articles(shape: str) -> list[str]:
    return [line for number in (1, 2, 3) for line in (shape.format(number), "Chữ.")]


@pytest.mark.parametrize(
    "shape",
    [
        "Điều {}/ Phạm vi", "Điều {}) Phạm vi", "Điều {}; Phạm vi", "Điều {}, Phạm vi", "Điều {} (mới). Phạm vi",
        "Điều {} (sửa đổi, bổ sung). Phạm vi", "Điều {}[7]. Phạm vi", "Điều thứ {}. Phạm vi", "Điều số {}: Phạm vi",
        "điều {}. Phạm vi", "Điêu {}. Phạm vi", "Diều {}. Phạm vi", "Dieu {}. Phạm vi", "[Điều {}.] Phạm vi",
        "- Điều {}. Phạm vi", "• Điều {}. Phạm vi", "**Điều {}.** Phạm vi", "Điều {}· Phạm vi", "Điều {}.) Phạm vi",
    ],
)  # fmt: skip
def test_articles_in_unusual_signs(shape: str) -> None:
    lines = articles(shape)
    made = outline(*lines)
    assert paths(made) == ["d1", "d2", "d3"]
    assert [node.heading for node in made.provisions] == ["Phạm vi"] * 3
    assert made.grammar == "articles"
    assert squeezed([made.plain_text()]) == squeezed(lines)


def test_articles_in_words() -> None:
    made = outline("Điều thứ nhất. Một", "Chữ.", "Điều thứ hai. Hai", "1. A.", "2. B.", "Điều thứ ba. Ba", "Chữ.")
    assert paths(made) == ["d1", "d2", "d2.k1", "d2.k2", "d3"]


@pytest.mark.parametrize(
    ("first", "second", "third"),
    [
        ("(1) Hộ nghèo.", "(2) Hộ khác:", "(a) Hộ A;"), ("1: Hộ nghèo.", "2: Hộ khác:", "a: Hộ A;"),
        ("1, Hộ nghèo.", "2, Hộ khác:", "a, Hộ A;"), ("1 – Hộ nghèo.", "2 – Hộ khác:", "a – Hộ A;"),
        ("1° Hộ nghèo.", "2° Hộ khác:", "- a) Hộ A;"), ("[1] Hộ nghèo.", "[2] Hộ khác:", "a.) Hộ A;"),
        ("1[3]. Hộ nghèo.", "2[4]. Hộ khác:", "a[5]) Hộ A;"),
    ],
)  # fmt: skip
def test_clauses_and_points_in_unusual_signs(first: str, second: str, third: str) -> None:
    fourth = third.replace("a", "b", 1)
    made = outline("Điều 1. Một", first, second, third, fourth, "Điều 2. Hai", "Chữ.")
    assert paths(made) == ["d1", "d1.k1", "d1.k2", "d1.k2.pa", "d1.k2.pb", "d2"]
    assert codes(made) == [("unusual_number", "d1.k1"), ("unusual_number", "d1.k2.pa")]


def test_numbers_that_word_supplied_in_unusual_signs() -> None:
    made = outline(
        "Điều 1. Một", automatic("(1)", "Hộ nghèo:"), automatic("(a)", "A"), automatic("(b)", "B"),
        automatic("(2)", "Hộ khác."), "Điều 2. Hai", "Chữ.",
    )  # fmt: skip
    assert paths(made) == ["d1", "d1.k1", "d1.k1.pa", "d1.k1.pb", "d1.k2", "d2"]
    assert at(made, "d1.k2").marker_auto and at(made, "d1.k2").text == "Hộ khác."


def test_what_lists_things_beside_usual_numbers_stays_a_list() -> None:
    made = outline(
        "Điều 1. Một", "1. Gồm:", "(1) Hộ A;", "(2) Hộ B;", "2. Hai:", "a) A gồm:", "(a) B;", "(b) C;", "b) D."
    )
    assert paths(made, "clause", "point") == ["d1.k1", "d1.k2", "d1.k2.pa", "d1.k2.pb"]
    assert codes(made) == []


def test_notes_below_a_form_are_no_clauses() -> None:
    made = outline(
        "Điều 1. Một", "Chữ.", "Điều 2. Hai", "Chữ.", "Nơi nhận:", "^Mẫu số 01", "^ĐƠN ĐỀ NGHỊ", "Điều 1. Tên hội.",
        "(1) Tên cơ quan.", "(2) Địa danh.",
    )  # fmt: skip
    assert not paths(made, "clause") and codes(made) == []


@pytest.mark.parametrize(
    "lines",
    [
        ("Điều 1, Luật A và", "Điều 2, Luật B"), ("điều 1. Một",), ("(1) Tên cơ quan.", "(3) Địa danh."),
        ("1, 2 và 3 hộ", "2, 3 hộ"), ("1: 500", "2: 1000"),
    ],
)  # fmt: skip
def test_lines_that_make_no_series_are_text(lines: tuple[str, ...]) -> None:
    made = outline("Điều 1. Một", "Chữ.", "Điều 2. Hai", "Chữ:", *lines)
    assert paths(made, "article", "clause") == ["d1", "d2"]


def test_a_list_of_articles_in_a_proposal_is_no_draft() -> None:
    made = outline(
        "Kính gửi: Sở A", "1. Sự cần thiết", "Chữ.", "2. Nội dung", *[f"- Điều {n}. Quy định" for n in (1, 2, 3)]
    )
    assert paths(made, "article") == []


@pytest.mark.parametrize(
    ("line", "kind", "label"),
    [
        ("Điều １２． Một", "article", "12"), ("Ɖiều 4. Một", "article", "4"), ("１． Một", "clause", "1"),
        ("а) Một", "point", "a"), ("с） Ba", "point", "c"), ("3。Ba", "clause", "3"), ("Điều 7․ Bảy", "article", "7"),
        ("Сhương I", "chapter", "1"), ("Điều 5¹². Năm", "article", "5"),
    ],
)  # fmt: skip
def test_signs_that_are_drawn_like_others(line: str, kind: str, label: str) -> None:
    unit = unit_at(line)
    assert unit is not None and (unit.kind, unit.label) == (kind, "I" if kind == "chapter" else label)
    assert line.startswith(unit.marker)


def test_letters_with_dots_in_the_order_of_the_latin_alphabet() -> None:
    lines = [f"{letter}. Nội dung {letter}" for letter in "abcdefgh"]
    made = outline("Điều 1. Một", "1. Gồm:", *lines, "2. Hai.")
    assert paths(made, "point") == [f"d1.k1.p{letter}" for letter in "abcdefgh"]


def test_two_articles_with_noughts() -> None:
    assert paths(outline("Điều 01. Một", "1. A.", "Điều 02. Hai", "Chữ.")) == ["d01", "d01.k1", "d02"]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("^chương I", "^chương II"), ("^Chuơng I", "^Chuơng II"), ("^Chưong 1:", "^Chưong 2:"),
        ("^Chương l", "^Chương ll"),
        ("^Chương Ⅰ", "^Chương Ⅱ"), ("^C H Ư Ơ N G  I", "^C H Ư Ơ N G  II"), ("^★ Chương I", "^★ Chương II"),
        ("^chương thứ nhất", "^chương thứ hai"),
    ],
)  # fmt: skip
def test_chapters_in_unusual_signs(first: str, second: str) -> None:
    made = outline(first, "^QUY ĐỊNH CHUNG", "Điều 1. Một", "1. A.", second, "^THI HÀNH", "Điều 2. Hai", "Chữ.")
    assert [node.heading for node in made.provisions] == ["QUY ĐỊNH CHUNG", "THI HÀNH"]
    assert paths(made, "article") == ["d1", "d2"] and {code for code, _ in codes(made)} == {"unusual_number"}


def test_a_chapter_that_is_only_named_in_small_letters_is_text() -> None:
    made = outline("Điều 1. Một", "Chữ tại", "chương I của Luật và", "chương II của Luật.", "Điều 2. Hai", "Chữ.")
    assert paths(made, "chapter") == []


@pytest.mark.parametrize("line", ["Điêu 2. Hai", "Điều 2) Hai", "điều 2. Hai", "Đ iều 2. Hai", "Điều 2 (mới). Hai"])
def test_one_article_in_unusual_signs_among_usual_ones(line: str) -> None:
    made = outline("Điều 1. Một", "1. A.", "2. B.", line, "1. C.", "Điều 3. Ba", "Chữ.")
    assert paths(made) == ["d1", "d1.k1", "d1.k2", "d2", "d2.k1", "d3"]
    assert codes(made) == [("unusual_number", "d2")]


def test_one_clause_point_or_last_chapter_in_unusual_signs_among_usual_ones() -> None:
    made = outline(
        "^Chương I", "^MỘT", "Điều 1. Một", "1. A:", "a) B;", "b, C;", "c) D.", "2, E.", "3. G.", "^Chuơng II", "^HAI",
        "Điều 2. Hai", "Chữ.",
    )  # fmt: skip
    assert paths(made) == [
        "ci", "d1", "d1.k1", "d1.k1.pa", "d1.k1.pb", "d1.k1.pc", "d1.k2", "d1.k3", "cii", "d2",
    ]  # fmt: skip


def test_what_does_not_fill_a_gap_is_text() -> None:
    made = outline("Điều 1. Một", "1. A.", "Điêu 2. Luật khác", "Điều 2. Hai", "1. B.", "3, Hộ", "2. C.")
    assert paths(made, "article", "clause") == ["d1", "d1.k1", "d2", "d2.k1", "d2.k2"]


def test_the_number_of_the_author_behind_one_that_word_supplied() -> None:
    made = outline(
        "Điều 1. Một", automatic("-", "1. Hộ nghèo:"), automatic("-", "a) A;"), automatic("-", "b) B."),
        automatic("-", "2. Hộ khác."), "Điều 2. Hai", automatic("3.", "1. Hộ A."), automatic("4.", "2. Hộ B."),
        automatic("-", "10 hộ"),
    )  # fmt: skip
    assert paths(made, "clause", "point") == ["d1.k1", "d1.k1.pa", "d1.k1.pb", "d1.k2", "d2.k1", "d2.k2"]
    assert codes(made) == [("numbered_twice", "d2.k1"), ("numbered_twice", "d2.k2")]
    assert (at(made, "d1.k1").marker, at(made, "d2.k2").marker) == ("- 1.", "4. 2.")


def test_a_long_line_that_calls_for_a_name_goes_on_with_it() -> None:
    long = "1. Hộ được hỗ trợ theo mức quy định tại quyết định hằng năm của"
    made = outline("Điều 1. Một", long, "Ủy ban nhân dân tỉnh.", "Điều 2. Hai", "Lĩnh vực kinh doanh số", "Họ tên:")
    assert at(made, "d1.k1").text.endswith("của Ủy ban nhân dân tỉnh.")
    assert codes(made) == [("sentence_continued", "d1.k1")]


def test_signs_that_hide_no_number_announce_nothing() -> None:
    for signs in ("⁰⁴⁵", "\u200b", "⁰⁴⁵\u200b" * 20):
        assert unit_at(signs) is None
