"""The same table, whichever program wrote it."""

from datetime import date

import pytest

from consult.files.spreadsheets import reading, sheets, tables
from tests.files.spreadsheets.test_reading import COLUMNS, HEAD
from tests.files.spreadsheets.writers import by_xlsxwriter, calc

SHARED = [
    "<t>Tên tổ chức</t>", "<t>Ngày thành lập</t>", "<t>Thư</t>",
    '<r><rPr><b/></rPr><t xml:space="preserve">Hội </t></r><r><t>Nông dân_x000D_\nxã</t></r><rPh sb="0" eb="1"><t>x</t>'
    "</rPh>",
    "<t>Nguye\u0302\u0303n</t>",
]  # fmt: skip
HEADS = '<c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>2</v></c>'


def of(data: bytes) -> tables.Table:
    return tables.table([sheet for sheet in reading.read(data) if not sheet.hidden], COLUMNS)


@pytest.mark.parametrize(("since_1904", "serial"), [(False, 46347), (True, 46347 - 1462)])
def test_as_excel_and_libreoffice_write_it(since_1904: bool, serial: int) -> None:
    rows = [
        HEADS,
        f'<c r="A2" t="s"><v>3</v></c><c r="B2" s="1"><v>{serial}</v></c>',
        '<c r="A3" t="str"><f aca="false">CONCATENATE("Hai"," ý")</f><v>Hai ý</v></c><c r="C3" t="inlineStr"><is>'
        "<t>a@b.vn</t></is></c>",
        '<c r="A4" t="e"><f>1/0</f><v>#DIV/0!</v></c>',
        '<c r="B5" s="1"/>',
    ]  # fmt: skip
    found = of(calc(rows, SHARED, since_1904))
    assert [dict(one.values) for one in found.records[:2]] == [
        {"name": "Hội Nông dân\nxã", "day": "21/11/2026", "mail": ""},
        {"name": "Hai ý", "day": "", "mail": "a@b.vn"},
    ]
    assert found.records[2].problems == {"name": sheets.BROKEN} and len(found.records) == 3


@pytest.mark.parametrize("inline", [False, True])
def test_as_programs_write_it(inline: bool) -> None:
    rows = [["", *HEAD], [0, "Hội A", date(2026, 11, 21), "a@b.vn"], [1, "Hội B", "", ""]]
    found = of(by_xlsxwriter(rows, inline))
    assert dict(found.records[0].values) == {"name": "Hội A", "day": "21/11/2026", "mail": "a@b.vn"}
    assert found.places == {"name": 1, "day": 2, "mail": 3}


@pytest.mark.parametrize(
    "text",
    [
        "Danh sách hội, đoàn, câu lạc bộ\n{head}\nHội A, B;1/7/2025;\nHội C, D, E, F;;x@y.vn\n",
        "sep=;\n{head}\nHội A, B;1/7/2025;\nHội C, D, E, F;;x@y.vn\n",
        "{head}\nHội A, B;1/7/2025;\n\nHội C, D, E, F;;x@y.vn\n",
    ],
)
def test_the_separator_of_a_csv_is_what_divides_its_table(text: str) -> None:
    found = of(text.format(head=";".join(HEAD)).encode())
    assert [one.values["name"] for one in found.records] == ["Hội A, B", "Hội C, D, E, F"]


def test_the_line_that_names_the_separator_counts_as_a_line() -> None:
    found = of(f"sep=;\n{';'.join(HEAD)}\nHội A;;\n".encode())
    assert found.head == 2 and found.records[0].number == 3
