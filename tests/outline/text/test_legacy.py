"""Vietnamese from before Unicode, turned into it run by run, and told."""

import pytest

from consult.outline.docx.document import read_docx
from consult.outline.readers import read
from consult.outline.text.legacy import detected, is_legacy, scheme_of, to_unicode
from tests.outline.docx_builder import abstract, docx, level, listed, numbered, paragraph, run, style
from tests.outline.reading_text import doubts, paragraphs, texts

FONT = '<w:rFonts w:ascii="{0}" w:hAnsi="{0}"/>'
IN_TCVN3 = "§iÒu 1. Ph¹m vi ®iÒu chØnh cña LuËt nµy"
IN_VNI = "Ñieàu 1. Phaïm vi ñieàu chænh cuûa Luaät naøy"
MEANT = "Điều 1. Phạm vi điều chỉnh của Luật này"
SENTENCE = (
    "Nhà nước bảo đảm quyền của mọi người theo quy định của pháp luật; các tổ chức có trách nhiệm về việc này, "
    "không được trái với nghị quyết. Ưu tiên những hộ nghèo, ở xã đặc biệt khó khăn, ý kiến, quỹ, cờ, ngủ, sẽ, nữ."
)


def encoded(text: str, scheme: str) -> str:
    """Every letter looked up backwards, as the old programs wrote it."""
    signs = [chr(point) for point in range(0xA1, 0x100)]
    letters = {to_unicode(sign, scheme): sign for sign in reversed(signs)}
    if scheme == "vni":
        letters |= {to_unicode(a + sign, scheme): a + sign for a in "aeouyôöAEOUYÔÖ" for sign in signs}
    return "".join(letters.get(letter, letter) for letter in text)


def test_the_letters_of_both() -> None:
    assert to_unicode(IN_TCVN3, "tcvn3") == MEANT
    assert to_unicode(IN_VNI, "vni") == MEANT
    assert to_unicode("ñöôïc, nöôùc, baûn ñoà, tænh, ñòa, kyõ, soá", "vni") == "được, nước, bản đồ, tỉnh, địa, kỹ, số"
    assert to_unicode("quyÕt ®Þnh", "tcvn3_capitals") == "QUYẾT ĐỊNH"


@pytest.mark.parametrize(
    ("font", "scheme"),
    [
        (".VnTime", "tcvn3"),
        (".VnTimeH", "tcvn3_capitals"),
        (".VnArial NarrowH", "tcvn3_capitals"),
        ("VNI-Times", "vni"),
        ("Times New Roman", ""),
        ("Vni", ""),
        ("", ""),
    ],
)
def test_fonts_tell_how_their_letters_are_kept(font: str, scheme: str) -> None:
    assert scheme_of(font) == scheme


@pytest.mark.parametrize(("font", "words"), [(".VnTime", IN_TCVN3), ("VNI-Times", IN_VNI)])
def test_runs_of_a_word_file_are_turned_one_by_one_and_told(font: str, words: str) -> None:
    source = read_docx(docx(paragraph(run(words, FONT.format(font)) + run(" và điều khác"))))
    assert texts(source.blocks) == [f"{MEANT} và điều khác"]
    ((code, message),) = [(doubt.code, doubt.message) for doubt in doubts(source)]
    assert code == "legacy_font" and font in message and message.endswith(f"“{MEANT}”")


def test_by_style_over_two_runs_and_as_symbols() -> None:
    styles = style("Old", f"<w:rPr>{FONT.format('VNI-Times')}</w:rPr>")
    cut = paragraph(run("Ñie") + run("àu 1. cuû") + run("a"), '<w:pStyle w:val="Old"/>')
    assert texts(read_docx(docx(cut, styles=styles)).blocks) == ["Điều 1. của"]
    symbols = "".join(chr(0xF000 + ord(sign)) if sign > "~" else sign for sign in IN_TCVN3)
    assert texts(read_docx(docx(paragraph(run(symbols, FONT.format(".VnTime"))))).blocks) == [MEANT]


def test_unicode_under_the_name_of_an_old_font_stays() -> None:
    source = read_docx(docx(paragraph(run(MEANT, FONT.format(".VnTime")))))
    assert (texts(source.blocks), doubts(source)) == ([MEANT], [])
    assert not is_legacy("abc", "tcvn3")


@pytest.mark.parametrize("scheme", ["tcvn3", "vni"])
def test_a_plain_text_in_old_letters_is_recognised(scheme: str) -> None:
    written = encoded(SENTENCE, scheme)
    assert to_unicode(written, scheme) == SENTENCE
    for data in (written.encode("latin-1"), written.encode()):
        source = read(data, "luat.txt")
        assert (texts(source.blocks), [doubt.code for doubt in doubts(source)]) == ([SENTENCE], ["legacy_font"])


@pytest.mark.parametrize("text", [SENTENCE, "déjà vu, à la carte, garçon, für Öl", "plain words", "±5 °C; 12 µm; §3"])
def test_other_texts_are_left_as_they_are(text: str) -> None:
    assert detected(text) == (text, "")


def old(font: str) -> str:
    """Properties of a run in a font."""
    return f"<w:rPr>{FONT.format(font)}</w:rPr>"


@pytest.mark.parametrize(
    ("font", "typed", "printed"),
    [
        (".VnTime", "®)", "đ)"),
        (".VnTime", "§iÒu %1.", "Điều 1."),
        (".VnTimeH", "Ch\u00ad¬ng %1.", "CHƯƠNG 1."),
        ("VNI-Times", "Ñieàu %1.", "Điều 1."),
        ("VNI-Times", "ñ)", "đ)"),
        (".VnTime", "a)", "a)"),
        (".VnTimeH", "a)", "a)"),
        ("Times New Roman", "Điều %1.", "Điều 1."),
        (".VnTime", "Điều %1.", "Điều 1."),
    ],
)
def test_a_number_of_words_own_is_turned_as_runs_are(font: str, typed: str, printed: str) -> None:
    """By the font of its level, of its paragraph's mark, of the style, or of the file."""
    one = listed(1, 0)
    plain = abstract(0, level(0, typed))
    own = abstract(0, level(0, typed).replace("</w:lvl>", f"{old(font)}</w:lvl>"))
    marked = numbered("A", 1).replace("</w:pPr>", f"{old(font)}</w:pPr>")
    styled = numbered("A", 1).replace("<w:pPr>", '<w:pPr><w:pStyle w:val="Old"/>')
    files = [
        docx(numbered("A", 1), numbering=own + one),
        docx(marked, numbering=plain + one),
        docx(styled, numbering=plain + one, styles=style("Old", old(font))),
        docx(
            numbered("A", 1),
            numbering=plain + one,
            styles=f"<w:docDefaults><w:rPrDefault>{old(font)}</w:rPrDefault></w:docDefaults>",
        ),
    ]
    for file in files:
        source = read_docx(file)
        assert [one.marker for one in paragraphs(source.blocks)] == [printed]
        assert [doubt.code for doubt in doubts(source)] == ["legacy_font"] * (typed.replace("%1", "1") != printed)


def test_a_number_of_no_font_is_as_the_words_beside_it() -> None:
    lists = abstract(0, level(0, "®)")) + listed(1, 0)
    in_list = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    source = read_docx(docx(paragraph(run(IN_TCVN3, FONT.format(".VnTime")), in_list), numbering=lists))
    assert [(one.marker, one.text) for one in paragraphs(source.blocks)] == [("đ)", MEANT)]


def test_what_is_drawn_and_single_symbols_are_turned_too() -> None:
    latin = f'<a:r><a:rPr><a:latin typeface=".VnTime"/></a:rPr><a:t>{IN_TCVN3}</a:t></a:r>'
    word_art = f'<v:shape><v:textpath style="font-family:&quot;VNI-Times&quot;" string="{IN_VNI}"/></v:shape>'
    symbol = '<w:r><w:sym w:font=".VnTime" w:char="F0AE"/><w:t>i</w:t></w:r>'
    body = f"<w:r><w:drawing><a:p>{latin}</a:p></w:drawing></w:r><w:r><w:pict>{word_art}</w:pict></w:r>"
    source = read_docx(docx(paragraph(symbol + body)))
    assert texts(source.blocks) == ["đi", MEANT, MEANT]
    assert "symbol" not in {doubt.code for doubt in doubts(source)}


def test_beside_words_that_are_crossed_out_the_letters_are_turned_all_the_same() -> None:
    font = FONT.format(".VnTime")
    body = run("§iÒu 1. ", font) + run("LuËt cò ", f"<w:strike/>{font}") + run(" LuËt nµy", font)
    source = read_docx(docx(paragraph(body)))
    assert texts(source.blocks) == ["Điều 1. Luật này"]
    assert "crossed out: “Luật cũ”" in {doubt.message for doubt in doubts(source)}
