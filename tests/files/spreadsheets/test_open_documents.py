"""The same table in the format of LibreOffice Calc; and what somebody might hide in one."""

import pytest

from consult.files.spreadsheets import open_document, reading, sheets, upload
from tests.files.spreadsheets.open_documents import KIND, cell, ods, packed, row, sheet
from tests.files.spreadsheets.test_reading import refused

MILLION = 1_000_000
NUMBER = '<table:table-cell office:value-type="float" office:value="%s"><text:p>%s</text:p></table:table-cell>'
DAY = '<table:table-cell office:value-type="date" office:date-value="%s"><text:p>x</text:p></table:table-cell>'
ERROR = (
    '<table:table-cell table:formula="of:=1/0" office:value-type="string" calcext:value-type="error">'
    "<text:p>#DIV/0!</text:p></table:table-cell>"
)


def only(*rows: str) -> list[list[str]]:
    """The cells of the only sheet."""
    (found,) = upload.sheets(ods(sheet(*rows)))
    return [line.cells for line in found.lines]


def test_cells_are_text_as_people_write_it() -> None:
    said = [cell("Hội\nNông dân"), NUMBER % ("12", "12,00"), NUMBER % ("2.5", "2,5"), DAY % "2026-11-21"]
    said += [DAY % "2026-01-02T08:05:00", '<table:table-cell office:value-type="boolean" office:boolean-value="true"/>']
    assert only(row(*said)) == [["Hội\nNông dân", "12", "2.5", "21/11/2026", "02/01/2026 08:05", "true"]]


def test_blanks_tabs_and_breaks_are_said_and_notes_are_not() -> None:
    words = (
        '<table:table-cell office:value-type="string"><office:annotation><text:p>ghi chú</text:p></office:annotation>'
        '<text:p>Hai<text:s text:c="2"/>ý<text:tab/><text:span>và <text:span>ba</text:span></text:span>'
        "<text:line-break/>dòng</text:p></table:table-cell>"
    )
    assert only(row(words)) == [["Hai  ý\tvà ba\ndòng"]]


def test_rows_keep_the_numbers_that_calc_shows() -> None:
    (found,) = upload.sheets(ods(sheet(row(cell("a")), row(cell(""), times=5_000), row(cell("b"), times=2))))
    assert [(line.number, line.cells) for line in found.lines] == [(1, ["a"]), (5_002, ["b"]), (5_003, ["b"])]


def test_a_cell_is_said_as_often_as_it_is_repeated() -> None:
    assert only(row(cell("a", columns_repeated="3"), cell("", columns_repeated="2"), cell("b"))) == [
        ["a", "a", "a", "", "", "b"]
    ]


def test_what_is_wrong_with_a_cell_is_told() -> None:
    without = '<table:table-cell table:formula="of:=A1"/>'
    (found,) = upload.sheets(ods(sheet(row(ERROR, without))))
    assert found.lines[0].problems == {0: sheets.BROKEN, 1: sheets.WITHOUT_RESULT}


def test_merged_cells_are_known_and_say_their_words_once() -> None:
    covered = "<table:covered-table-cell/>"
    data = ods(sheet(row(cell("a"), cell("x", rows_spanned="2")), row(cell("b"), covered)))
    (found,), merged = open_document.read(data)
    assert [line.cells for line in found.lines] == [["a", "x"], ["b"]]
    assert merged == {"0:1:1": "0:1:1", "0:2:1": "0:1:1"}


def test_what_nobody_sees_is_left_out() -> None:
    data = ods(sheet(row(cell("a"))), sheet(row(cell("secret")), name="An", style="ta2"))
    assert [one.name for one in upload.sheets(data)] == ["Một"]


def test_what_it_says_of_itself_is_found_by_its_name() -> None:
    data = ods(sheet(row(cell("a"))), told={"other": "x", "rows": "1 2"})
    assert (open_document.told(data, "rows"), open_document.told(data, "none")) == ("1 2", "")


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([row(cell("x"), times=MILLION)], "too_many_rows"),
        ([row(cell("x", columns_repeated=str(MILLION)))], "too_many_columns"),
        ([row(cell("", columns_repeated=str(MILLION)), cell("x"))], "too_many_columns"),
        ([row(cell("dài " * 1_000, columns_repeated="80"), times=20_000)], "too_many_rows"),
        ([row(cell("x"))] * (sheets.MOST_ROWS + 1), "too_many_rows"),
    ],
)
def test_what_is_repeated_without_end_is_refused(rows: list[str], code: str) -> None:
    assert refused(ods(sheet(*rows))) == code


def test_empty_rows_without_end_are_nothing_and_behind_the_last_line_nothing_is_read() -> None:
    assert refused(ods(sheet(*[row(cell(""), times=MILLION)] * 50, row(cell("x"))))) == "empty_spreadsheet"


def test_a_million_merged_cells_are_not_noted() -> None:
    spans = [row(cell("x", rows_spanned=str(MILLION), columns_spanned=str(MILLION)))] * 200
    (_found,), merged = open_document.read(ods(sheet(*spans)))
    assert len(merged) <= sheets.LAST_LINE


def test_too_many_sheets_are_refused() -> None:
    assert refused(ods(*[sheet(row(cell("x")))] * (sheets.MOST_SHEETS + 1))) == "too_many_rows"


def test_an_entity_is_not_unfolded_and_no_file_is_opened() -> None:
    doctype = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]>'
    words = "<table:table-cell><text:p>Hội&b;&f;</text:p></table:table-cell>"
    (found,) = upload.sheets(ods(sheet(row(words)), doctype=doctype))
    assert found.lines[0].cells == ["Hội"]


def test_what_is_kept_of_a_linked_file_is_not_read() -> None:
    source = '<table:table-source xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="file:///etc/passwd"/>'
    linked = '<table:table table:name="Liên kết">' + source + row(cell("kept")) + "</table:table>"
    elsewhere = f'<office:dde-links xmlns:x="x"><x:link><table:table>{row(cell("y"))}</table:table></x:link>'
    data = ods(sheet(row(cell("a"))), linked, beside=f"{elsewhere}</office:dde-links>")
    assert [[line.cells for line in one.lines] for one in upload.sheets(data)] == [[["a"]]]


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = packed({"mimetype": KIND, "content.xml": bytes(sheets.LARGEST_UNPACKED + 1)})
    assert refused(bomb) == "too_large_inside"


@pytest.mark.parametrize("content", ["", "<office", "no XML", "<a/>" * 2, "\x00" * 50])
def test_what_is_none_is_refused(content: str) -> None:
    assert refused(packed({"mimetype": KIND, "content.xml": content})) == "damaged_file"


def test_a_file_without_content_is_refused() -> None:
    assert refused(packed({"mimetype": KIND})) == "damaged_file"


@pytest.mark.parametrize(
    "kind", ["application/vnd.oasis.opendocument.text", "application/vnd.oasis.opendocument.graphics"]
)
def test_other_open_documents_are_no_spreadsheets(kind: str) -> None:
    assert refused(packed({"mimetype": kind, "content.xml": "<a/>"})) == "not_a_spreadsheet"


def test_any_bytes_are_read_or_refused() -> None:
    """Every byte of a file torn at every place: never anything but a table or a refusal."""
    data = ods(sheet(row(cell("a"), NUMBER % ("nan", "x"), NUMBER % ("1e999", "y"), DAY % "0000-99-99")))
    assert reading.read(data)[0].lines[0].cells == ["a", "x", "y", "x"]
    for end in range(4, len(data), 97):
        torn = data[:end] + bytes(reversed(data[end:]))
        try:
            reading.read(torn)
        except sheets.FileRejected as refusal:
            assert str(refusal)
