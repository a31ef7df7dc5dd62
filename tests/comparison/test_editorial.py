"""What only printers, programs and kinds of files make different is no change."""

from __future__ import annotations

import unicodedata

import pytest

from consult.comparison import compare
from consult.outline.entry import read_outline
from tests.comparison.texts import LAW, Nodes, compared, kinds, provisions, replaced
from tests.outline.docx_builder import docx, paragraph

LINES = [line for line in LAW.split("\n") if line]


def read(data: bytes, name: str) -> Nodes:
    """The tree of a file."""
    return read_outline(data, name)["provisions"]


def as_docx() -> Nodes:
    return read(docx("".join(paragraph(line) for line in LINES)), "a.docx")


def as_markdown() -> Nodes:
    marks = {"Chương": "## ", "Điều": "### "}
    found = [marks.get(line.split()[0], "") + line.replace(".", "\\.", 1) for line in LINES]
    return read("\n\n".join(found).encode(), "a.md")


def as_text() -> Nodes:
    return read(("\ufeff" + unicodedata.normalize("NFD", "\r\n".join(LINES))).encode(), "a.txt")


@pytest.mark.parametrize("other", [as_docx, as_markdown, as_text])
def test_the_same_text_in_another_kind_of_file(other: object) -> None:
    assert callable(other)
    found = compare(provisions(LAW), other())
    assert kinds(found) == {}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("hộ gia đình, cá nhân", "hộ  gia\u00a0đình,\u200b cá nhân"),
        ("văn hóa", "văn hoá"),
        ("mỗi ngày một lần", unicodedata.normalize("NFD", "mỗi ngày một lần")),
        ("sau đây:", "sau đây[3]:"),
        ("Túi đựng chất thải", "Túi đựng chất thải[12]"),
        ("ngày 15 tháng 12.", "ngày 15 tháng 12;"),
        ("QUY ĐỊNH CHUNG", "Quy định chung"),
    ],
)
def test_editorial_differences(old: str, new: str) -> None:
    assert kinds(compared(LAW, replaced(LAW, (old, new)))) == {}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("hộ gia đình, cá nhân", "hộ gia đình cá nhân"),
        ("Chủ thu gom là", "Chủ thu gom Là"),
        ("tháng 12.", "tháng 11."),
        ("18 giờ", "19 giờ"),
        ("túi màu xanh", "túi mầu xanh"),
    ],
)
def test_differences_that_count(old: str, new: str) -> None:
    assert set(kinds(compared(LAW, replaced(LAW, (old, new)))).values()) == {"changed"}


def table(*rows: tuple[str, ...]) -> Nodes:
    """An article with a table."""
    cells = [[{"text": text, "colspan": 1, "rowspan": 1, "children": []} for text in row] for row in rows]
    base = {"label": "1", "marker": "", "marker_auto": False, "heading": "", "text": "", "children": []}
    inside = {**base, "path": "d1.t1", "kind": "table", "rows": cells}
    return [{**base, "path": "d1", "kind": "article", "heading": "Mức giá", "children": [inside]}]


def test_a_cell_of_a_table() -> None:
    old = table(("Đối tượng", "Mức"), ("Hộ gia đình", "30.000 đồng"), ("Cơ quan", "90.000 đồng"))
    new = table(("Đối tượng", "Mức"), ("Hộ gia đình", "35.000 đồng"), ("Cơ quan", "90.000 đồng"))
    assert kinds(compare(old, old)) == {}
    found = compare(old, new)
    assert kinds(found) == {("d1.t1", "d1.t1"): "changed"}
    assert found.matches[1].similarity == pytest.approx(11 / 12)


def test_page_headers_between_provisions_say_nothing() -> None:
    def paged(first: int, header: str) -> Nodes:
        clauses = [line for line in LINES if line[0].isdigit()]
        broken = set(clauses[1::3])
        found = [part for line in LINES for part in ([line, str(first), header] if line in broken else [line])]
        return read("\n".join(found).encode(), "a.txt")

    found = compare(paged(40, "CÔNG BÁO/Số 4 + 5/Ngày 2-3-2026"), paged(90, "CÔNG BÁO/Số 7 + 8/Ngày 9-3-2026"))
    assert sum(str(match.old).endswith(".x2") for match in found.matches) >= 3
    assert kinds(found) == {}
