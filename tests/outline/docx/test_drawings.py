"""Pictures of Word files stand where they are drawn, with the words for them; what cannot be shown is told."""

from pathlib import Path

import pytest

from consult.outline import outline_of
from consult.outline.docx.document import read_docx
from consult.outline.tree import Outline
from tests.outline.docx_builder import docx, paragraph, relationship, run
from tests.outline.outlines import at, codes, paths
from tests.outline.reading_text import doubts

A = "http://schemas.openxmlformats.org/drawingml/2006/"
LINK = relationship("rId9", "image", "media/map.png")
ARTICLE = paragraph("Điều 1. Sơ đồ")


def drawing(inside: str, alt: str = "Bản đồ", uri: str = f"{A}picture") -> str:
    """An inline drawing with its alternative text."""
    holder = f'<wp:inline xmlns:wp="{A}wordprocessingDrawing"><wp:docPr id="1" name="Picture 1" descr="{alt}"/>'
    graphic = f'<a:graphic><a:graphicData uri="{uri}">{inside}</a:graphicData></a:graphic>'
    return f"<w:r><w:drawing>{holder}{graphic}</wp:inline></w:drawing></w:r>"


def blip(identifier: str = "rId9", how: str = "embed") -> str:
    return f'<pic:pic xmlns:pic="{A}picture"><a:blip r:{how}="{identifier}"/></pic:pic>'


def outline(body: str, links: str = LINK, **parts: str) -> Outline:
    return outline_of(read_docx(docx(ARTICLE + body, links=links, **parts)))


def told(outlined: Outline) -> list[tuple[str, str]]:
    return [(one.path, one.message) for one in outlined.warnings if one.code == "picture_not_shown"]


def test_a_picture_stands_where_it_is_drawn_with_its_words() -> None:
    found = outline(paragraph("1. Một.") + paragraph(drawing(blip())) + paragraph("2. Hai."))
    assert paths(found) == ["d1", "d1.k1", "d1.k1.h1", "d1.k2"]
    node = at(found, "d1.k1.h1")
    assert (node.kind, node.text, node.picture) == ("picture", "Bản đồ", {"part": "word/media/map.png"})
    assert told(found) == []


def test_before_every_word_inside_a_sentence_and_anchored() -> None:
    body = paragraph(drawing(blip(), "Quốc huy")) + paragraph("Điều 1. Một")
    body += paragraph(run("1. Trước ") + drawing(blip(), "Giữa").replace("wp:inline", "wp:anchor") + run("sau."))
    found = outline_of(read_docx(docx(body, links=LINK)))
    assert paths(found) == ["h1", "d1", "d1.k1", "d1.k1.h1"]
    assert at(found, "d1.k1").text == "Trước sau."


def test_pictures_of_cells_text_boxes_and_groups() -> None:
    cell = f"<w:tbl><w:tr><w:tc>{paragraph(run('Hình') + drawing(blip()))}</w:tc></w:tr></w:tbl>"
    (child,) = at(outline(cell), "d1.t1").rows[0][0].children
    assert (child.path, child.text) == ("d1.t1.h1", "Bản đồ")
    box = (
        f"<wps:wsp><wps:txbx><w:txbxContent>{paragraph(drawing(blip(), 'Trong'))}</w:txbxContent></wps:txbx></wps:wsp>"
    )
    found = outline(paragraph(drawing(box, "")))
    assert [node.text for node in found.walk() if node.kind == "picture"] == ["Trong"]
    two = f'<wpg:wgp xmlns:wpg="{A}group">{blip()}{blip()}</wpg:wgp>'
    assert [node.kind for node in outline(paragraph(drawing(two))).walk()] == ["article", "picture", "picture"]


def test_pictures_of_older_word() -> None:
    shape = '<w:pict><v:shape alt="Bản đồ cũ"><v:imagedata r:id="rId9"/></v:shape></w:pict>'
    node = at(outline(paragraph(f"<w:r>{shape}</w:r>")), "d1.h1")
    assert (node.text, node.picture) == ("Bản đồ cũ", {"part": "word/media/map.png"})


@pytest.mark.parametrize(
    ("inside", "uri", "said"),
    [
        ('<c:chart xmlns:c="c" r:id="rId1"/>', f"{A}chart", "a chart"),
        ("", f"{A}diagram", "a diagram"),
        (blip("rId77"), f"{A}picture", "not in the file"),
        (blip("rId9", "link"), f"{A}picture", "outside the file"),
    ],
)
def test_what_cannot_be_shown_has_its_place_and_a_doubt(inside: str, uri: str, said: str) -> None:
    found = outline(paragraph("1. Một.") + paragraph(drawing(inside, "Mô tả", uri)))
    node = at(found, "d1.k1.h1")
    assert (node.text, node.picture) == ("Mô tả", {"part": ""})
    ((path, message),) = told(found)
    assert path == "d1.k1" and said in message and message.endswith("“Mô tả”")


def test_an_equation_of_older_word_is_an_object() -> None:
    held = '<o:OLEObject xmlns:o="urn:schemas-microsoft-com:office:office" ProgID="Equation.3"/>'
    ((_, message),) = told(outline(paragraph(f"<w:r><w:object>{held}</w:object></w:r>")))
    assert "Equation.3" in message


def test_arrows_are_told_and_a_rule_below_a_title_is_not() -> None:
    shape = '<wps:wsp><wps:spPr><a:prstGeom prst="{}"/></wps:spPr></wps:wsp>'
    for form in ("line", "straightConnector1"):
        assert told(outline(paragraph(drawing(shape.format(form), "")))) == []
    rule = '<w:r><w:pict><v:rect xmlns:o="urn:schemas-microsoft-com:office:office" o:hr="t"/></w:pict></w:r>'
    assert told(outline(paragraph(rule))) == []
    assert told(outline(paragraph(drawing(shape.format("downArrow"), ""))))


def test_headers_and_footers_that_say_something_are_told() -> None:
    links = relationship("h1", "header", "header1.xml") + relationship("f1", "footer", "footer1.xml")
    namespace = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    parts: dict[str, str | bytes] = {
        "word/header1.xml": f"<w:hdr {namespace}>{paragraph('DỰ THẢO LẦN 3')}{paragraph('12')}</w:hdr>",
        "word/footer1.xml": f"<w:ftr {namespace}>{paragraph('Trang 2/14')}</w:ftr>",
    }
    source = read_docx(docx(ARTICLE, links=links, extra=parts))
    assert [(one.code, one.message) for one in doubts(source)] == [("header_text", "on every page: “DỰ THẢO LẦN 3”")]


def test_a_header_is_told_where_the_part_of_the_document_begins_that_has_it() -> None:
    links = relationship("h1", "header", "header1.xml") + relationship("h2", "header", "header2.xml")
    namespace = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    parts: dict[str, str | bytes] = {
        f"word/header{number}.xml": f"<w:hdr {namespace}>{paragraph(words)}</w:hdr>"
        for number, words in enumerate(("DỰ THẢO LẦN 3", "PHỤ LỤC MẬT"), start=1)
    }
    ends = '<w:sectPr><w:headerReference w:type="default" r:id="{}"/></w:sectPr>'
    body = paragraph("Điều 1. Một", ends.format("h1")) + paragraph("Điều 2. Hai") + ends.format("h2")
    found = outline_of(read_docx(docx(body, links=links, extra=parts)))
    assert [one for one in codes(found) if one[0] == "header_text"] == [("header_text", "d1"), ("header_text", "d2")]


def test_what_is_embedded_or_lies_outside_is_told_where_the_text_refers_to_it() -> None:
    links = relationship("o1", "oleObject", "embeddings/a.bin") + relationship(
        "x1", "frame", "file:///x", external=True
    )
    links += relationship("x2", "attachedTemplate", "file:///y.dot", external=True)
    held = '<w:r><w:object><o:OLEObject xmlns:o="urn:schemas-microsoft-com:office:office" r:id="o1"/></w:object></w:r>'
    body = paragraph("Điều 1. Một") + paragraph("Điều 2. Hai") + paragraph(run("Chữ") + held)
    outside = f'<w:hyperlink r:id="x1">{run("đây")}</w:hyperlink>'
    body += f"<w:tbl><w:tr><w:tc>{paragraph(outside)}</w:tc></w:tr></w:tbl>"
    found = codes(outline_of(read_docx(docx(body, links=links))))
    assert [path for code, path in found if code == "external_link"] == ["d1", "d2.t1"]
    assert [path for code, path in found if code == "embedded_object"] == ["d2"]


@pytest.mark.real
def test_the_case_of_a_map(samples: Path) -> None:
    found = outline_of(read_docx((samples / "cases" / "b04_picture.docx").read_bytes()))
    assert (paths(found, "picture"), at(found, "d1.h1").text) == (["d1.h1"], "Bản đồ quy hoạch bãi rác")
