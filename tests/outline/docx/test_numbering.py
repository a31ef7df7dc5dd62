"""Word's automatic numbers, as Word prints them."""

import pytest

from consult.outline.docx.document import read_docx
from consult.outline.docx.number_formats import format_number
from tests.outline.docx_builder import abstract, docx, level, listed, numbered, paragraph, style
from tests.outline.reading_text import doubts, paragraphs


def markers(body: str, numbering: str, styles: str = "") -> list[str | None]:
    """The automatic numbers of the paragraphs of a document."""
    source = read_docx(docx(body, numbering=numbering, styles=styles))
    return [block.marker for block in paragraphs(source.blocks)]


def restart(index: int, start: int = 1) -> str:
    return f'<w:lvlOverride w:ilvl="{index}"><w:startOverride w:val="{start}"/></w:lvlOverride>'


LEGAL = abstract(0, level(0, "Điều %1."), level(1, "%2."), level(2, "%3)", "lowerLetter"))


@pytest.mark.parametrize(
    ("number", "number_format", "printed"),
    [
        (1, "decimal", "1"),
        (7, "decimalZero", "07"),
        (12, "decimalZero", "12"),
        (5, "lowerLetter", "e"),
        (26, "upperLetter", "Z"),
        (28, "lowerLetter", "bb"),
        (4, "upperRoman", "IV"),
        (1994, "lowerRoman", "mcmxciv"),
        (0, "upperRoman", "0"),
        (3, "none", ""),
        (22, "ordinal", "22nd"),
        (112, "ordinal", "112th"),
        (10, "decimalFullWidth", "１０"),
    ],
)
def test_formats(number: int, number_format: str, printed: str) -> None:
    assert format_number(number, number_format) == (printed, True)


def test_a_number_too_large_for_letters_is_printed_in_digits() -> None:
    assert format_number(10**9, "lowerLetter") == (str(10**9), True)


def test_lower_levels_start_anew_after_a_higher_one() -> None:
    body = "".join(numbered("x", 1, index) for index in (0, 1, 2, 2, 1, 2, 0, 1, 2))
    assert markers(body, LEGAL + listed(1, 0)) == [
        "Điều 1.", "1.", "a)", "b)", "2.", "a)", "Điều 2.", "1.", "a)",
    ]  # fmt: skip


def test_word_prints_the_latin_alphabet_in_vietnamese_documents_too() -> None:
    body = "".join(numbered("x", 1, 2) for _ in range(6))
    assert markers(body, LEGAL + listed(1, 0)) == ["a)", "b)", "c)", "d)", "e)", "f)"]


def test_numbers_made_of_several_levels_and_legal_numbering() -> None:
    levels = level(0, "%1", "upperRoman"), level(1, "%1.%2."), level(2, "%1.%2.%3", more="<w:isLgl/>")
    body = "".join(numbered("x", 1, index) for index in (0, 1, 2, 0, 1))
    assert markers(body, abstract(0, *levels) + listed(1, 0)) == ["I", "I.1.", "1.1.1", "II", "II.1."]


def test_a_level_above_that_never_appeared_counts_from_its_start() -> None:
    numbering = abstract(0, level(0, "%1.", start=3), level(1, "%1.%2")) + listed(1, 0)
    body = "".join(numbered("x", 1, index) for index in (1, 0, 1))
    assert markers(body, numbering) == ["3.1", "4.", "4.1"]


def test_a_level_that_never_restarts_and_one_that_restarts_late() -> None:
    never = abstract(0, level(0, "%1."), level(1, "%2)", more='<w:lvlRestart w:val="0"/>')) + listed(1, 0)
    assert markers("".join(numbered("x", 1, index) for index in (0, 1, 0, 1)), never) == ["1.", "1)", "2.", "2)"]
    late = abstract(0, level(0, "%1."), level(1, "%2."), level(2, "%3)", more='<w:lvlRestart w:val="1"/>'))
    body = "".join(numbered("x", 1, index) for index in (0, 1, 2, 1, 2, 0, 2))
    assert markers(body, late + listed(1, 0)) == ["1.", "1.", "1)", "2.", "2)", "2.", "1)"]


def test_lists_of_one_abstract_list_count_on_unless_they_restart() -> None:
    numbering = abstract(0, level(0, "%1.")) + listed(1, 0) + listed(2, 0) + listed(3, 0, restart(0, 5))
    body = "".join(numbered("x", identifier) for identifier in (1, 1, 2, 3, 3, 1))
    assert markers(body, numbering) == ["1.", "2.", "3.", "5.", "6.", "7."]


def test_a_list_may_replace_a_level() -> None:
    override = f'<w:lvlOverride w:ilvl="0">{level(0, "%1)", "lowerLetter")}</w:lvlOverride>'
    assert markers(numbered("x", 1), abstract(0, level(0, "%1.")) + listed(1, 0, override)) == ["a)"]


def test_numbers_by_style_inheritance_and_their_suppression() -> None:
    styles = (
        style("Dieu", '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>')
        + style("Dieu2", '<w:basedOn w:val="Dieu"/>')
        + style("Khoan", '<w:basedOn w:val="Dieu"/><w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr></w:pPr>')
        + style("Khong", '<w:basedOn w:val="Dieu"/><w:pPr><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr>')
    )
    body = "".join(paragraph("x", f'<w:pStyle w:val="{name}"/>') for name in ("Dieu", "Khoan", "Dieu2", "Khong"))
    own_zero = '<w:pStyle w:val="Dieu"/><w:numPr><w:numId w:val="0"/></w:numPr>'
    body += paragraph("x", own_zero) + paragraph("x", '<w:pStyle w:val="Dieu"/>')
    assert markers(body, LEGAL + listed(1, 0), styles) == ["Điều 1.", "1.", "Điều 2.", None, None, "Điều 3."]


def test_a_style_stands_for_the_level_that_names_it() -> None:
    named = '<w:pStyle w:val="H2"/>'
    styles = style("H2", '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>')
    numbering = abstract(0, level(0, "%1."), level(1, "%1.%2", more=named)) + listed(1, 0)
    assert markers(paragraph("x", named), numbering, styles) == ["1.1"]


def test_list_styles_are_followed_and_circles_end() -> None:
    styles = style("L", '<w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr>', kind="numbering")
    link = '<w:abstractNum w:abstractNumId="{}"><w:numStyleLink w:val="L"/></w:abstractNum>'
    numbering = link.format(0) + abstract(1, level(0, "%1/")) + listed(1, 0) + listed(2, 1)
    assert markers(numbered("x", 1), numbering, styles) == ["1/"]
    assert markers(numbered("x", 1), link.format(0) + link.format(1) + listed(1, 0) + listed(2, 1), styles) == [None]


def test_bullets() -> None:
    levels = level(0, "\uf0b7", "bullet"), level(1, "+", "bullet"), level(2, "–", "bullet")
    body = "".join(numbered("x", 1, index) for index in (0, 1, 2))
    assert markers(body, abstract(0, *levels) + listed(1, 0)) == ["-", "+", "-"]


def test_an_empty_numbered_paragraph_counts_and_a_deleted_one_does_not() -> None:
    removed = '<w:numPr><w:numId w:val="1"/></w:numPr><w:rPr><w:del/></w:rPr>'
    body = numbered("x", 1) + numbered("", 1) + paragraph("", removed) + numbered("x", 1)
    assert markers(body, LEGAL + listed(1, 0)) == ["Điều 1.", "Điều 2.", "Điều 3."]


def test_a_tracked_change_of_a_number_is_told() -> None:
    number = '<w:numPr>{}<w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    numbering = abstract(1, level(0, "%1.")) + listed(1, 1)
    was = '<w:pPrChange w:id="1"><w:pPr>{}</w:pPr></w:pPrChange>'
    told = [
        doubt.code
        for properties in (
            number.format('<w:ins w:id="2"/>'), was.format(number.format("")), number.format("") + was.format(""),
            number.format("") + was.format(number.format("")), was.format('<w:jc w:val="center"/>'),
        )
        for doubt in doubts(read_docx(docx(paragraph("Một", properties), numbering=numbering)))
    ]  # fmt: skip
    assert told == ["tracked_changes"] * 3


def test_what_is_not_understood_is_told_and_shown_in_digits() -> None:
    numbering = abstract(0, level(0, "%1.", "ideographTraditional")) + listed(1, 0)
    source = read_docx(docx(numbered("x", 1) + numbered("y", 99), numbering=numbering))
    assert [block.marker for block in paragraphs(source.blocks)] == ["1.", None]
    assert [doubt.code for doubt in doubts(source)] == ["unknown_numbering", "unknown_numbering"]


def test_nonsense_numbers_do_no_harm() -> None:
    odd = '<w:numPr><w:ilvl w:val="77"/><w:numId w:val="x"/></w:numPr>'
    body = paragraph("x", odd) + numbered("y", 1, 99999)
    assert markers(body, LEGAL + listed(1, 0) + '<w:num w:numId="2"/>') == [None, None]
    assert markers(numbered("x", 2), '<w:num w:numId="2"/><w:num w:numId="²"/>') == [None]
