"""The text of Word files, whole: what is printed is read once, what is deleted is not, what is odd is told."""

from pathlib import Path

import pytest

from consult.outline.blocks import Paragraph, Source
from consult.outline.docx.document import read_docx
from tests.outline.docx_builder import docx, paragraph, relationship, run, style
from tests.outline.reading_text import (
    characters,
    characters_of_docx,
    doubts,
    paragraphs,
    texts,
)


def codes(source: Source) -> list[str]:
    return [doubt.code for doubt in doubts(source)]


def read(body: str, **parts: str) -> Source:
    return read_docx(docx(body, **parts))


def only(body: str, **parts: str) -> Paragraph:
    (block,) = read(body, **parts).blocks
    assert isinstance(block, Paragraph)
    return block


def test_breaks_tabs_hyphens_and_spaces() -> None:
    inside = (
        "<w:r><w:t>Điều 1.</w:t><w:tab/><w:t>Phạm\u00a0vi</w:t><w:br/><w:t>điều</w:t><w:softHyphen/><w:t>chỉnh</w:t>"
        "<w:noBreakHyphen/><w:cr/><w:t>hết</w:t></w:r>"
    )
    assert only(paragraph(inside)).text == "Điều 1.\tPhạm vi\nđiềuchỉnh-\nhết"


def test_decomposed_unicode_is_composed_across_runs() -> None:
    assert only(paragraph(run("Die\u0302") + run("\u0300u 1"))).text == "Điều 1".replace("Đ", "D")


def test_a_title_is_bold_and_centred_by_itself_or_by_its_style() -> None:
    own = only(paragraph(run("QUYẾT ĐỊNH", "<w:b/>") + run(" "), '<w:jc w:val="center"/>'))
    assert (own.bold, own.centred) == (True, True)
    styles = style("Title", '<w:pPr><w:jc w:val="center"/></w:pPr><w:rPr><w:b/></w:rPr>', name="Title")
    styles += style("Small", '<w:basedOn w:val="Title"/>')
    inherited = only(paragraph("Tên", '<w:pStyle w:val="Small"/>'), styles=styles)
    assert (inherited.bold, inherited.centred, inherited.style) == (True, True, "Small")
    half = only(paragraph(run("Một", "<w:b/>") + run("nửa")))
    assert not half.bold
    assert not only(paragraph(run("Không", '<w:b w:val="0"/>'), '<w:pStyle w:val="Small"/>'), styles=styles).bold


def test_outline_level_from_paragraph_style_and_name_of_style() -> None:
    styles = style("H", '<w:pPr><w:outlineLvl w:val="1"/></w:pPr>') + style("Heading3", name="heading 3")
    body = (
        paragraph("a", '<w:pStyle w:val="H"/>')
        + paragraph("b", '<w:pStyle w:val="H"/><w:outlineLvl w:val="0"/>')
        + paragraph("c", '<w:pStyle w:val="Heading3"/>')
        + paragraph("d", '<w:pStyle w:val="H"/><w:outlineLvl w:val="9"/>')
    )
    assert [block.heading_level for block in paragraphs(read(body, styles=styles).blocks)] == [2, 1, 3, None]


def test_styles_based_on_each_other_in_a_circle_end() -> None:
    styles = style("A", '<w:basedOn w:val="B"/>') + style("B", '<w:basedOn w:val="A"/><w:rPr><w:b/></w:rPr>')
    assert only(paragraph("x", '<w:pStyle w:val="A"/>'), styles=styles).bold


def test_insertions_are_kept_and_deletions_dropped_with_one_doubt() -> None:
    source = read(
        paragraph(
            run("Trước ") + f"<w:ins>{run('mới ')}</w:ins><w:del><w:r><w:delText>cũ </w:delText></w:r></w:del>"
            f"<w:moveFrom>{run('đi ')}</w:moveFrom><w:moveTo>{run('đến ')}</w:moveTo>" + run("sau")
        )
    )
    assert texts(source.blocks) == ["Trước mới đến sau"]
    assert codes(source) == ["tracked_changes"]


def test_a_deleted_paragraph_mark_joins_two_paragraphs_under_the_second_ones_style() -> None:
    removed = '<w:pStyle w:val="A"/><w:rPr><w:del/></w:rPr>'
    styles = style("A") + style("B")
    body = paragraph("một ", removed) + paragraph("hai", '<w:pStyle w:val="B"/>')
    block = only(body, styles=styles)
    assert (block.text, block.style) == ("một hai", "B")
    table = f"<w:tbl><w:tr><w:tc>{paragraph('ô')}</w:tc></w:tr></w:tbl>"
    assert texts(read(paragraph("một", removed) + table).blocks) == ["một", "ô"]
    gone = paragraph("<w:del><w:r><w:delText>mất</w:delText></w:r></w:del>", removed)
    assert texts(read(gone + paragraph("còn") + gone).blocks) == ["còn"]


def test_deleted_rows_and_cells_are_dropped() -> None:
    kept, removed = f"<w:tc>{paragraph('còn')}</w:tc>", "<w:trPr><w:del/></w:trPr>"
    cell_removed = f"<w:tc><w:tcPr><w:cellDel/></w:tcPr>{paragraph('mất')}</w:tc>"
    source = read(f"<w:tbl><w:tr>{kept}{cell_removed}</w:tr><w:tr>{removed}{kept}</w:tr></w:tbl>")
    assert texts(source.blocks) == ["còn"]
    assert codes(source) == ["tracked_changes"]
    assert texts(read(f"<w:tbl><w:tr>{removed}{kept}</w:tr></w:tbl>").blocks) == []


def test_wrappers_are_looked_through() -> None:
    inline = (
        f"<w:smartTag>{run('a')}</w:smartTag><w:hyperlink>{run('b')}</w:hyperlink>"
        f"<w:sdt><w:sdtPr/><w:sdtContent>{run('c')}</w:sdtContent></w:sdt><w:fldSimple w:instr='PAGE'>{run('d')}"
        f"</w:fldSimple><w:unheardOf>{run('e')}</w:unheardOf>"
    )
    body = f"<w:sdt><w:sdtContent>{paragraph(inline)}</w:sdtContent></w:sdt><w:customXml>{paragraph('f')}</w:customXml>"
    assert texts(read(body + run("g")).blocks) == ["abcde", "f", "g"]


def test_symbols_formulas_and_ruby() -> None:
    assert only(paragraph('<w:r><w:sym w:font="Symbol" w:char="F0B3"/><w:t> 5</w:t></w:r>')).text == "≥ 5"
    source = read(paragraph('<w:r><w:sym w:font="Webdings" w:char="F001"/></w:r>'))
    assert (texts(source.blocks), codes(source)) == (["\uf001"], ["symbol"])
    part = "<m:r><m:t>{}</m:t></m:r>"
    fraction = f"<m:f><m:num>{part.format('a')}</m:num><m:den>{part.format('b')}</m:den></m:f>"
    formula = read(paragraph(f"<m:oMath>{fraction}</m:oMath>"))
    assert (texts(formula.blocks), codes(formula)) == (["a/b"], ["formula"])
    ruby = f"<w:ruby><w:rubyPr/><w:rt>{run('đọc')}</w:rt><w:rubyBase>{run('chữ')}</w:rubyBase></w:ruby>"
    assert only(paragraph(f"<w:r>{ruby}</w:r>")).text == "chữ (đọc)"


def test_a_text_box_is_read_once_after_its_paragraph() -> None:
    box = f"<w:txbxContent>{paragraph('trong hộp')}</w:txbxContent>"
    choice = f'<mc:Choice Requires="wps"><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>'
    fallback = f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback>"
    inside = run("ngoài") + f"<w:r><mc:AlternateContent>{choice}{fallback}</mc:AlternateContent></w:r>"
    source = read(paragraph(inside))
    assert [(block.text, block.origin) for block in paragraphs(source.blocks)] == [
        ("ngoài", "body"),
        ("trong hộp", "text_box"),
    ]
    assert codes(source) == ["text_box"]
    empty_choice = '<mc:Choice Requires="wpc"><w:drawing/></mc:Choice>'
    old = read(paragraph(f"<w:r><mc:AlternateContent>{empty_choice}{fallback}</mc:AlternateContent></w:r>"))
    assert texts(old.blocks) == ["trong hộp"]


def test_word_art_and_drawn_text_are_text() -> None:
    art = '<w:pict><v:shape><v:textpath string="DỰ THẢO"/></v:shape></w:pict>'
    drawn = "<w:drawing><a:p><a:r><a:t>Sơ </a:t></a:r><a:r><a:t>đồ</a:t></a:r></a:p></w:drawing>"
    assert texts(read(paragraph(f"<w:r>{art}</w:r><w:r>{drawn}</w:r>")).blocks) == ["DỰ THẢO", "Sơ đồ"]


def test_footnotes_and_endnotes_stand_with_their_paragraph() -> None:
    notes = (
        f'<w:footnote w:id="0" w:type="separator">{paragraph()}</w:footnote>'
        f'<w:footnote w:id="2">{paragraph("Chú thích")}{paragraph("hai đoạn")}</w:footnote>'
    )
    body = paragraph(run("Câu") + '<w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:endnoteReference w:id="2"/></w:r>')
    block = only(body, footnotes=notes, endnotes=f'<w:endnote w:id="2">{paragraph("Cuối")}</w:endnote>')
    assert block.footnotes == ("Chú thích\nhai đoạn", "Cuối")
    missing = read(body, footnotes="")
    assert "footnote" in codes(missing)


def test_fields_keep_their_result_and_dangerous_ones_are_told_even_in_pieces() -> None:
    def field(*instruction: str) -> str:
        pieces = "".join(f"<w:r><w:instrText>{piece}</w:instrText></w:r>" for piece in instruction)
        mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
        return mark.format("begin") + pieces + mark.format("separate") + run("kết quả") + mark.format("end")

    source = read(paragraph(field(" PAGEREF x ")) + paragraph(field(" DDE", "AUTO c:\\\\cmd.exe ")))
    assert texts(source.blocks) == ["kết quả", "kết quả"]
    assert [(doubt.code, "DDEAUTO" in doubt.message) for doubt in doubts(source)] == [("field", True)]


def test_objects_links_and_pieces_in_other_formats_are_told_and_not_followed() -> None:
    links = (
        relationship("a", "hyperlink", "https://example.org/", external=True)
        + relationship("b", "hyperlink", "file://server/share", external=True)
        + relationship("c", "oleObject", "embeddings/oleObject1.bin")
        + relationship("d", "attachedTemplate", "http://example.org/x.dotm", external=True)
        + relationship("e", "aFChunk", "chunk.html")
    )
    source = read_docx(docx(paragraph("chữ") + '<w:altChunk r:id="e"/>', links=links))
    assert texts(source.blocks) == ["chữ"]
    assert sorted(codes(source)) == [
        "embedded_object",
        "external_link",
        "external_link",
        "unsupported_part",
        "unsupported_part",
    ]


def test_comments_and_hidden_text() -> None:
    source = read(paragraph(run("hiện ") + run("ẩn", "<w:vanish/>") + '<w:r><w:commentReference w:id="0"/></w:r>'))
    assert (texts(source.blocks), sorted(codes(source))) == (["hiện"], ["comments", "hidden_text"])


def test_strict_documents_are_read_like_ordinary_ones() -> None:
    data = docx(paragraph("nghiêm ngặt"), extra={
        "word/document.xml": '<w:document xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"><w:body>'
        f"{paragraph('nghiêm ngặt')}</w:body></w:document>",
    })  # fmt: skip
    assert texts(read_docx(data).blocks) == ["nghiêm ngặt"]


@pytest.mark.real
@pytest.mark.parametrize("folder", ["legal", "eia", "suites/docx"])
def test_no_character_of_a_real_file_is_lost_or_doubled(samples: Path, folder: str) -> None:
    files = sorted((samples / folder).glob("*.docx"))
    assert files
    for path in files:
        read_text = characters("".join(block.text for block in paragraphs(read_docx(path.read_bytes()).blocks)))
        expected, printed_besides = characters_of_docx(path)
        assert not expected - read_text, path.name
        assert (read_text - expected).total() == printed_besides, path.name
