"""How offices head their annexes: in other spellings, without a number, in a frame or beside their own name."""

import pytest

from consult.outline.blocks import Cell, Paragraph, Table
from tests.outline.outlines import at, codes, outline, paths, squeezed

DRAFT = ("Điều 1. Một", "Chữ.", "Điều 2. Hai", "Chữ.", "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH")


@pytest.mark.parametrize(
    ("heading", "path"),
    [
        ("PHỤ LUC I", "pli"), ("PHU LUC 01", "pl01"), ("Phụ Lục II", "plii"), ("PHỤ LỤC SỐ 01-A", "pl01-a"),
        ("PHỤ LỤC KÈM THEO", "pl1"), ("PHỤ LỤC: DANH MỤC XÃ", "pl1"), ("PHỤ LỤC DANH MỤC CÁC XÃ, THÔN", "pl1"),
        ("PHỤ LỤC – BẢNG GIÁ", "pl1"),
    ],
)  # fmt: skip
def test_headings_of_annexes(heading: str, path: str) -> None:
    lines = (*DRAFT, f"^{heading}", "^BẢNG GIÁ", "1. Xã A.", "2. Xã B.")
    made = outline(*lines)
    assert paths(made, "appendix", "clause") == [path, f"{path}.k1", f"{path}.k2"] and codes(made) == []
    assert squeezed([made.plain_text()]) == squeezed(line.lstrip("^") for line in lines)


def test_annexes_without_numbers_follow_each_other() -> None:
    made = outline(*DRAFT, "^PHỤ LỤC: GIÁ ĐẤT", "1. Xã A.", "^PHỤ LỤC: GIÁ NƯỚC", "1. Xã B.")
    assert paths(made, "appendix") == ["pl1", "pl2"]
    assert [node.heading for node in made.provisions if node.kind == "appendix"] == ["GIÁ ĐẤT", "GIÁ NƯỚC"]


def test_annexes_with_letters_behind_their_numbers_follow_each_other() -> None:
    made = outline(*DRAFT, "^PHỤ LỤC SỐ 01-A", "1. Xã A.", "^PHỤ LỤC SỐ 01-B", "1. Xã B.")
    assert paths(made, "appendix") == ["pl01-a", "pl01-b"] and codes(made) == []


@pytest.mark.parametrize("line", ["^PHỤ LỤC BÁO CÁO", "PHỤ LỤC", "Phụ lục này gồm 2 phần.", "PHỤ LỤC này"])
def test_what_names_an_annex_inside_a_numbered_one_is_none_of_the_draft(line: str) -> None:
    made = outline(*DRAFT, "^PHỤ LỤC I", "^MẪU BÁO CÁO", "1. Xã A.", line, "2. Xã B.")
    assert [path for path in paths(made, "appendix") if "." not in path] in (["pli"], ["pli", "pl1"])
    assert "pl1" not in paths(made) or line == "PHỤ LỤC"


def head(*cells: tuple[str, ...]) -> Table:
    return Table((tuple(Cell(tuple(Paragraph(line, bold=True, centred=True) for line in cell)) for cell in cells),))


@pytest.mark.parametrize("author", [(), (("HỘI ĐỒNG NHÂN DÂN",),)])
def test_the_heading_of_an_annex_in_a_table(author: tuple[tuple[str, ...], ...]) -> None:
    made = outline(*DRAFT, head(*author, ("PHỤ LỤC I", "DANH MỤC XÃ")), "1. Xã A.", "2. Xã B.")
    assert paths(made, "appendix", "clause", "table") == ["pli", "pli.k1", "pli.k2"]
    assert at(made, "pli").heading == "DANH MỤC XÃ" and [code for code, _ in codes(made)] == ["annex_head_in_table"]


def test_a_table_that_lists_annexes_stays_one() -> None:
    table = head(("PHỤ LỤC I", "x" * 500), ("Phụ lục II",))
    made = outline(*DRAFT[:4], table, head(("Phụ lục I",), ("Chữ",)), "1. Xã A.")
    assert len(paths(made, "table")) == 2 and paths(made, "appendix") == []
