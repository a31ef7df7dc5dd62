"""CSV and JSON: every cell safe in a spreadsheet, every word as it is for programs."""

import csv
import json
from datetime import date
from io import BytesIO, StringIO

import pytest

from consult.exports.lines import TableLine
from consult.exports.plain import table_csv, table_json
from consult.exports.plain.table_csv import COLUMNS
from tests.exports.made import head, line
from tests.house.rooms import CHECKOUT


def read_csv(*lines: TableLine, notice: str = "") -> list[dict[str, str]]:
    """The file as a spreadsheet reads it."""
    file = BytesIO()
    table_csv.write(file, head(notice=notice), lines)
    data = file.getvalue()
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(StringIO(data.decode("utf-8-sig"), newline="")))


def test_a_line_for_each_comment_with_its_columns() -> None:
    told = line(
        12,
        received_on=date(2026, 11, 2),
        parts=(13, 14),
        stance="oppose",
        text='Không, "không";\ncó\tdấu phẩy, và dòng',
    )
    [row] = read_csv(told, notice="DỮ LIỆU MINH HỌA")
    assert tuple(row) == COLUMNS
    assert (row["number"], row["received_on"], row["parts"], row["page"]) == ("12", "2026-11-02", "13 14", "")
    assert row["text"] == 'Không, "không";\ncó\tdấu phẩy, và dòng'
    assert row["notice"] == "DỮ LIỆU MINH HỌA"


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "=cmd|' /C calc'!A0",
        " =1",
        "＝1",
        '=HYPERLINK("http://x")',
    ],
)
@pytest.mark.parametrize("column", ["text", "proposed", "sender", "answer", "place"])
def test_no_cell_is_a_formula(text: str, column: str) -> None:
    [row] = read_csv(line(1, **{column: text}))
    assert row[column] == f"'{text}"


def test_a_dash_inside_a_text_stays() -> None:
    [row] = read_csv(line(1, text="Đề nghị:\n- bỏ khoản 2"))
    assert row["text"] == "Đề nghị:\n- bỏ khoản 2"


def test_json_has_texts_as_they_are_and_both_sums() -> None:
    file = BytesIO()
    hidden = line(2, visibility="withheld", visibility_reason="insult", text="", stance="", answer=None, change=None)
    table_json.write(file, head(), [line(1, text="=1+1 “ê”", page=None), hidden, line(3, document=0, path="")])
    told = json.loads(file.getvalue())
    assert told["sums"] == {"outcome": head().outcome, "visibility": head().visibility}
    assert (told["asked"], told["opinions"], told["notice"]) == (24, 4, None)
    first, second, third = told["comments"]
    assert first["text"] == "=1+1 “ê”"
    assert first["anchor"]["path"] == "d1"
    assert (second["text"], second["stance"], second["answer"]["text"]) == (None, None, None)
    assert second["answer"]["disposition"] == "accepted"
    assert third["anchor"] is None


def test_json_without_comments_is_json() -> None:
    file = BytesIO()
    table_json.write(file, head(), [])
    assert json.loads(file.getvalue())["comments"] == []


def test_every_column_is_explained() -> None:
    explained = (CHECKOUT / "docs" / "open-data.md").read_text(encoding="utf-8")
    assert [column for column in COLUMNS if f"`{column}`" not in explained] == []
