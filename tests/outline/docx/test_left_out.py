"""What stands in a Word file and is not its text: crossed out, hidden, moved away. It is left out, each place told."""

from pathlib import Path

import pytest

from consult.outline import outline_of
from consult.outline.docx.document import read_docx
from consult.outline.tree import Outline
from tests.outline.docx_builder import abstract, docx, level, listed, numbered, paragraph, run, style
from tests.outline.outlines import at, paths

STRUCK = "<w:strike/>"


def outline(body: str, **parts: str) -> Outline:
    return outline_of(read_docx(docx(paragraph("Điều 1. Mức phí") + body, **parts)))


def told(outlined: Outline, code: str = "struck_text") -> list[tuple[str, str]]:
    return [(one.path, one.message.partition(": ")[2]) for one in outlined.warnings if one.code == code]


@pytest.mark.parametrize("line", [STRUCK, "<w:dstrike/>", '<w:strike w:val="1"/>', '<w:rStyle w:val="Gone"/>'])
def test_words_that_are_crossed_out_are_none_of_the_text(line: str) -> None:
    styles = style("Gone", "<w:rPr><w:dstrike/></w:rPr>", kind="character")
    found = outline(paragraph(run("1. Phí là ") + run("10.000 ", line) + run("20.000 đồng.")), styles=styles)
    assert at(found, "d1.k1").text == "Phí là 20.000 đồng."
    assert told(found) == [("d1.k1", "“10.000”")]


def test_a_style_crosses_out_and_a_run_of_it_does_not() -> None:
    styles = style("Old", "<w:rPr><w:strike/></w:rPr>")
    kept = run("còn", '<w:strike w:val="0"/>')
    found = outline(paragraph("1. Một.") + paragraph(run("bỏ ") + kept, '<w:pStyle w:val="Old"/>'), styles=styles)
    assert at(found, "d1.k1.x1").text == "còn"
    assert told(found) == [("d1.k1.x1", "“bỏ”")]


def test_a_whole_clause_that_is_crossed_out_is_told_where_it_stood() -> None:
    found = outline(paragraph("1. Một.") + paragraph(run("2. Hai.", STRUCK)) + paragraph("3. Ba."))
    assert paths(found) == ["d1", "d1.k1", "d1.k3"]
    assert told(found) == [("d1.k1", "“2. Hai.”")]


def test_a_number_of_words_own_goes_with_what_it_counts() -> None:
    lists = abstract(0, level(0, "%1.")) + listed(1, 0)
    gone = numbered("Hai.", 1).replace("<w:rPr></w:rPr>", f"<w:rPr>{STRUCK}</w:rPr>")
    found = outline(numbered("Một.", 1) + gone + numbered("Ba.", 1), numbering=lists)
    assert paths(found) == ["d1", "d1.k1", "d1.k3"]


def test_words_on_both_sides_of_a_gap_do_not_run_together() -> None:
    found = outline(paragraph(run("1. Trong 15") + run(" 20 ", STRUCK) + run("ngày")))
    assert at(found, "d1.k1").text == "Trong 15 ngày"
    found = outline(paragraph(run("1. Trong ") + run("20", STRUCK) + run(" ngày")))
    assert at(found, "d1.k1").text == "Trong ngày"


def test_a_number_alone_is_crossed_out_by_mistake() -> None:
    """As in a law of the official gazette; but a number that another one replaces is gone."""
    found = outline(paragraph(run("4", STRUCK) + run(". Nhà nước khuyến khích.")))
    assert (paths(found), told(found)) == (["d1", "d1.k4"], [("d1.k4", "“4”")])
    found = outline(paragraph(run("4", STRUCK) + run("5. Nhà nước khuyến khích.")))
    assert paths(found) == ["d1", "d1.k5"]


def test_hidden_words_are_left_out_by_run_and_by_style() -> None:
    styles = style("Hidden", "<w:rPr><w:vanish/></w:rPr>", kind="character")
    body = paragraph(run("1. Một") + run(" ẩn", "<w:vanish/>") + run(" kín", '<w:rStyle w:val="Hidden"/>'))
    found = outline(body, styles=styles)
    assert at(found, "d1.k1").text == "Một"
    assert told(found, "hidden_text") == [("d1.k1", "“ẩn … kín”")]


def test_inside_a_table_and_a_note_the_place_is_told_too() -> None:
    cell = paragraph(run("100") + run("200", STRUCK))
    table = f"<w:tbl><w:tr><w:tc>{cell}</w:tc></w:tr></w:tbl>"
    note = f'<w:footnote w:id="2">{paragraph(run("cũ", STRUCK) + run("mới"))}</w:footnote>'
    reference = paragraph(run("1. Một.") + '<w:r><w:footnoteReference w:id="2"/></w:r>')
    found = outline(reference + table, footnotes=note)
    assert told(found) == [("d1.k1", "“cũ”"), ("d1.k1.t1", "“200”")]
    assert at(found, "d1.k1.fn1").text == "mới"


def test_tracked_changes_are_told_at_each_place() -> None:
    change = "<w:del><w:r><w:delText>cũ</w:delText></w:r></w:del>"
    body = "".join(paragraph(run(f"{number}. Một") + change) for number in (1, 2))
    found = outline(body)
    assert [one.path for one in found.warnings if one.code == "tracked_changes"] == ["d1.k1", "d1.k2"]


def test_words_that_are_crossed_out_in_a_drawing_are_told_too() -> None:
    drawn = '<a:r><a:rPr strike="sngStrike"/><a:t>bỏ </a:t></a:r><a:r><a:rPr strike="noStrike"/><a:t>Còn</a:t></a:r>'
    found = outline(paragraph(f"<w:r><w:drawing><a:p>{drawn}</a:p></w:drawing></w:r>"))
    assert "bỏ" not in found.plain_text() and "Còn" in found.plain_text()
    assert told(found) == [("d1", "“bỏ”")]


def test_a_document_of_nothing_but_crossed_out_words_has_no_text() -> None:
    found = outline_of(read_docx(docx(paragraph(run("tất cả", STRUCK)))))
    assert (found.provisions, [one.code for one in found.warnings][:1]) == ([], ["struck_text"])


@pytest.mark.real
def test_the_case_of_a_fee_that_was_replaced(samples: Path) -> None:
    found = outline_of(read_docx((samples / "cases" / "b07_strike.docx").read_bytes()))
    assert at(found, "d1.k1").text == "Mức phí là 20.000 đồng."
    assert at(found, "d1.k2").text == "Giảm 50% cho hộ nghèo."
    assert told(found) == [("d1.k1", "“10.000”"), ("d1.k1", "“2. Miễn phí cho hộ nghèo.”")]
