"""Headings without a number hold what follows them, at the level that the numbers below show."""

import pytest

from consult.outline import outline_of
from consult.outline.text.plain import read_plain
from tests.outline.outlines import at, codes, outline, paths

START = ("^BÁO CÁO", "I. MỘT", "1. Đạt được", "Lời.", "2. Hạn chế", "Lời.")


@pytest.mark.parametrize(
    "looks",
    ["^KẾ HOẠCH NĂM 2027", "!KẾ HOẠCH NĂM 2027", "^Kế hoạch năm 2027", "KẾ HOẠCH NĂM 2027", "## Kế hoạch năm 2027"],
)
def test_numbers_that_begin_again_below_a_heading(looks: str) -> None:
    made = outline(*START, looks, "1. Mục tiêu", "Lời.", "2. Giải pháp")
    holder = at(made, "x2")
    assert holder.heading.upper() == "KẾ HOẠCH NĂM 2027"
    assert paths(made, "clause") == ["ri.k1", "ri.k2", "x2.k1", "x2.k2"]
    assert codes(made) == [("unnumbered_heading", "x2")]


def test_it_stands_inside_what_counts_on_after_it() -> None:
    made = outline(*START, "^KẾ HOẠCH", "1. Một", "2. Hai", "II. HAI", "1. Ba")
    assert paths(made, "roman", "clause") == ["ri", "ri.k1", "ri.k2", "ri.x1.k1", "ri.x1.k2", "rii", "rii.k1"]


def test_roman_numbers_that_begin_again() -> None:
    made = outline(*START, "II. HAI", "^PHẦN KẾ HOẠCH", "^NĂM 2027", "Lời dẫn.", "I. MỘT", "1. A", "II. HAI")
    assert at(made, "x2").heading == "PHẦN KẾ HOẠCH\nNĂM 2027" and at(made, "x2").text == "Lời dẫn."
    assert paths(made, "roman") == ["ri", "rii", "x2.ri", "x2.rii"]


def test_a_heading_between_articles_holds_them_and_their_paths_stay() -> None:
    made = outline("Điều 1. Một", "1. A.", "2. B.", "^TỔ CHỨC THỰC HIỆN", "Điều 2. Hai", "Chữ.", "Điều 3. Ba")
    assert paths(made, "article") == ["d1", "d2", "d3"]
    assert [node.path for node in at(made, "x1").children] == ["d2", "d3"]
    assert codes(made) == [("unnumbered_heading", "x1")]


def test_a_heading_before_the_first_article_is_told_from_the_title() -> None:
    body = ("!Điều 1. Một", "Chữ.", "^THỰC HIỆN", "!Điều 2. Hai", "Chữ.")
    made = outline("^QUY CHẾ", "(Kèm theo Quyết định)", "^CHUNG", *body)
    assert [node.heading for node in made.walk() if node.kind == "paragraph" and node.heading] == ["CHUNG", "THỰC HIỆN"]
    titled = outline("^QUY CHẾ", "^QUẢN LÝ CHẤT THẢI", *body)
    assert [node.heading for node in titled.walk() if node.kind == "paragraph" and node.heading] == ["THỰC HIỆN"]


def test_a_heading_in_the_midst_of_numbers_that_go_on() -> None:
    made = outline(*START, "^NHÓM HAI", "3. C", "4. D", "II. HAI")
    assert at(made, "ri.x1").heading == "NHÓM HAI"
    assert paths(made, "clause") == ["ri.k1", "ri.k2", "ri.k3", "ri.k4"]


def test_a_last_heading_without_numbers() -> None:
    made = outline(*START, "^KẾT LUẬN", "Lời một.", "Lời hai.")
    assert [at(made, "x2").text, at(made, "x2.x1").text] == ["Lời một.", "Lời hai."]


@pytest.mark.parametrize("signed", [("^NGƯỜI LẬP", "^CHỦ TỊCH", "Nguyễn Văn A"), ("TM. ỦY BAN", "CHỦ TỊCH")])
def test_signatures_are_no_headings(signed: tuple[str, ...]) -> None:
    made = outline(*START, *signed)
    assert codes(made) == [] and not any(node.heading for node in made.walk() if node.kind == "paragraph")


ADDRESSED = """TỜ TRÌNH
Về dự thảo Nghị quyết
Kính gửi: Hội đồng nhân dân tỉnh
{one} SỰ CẦN THIẾT
Lời.
{two} BỐ CỤC
Gồm 2 điều:
Điều 1. Phạm vi.
Điều 2. Mức.
{end}{name}
Quy định mức hỗ trợ
Căn cứ Luật;
QUYẾT NGHỊ:
Điều 1. Phạm vi
1. Một.
2. Hai.
Điều 2. Mức
Nội dung.
"""
SIGNED = "Nơi nhận:\n- Như trên;\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nNguyễn Văn A\n"
HEAD = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"


@pytest.mark.parametrize("name", ["NGHỊ QUYẾT", "DỰ THẢO NGHỊ QUYẾT", "QUY ĐỊNH"])
@pytest.mark.parametrize("end", ["", SIGNED, HEAD, SIGNED + HEAD])
@pytest.mark.parametrize(("one", "two", "own"), [("I.", "II.", ["ri", "rii"]), ("1.", "2.", ["k1", "k2"])])
def test_a_proposal_and_the_draft_it_proposes_in_one_file(
    name: str, end: str, one: str, two: str, own: list[str]
) -> None:
    made = outline_of(read_plain(ADDRESSED.format(one=one, two=two, end=end, name=name)))
    assert paths(made, "roman", "clause", "article") == [*own, "b2.d1", "b2.d1.k1", "b2.d1.k2", "b2.d2"]
    assert at(made, "b2").grammar == "articles" and ("second_body", "b2") in codes(made)
    assert [code for code, _ in codes(made)].count("looks_like_article") == 2


def test_a_decision_and_its_rules_without_signatures_between() -> None:
    made = outline("QUYẾT ĐỊNH", "Căn cứ Luật;", "Điều 1. Ban hành.", "Điều 2. Hiệu lực.", "QUY ĐỊNH", "Về chất thải",
                   "Chương I", "CHUNG", "Điều 1. Phạm vi", "Chữ.", "Điều 2. Cấm")  # fmt: skip
    assert paths(made, "article", "body") == ["d1", "d2", "b2", "b2.d1", "b2.d2"]


def test_the_first_heading_before_clauses_is_one_too() -> None:
    found = outline(
        "^KẾ HOẠCH",
        "^Giảm rác nhựa",
        "^MỤC TIÊU",
        "1. Giảm.",
        "2. Thu gom.",
        "^GIẢI PHÁP",
        "1. Tuyên truyền.",
        "2. Hết.",
    )
    assert paths(found) == ["x1", "x2", "x3", "x3.k1", "x3.k2", "x4", "x4.k1", "x4.k2"]
    assert codes(found) == [("unnumbered_heading", "x3"), ("unnumbered_heading", "x4")]
