"""What Word prints otherwise than it was typed: capitals by formatting, raised numbers, numbers it counts itself."""

import pytest
from lxml import etree

from consult.outline import Outline, outline_of
from consult.outline.docx.document import read_docx
from consult.outline.docx.number_formats import format_number
from consult.outline.redlining.characters import paragraphs_of
from consult.outline.redlining.locating import Line, Located
from tests.outline.docx_builder import NAMESPACES, abstract, docx, level, listed, numbered, paragraph, run, style
from tests.outline.outlines import at, codes, paths

CAPITALS = "<w:caps/>"
RAISED = '<w:vertAlign w:val="superscript"/>'


def made(*inside: str, **parts: str) -> Outline:
    return outline_of(read_docx(docx("".join(inside), **parts)))


def field(instruction: str) -> str:
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    return f"{mark.format('begin')}<w:r><w:instrText>{instruction}</w:instrText></w:r>{mark.format('end')}"


def test_small_letters_printed_as_capitals_are_read_as_printed() -> None:
    outlined = made(
        paragraph(run("chương i", CAPITALS)), paragraph(run("quy định chung", CAPITALS)),
        paragraph(run("điều 1. phạm vi", CAPITALS)), paragraph("Chữ."), paragraph("Điều 2. Hiệu lực", style_of("Hoa")),
        paragraph("chữ thường"), styles=style("Hoa", "<w:rPr><w:caps/></w:rPr>"),
    )  # fmt: skip
    assert paths(outlined) == ["ci", "d1", "d2"]
    assert (at(outlined, "ci").heading, at(outlined, "d1").heading) == ("QUY ĐỊNH CHUNG", "PHẠM VI")
    assert (at(outlined, "d2").marker, at(outlined, "d2").text) == ("ĐIỀU 2.", "chữ thường")


def style_of(name: str) -> str:
    return f'<w:pStyle w:val="{name}"/>'


def test_capitals_that_are_switched_off_again_and_words_that_are_no_heading_stay_as_typed() -> None:
    outlined = made(
        paragraph(run("quy định", '<w:caps w:val="0"/>'), style_of("Hoa")), paragraph(run("Tên bảng", CAPITALS)),
        styles=style("Hoa", "<w:rPr><w:caps/></w:rPr>"),
    )  # fmt: skip
    assert [node.text for node in outlined.provisions] == ["quy định", "Tên bảng"]


@pytest.mark.parametrize("first", ["Điều 1", "Điều 1."])
def test_the_raised_number_of_a_note_is_no_digit_of_the_article(first: str) -> None:
    dot = "" if first.endswith(".") else "."
    outlined = made(
        paragraph(run(first) + run("1", RAISED) + run("2", RAISED) + run(f"{dot} Phạm vi")),
        paragraph(run("1") + run("3", RAISED) + run(". Đất 10") + run("3", RAISED) + run(" m.")),
        paragraph("2. Hai."), paragraph("Điều 2. Hiệu lực"), paragraph("Chữ."),
    )  # fmt: skip
    assert paths(outlined) == ["d1", "d1.k1", "d1.k2", "d2"]
    assert (at(outlined, "d1").heading, at(outlined, "d1.k1").text) == ("Phạm vi", "Đất 103 m.")
    assert "¹²" in at(outlined, "d1").marker and at(outlined, "d1.k1").marker == "1³."


@pytest.mark.parametrize("name", ["AUTONUM", "AUTONUMLGL \\e", "LISTNUM"])
def test_a_number_that_is_not_in_the_file_is_told(name: str) -> None:
    outlined = made(paragraph("Điều 1. Một"), paragraph(field(name) + run("Hai")), paragraph("Điều 2. Hai"))
    assert codes(outlined) == [("number_not_stored", "d1")]


@pytest.mark.parametrize("result", ["", " "])
def test_a_number_that_no_program_brought_up_to_date_is_told(result: str) -> None:
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    begin = f"{mark.format('begin')}<w:r><w:instrText> SEQ dieu </w:instrText></w:r>"
    said, empty = (begin + mark.format("separate") + run(text) + mark.format("end") for text in ("2", result))
    simple = '<w:fldSimple w:instr=" SEQ dieu ">{}</w:fldSimple>'
    outlined = made(
        paragraph("Điều 1. Một"), paragraph(run("Điều ") + said + run(". Hai")),
        paragraph(run("Điều ") + simple.format(run("3")) + run(". Ba")),
        paragraph(run("Điều ") + empty + run(". Bốn")), paragraph(run("Điều ") + simple.format("") + run(". Năm")),
        paragraph(run("Hết.") + begin.replace("dieu", "dieu \\h") + mark.format("end")),
    )  # fmt: skip
    assert paths(outlined, "article") == ["d1", "d2", "d3"]
    assert [code for code, _ in codes(outlined)] == ["number_not_stored"] * 2


def test_numbers_in_words_and_with_noughts() -> None:
    words = level(0, "Chương thứ %1", "vietnameseCounting")
    custom = level(0, "Điều %1.").replace('w:val="decimal"', 'w:val="custom" w:format="001, 002, 003, ..."')
    outlined = made(
        numbered("", 1), paragraph("CHUNG"), numbered("Một", 2), paragraph("Chữ."), numbered("", 1),
        paragraph("THI HÀNH"), numbered("Hai", 2), paragraph("Chữ."),
        numbering=abstract(1, words) + abstract(2, custom) + listed(1, 1) + listed(2, 2),
    )  # fmt: skip
    assert paths(outlined) == ["c1", "d001", "c2", "d002"]
    assert at(outlined, "c2").marker == "Chương thứ hai" and not codes(outlined)


@pytest.mark.parametrize(
    ("number", "words"),
    [(1, "một"), (10, "mười"), (15, "mười lăm"), (21, "hai mươi mốt"), (40, "bốn mươi"), (100, "100")],
)
def test_numbers_in_vietnamese_words(number: int, words: str) -> None:
    assert format_number(number, "vietnameseCounting") == (words, True)


def test_a_redline_finds_what_is_printed_otherwise() -> None:
    body = paragraph(run("điều 1. phạm vi", CAPITALS)) + paragraph(run("Điều 2") + run("5", RAISED) + run(". Hiệu lực"))
    root = etree.fromstring(f"<w:body {NAMESPACES}>{body}</w:body>")
    lines = [
        Line("d1", "article", "ĐIỀU 1.", False, "PHẠM VI", ""),
        Line("d2", "article", "Điều 2⁵.", False, "Hiệu lực", ""),
    ]
    assert Located(lines, list(paragraphs_of(root))).share == 1.0


def test_a_paragraph_of_very_many_raised_runs_is_read() -> None:
    runs = "".join(run(f"{number:x}", RAISED) for number in range(40_000))
    assert len(made(paragraph(f"<w:r><w:t>5</w:t></w:r>{runs}")).plain_text()) > 100_000
