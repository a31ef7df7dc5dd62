"""Drafts whose text stands in a table: in a frame, or with a row for each article."""

from consult.outline import outline_of
from consult.outline.blocks import Block, Cell, Paragraph, Source, Table
from consult.outline.docx.document import read_docx
from tests.outline.docx_builder import docx, paragraph
from tests.outline.outlines import at, codes, outline, paths, squeezed
from tests.outline.redlining.accepting import words
from tests.outline.redlining.test_tracked import made as redlined
from tests.outline.redlining.wordings import lines_of

LINES = ("Điều 1. Phạm vi", "1. Một.", "a) A;", "Điều 2. Hiệu lực", "Từ ngày ký.")


def column(*rows: tuple[str | Block, ...]) -> Table:
    """A table of one column."""
    return Table(tuple((cell(*row),) for row in rows))


def cell(*blocks: str | Block) -> Cell:
    return Cell(tuple(Paragraph(block) if isinstance(block, str) else block for block in blocks))


def test_a_row_for_each_article_is_read_as_text() -> None:
    made = outline("^QUYẾT ĐỊNH", column(LINES[:3], LINES[3:]), "TM. ỦY BAN NHÂN DÂN")
    assert paths(made) == ["x1", "d1", "d1.k1", "d1.k1.pa", "d2", "x2"]
    assert codes(made) == [("layout_table", "d1")]


def test_a_frame_around_the_whole_draft_with_a_table_inside() -> None:
    prices = Table(((cell("Loại"), cell("Mức")), (cell("Xe máy"), cell("10.000"))))
    lines = ("QUYẾT ĐỊNH", "Về phí", *LINES[:2], prices, *LINES[3:])
    made = outline(column(lines))
    assert made.title == "QUYẾT ĐỊNH Về phí"
    assert paths(made, "article", "clause", "table") == ["d1", "d1.k1", "d1.k1.t1", "d2"]
    assert squeezed([made.plain_text()]) == squeezed(
        text if isinstance(text, str) else "LoạiMứcXemáy10.000" for text in lines
    )


def test_a_draft_beside_the_law_in_force_stays_a_table_and_is_told() -> None:
    table = Table(((cell(*LINES), cell(*LINES)), (cell("Điều 3. Ba"), cell("Điều 3. Ba"))))
    made = outline("^BẢNG SO SÁNH", table)
    assert paths(made, "article") == []
    assert ("articles_in_table", "t1") in codes(made)


def test_a_frame_around_a_single_article_or_a_list_stays_a_table() -> None:
    made = outline("Điều 1. Một", column(("Điều 7. Bảy", "1. Một.")), column(("1. Tên:",), ("2. Tuổi:",)))
    assert paths(made) == ["d1", "d1.t1", "d1.t2"]
    assert codes(made) == []


def test_articles_that_word_numbers_in_a_frame() -> None:
    rows = [(Paragraph(text, marker=f"Điều {n}.", marker_level=0),) for n, text in ((1, "Phạm vi"), (2, "Hiệu lực"))]
    assert paths(outline(column(*rows)), "article") == ["d1", "d2"]


def test_frames_within_frames_end_somewhere() -> None:
    table = column(LINES)
    for _ in range(60):
        table = column((table,))
    made = outline(table)
    assert squeezed([made.plain_text()]) == squeezed(LINES)


def test_a_wording_goes_into_a_draft_that_stands_in_a_frame() -> None:
    body = f"<w:tbl><w:tr><w:tc>{''.join(map(paragraph, LINES))}</w:tc></w:tr></w:tbl>"
    _, file, outcomes = redlined(body, ("d1.k1", "1. Một và hai.\na) A;"))
    assert [one["code"] for one in outcomes] == [""]
    assert words(file, accept=True)[1] == "1. Một và hai."


def test_what_is_found_in_a_frame_is_what_was_read() -> None:
    body = f"<w:tbl><w:tr><w:tc>{''.join(map(paragraph, LINES))}</w:tc></w:tr></w:tbl>"
    source = read_docx(docx(body))
    assert isinstance(source, Source) and at(outline_of(source), "d1.k1.pa").text == "A;"
    assert lines_of(outline_of(source))


def test_each_article_in_a_frame_of_its_own() -> None:
    loose = "2. B được hỗ trợ theo quy định hiện hành."
    made = outline(column(("Điều 1. Một", "1. A.")), loose, column(("Ghi chú",)), column(("Điều 2. Hai", "Chữ.")))
    assert paths(made) == ["d1", "d1.k1", "d1.k2", "d1.k2.t1", "d2"]
    assert codes(made) == [("layout_table", "d1")]


def test_each_paragraph_in_a_frame_of_its_own() -> None:
    made = outline(*[column((line,)) for line in ("Điều 1. Một", "1. A.", "2. B.", "Điều 2. Hai", "1. C.")])
    assert paths(made) == ["d1", "d1.k1", "d1.k2", "d2", "d2.k1"]


def test_a_single_article_in_a_frame_stays_there() -> None:
    made = outline("Điều 1. Một", "Chữ.", column(("Điều 2. Hai",)), "Điều 2. Hai", "Chữ.")
    assert paths(made, "article", "table") == ["d1", "d1.t1", "d2"]
