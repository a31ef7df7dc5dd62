"""A spreadsheet of a branch: looked at, every wrong cell named, written once whatever is brought again."""

import io
import time
import tracemalloc
import unicodedata
from datetime import date, datetime

import pytest
from openpyxl import load_workbook
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult.collections.models import Branch, CollectedOpinion, Gathering
from consult.collections.spreadsheet import service
from consult.collections.spreadsheet.blank import workbook
from consult.collections.spreadsheet.models import BranchSpreadsheet
from consult.collections.spreadsheet.planning import Plan
from consult.errors import Invalid, Refused
from consult.files.spreadsheets import upload
from consult.files.spreadsheets.sheets import BROKEN, WITHOUT_RESULT
from tests.builders import NOW
from tests.collections.scene import CODES, collecting
from tests.collections.spreadsheet.filled import MEETING, clauses_of, filled
from tests.files.spreadsheets.made import workbook as made_workbook


def kept(session: Session, branch: Branch, data: bytes) -> tuple[BranchSpreadsheet, Plan]:
    """A file as it was brought, and what it would do."""
    one = service.keep(session, branch, "y-kien.xlsx", upload.sheets(data), None, NOW)
    return one, service.plan(session, one, clauses_of(session, branch), NOW)


def written(
    session: Session, branch: Branch, data: bytes, how: str = service.ALL, other: str = ""
) -> BranchSpreadsheet:
    one, plan = kept(session, branch, data)
    return service.write(session, one, clauses_of(session, branch), plan.version, (how, other), CODES, NOW)


def counted(session: Session) -> tuple[int, int]:
    return (
        session.scalar(select(func.count(Gathering.id))) or 0,
        session.scalar(select(func.count(CollectedOpinion.id))) or 0,
    )


@pytest.fixture
def branch(session: Session) -> Branch:
    return collecting(session, "Xã A").branches["Xã A"]


def test_rows_become_opinions_of_the_gathering_that_they_name(session: Session, branch: Branch) -> None:
    rows = [
        {
            "anchor": 0,
            "text": unicodedata.normalize("NFD", "Đổ rác chung thì khó"),
            "stance": "Không đồng ý",
            **MEETING,
        },
        {"anchor": "Điều 2", "proposed": "Xã làm trước", "sharing": "12", "differing": "x"},
        {"text": "Nên có thùng", "how": "phiếu giấy", "contact": "0912 345 678", "person_name": "Bà Mai"},
    ]
    done = written(session, branch, filled(session, branch, rows))
    assert counted(session) == (2, 3) and done.written["rows"] == 3
    first, second, third = session.scalars(select(CollectedOpinion).order_by(CollectedOpinion.number))
    assert (first.text, first.anchor, first.stance) == ("Đổ rác chung thì khó", "du-thao/1/d1", "oppose")
    assert (second.anchor, second.people, second.differing) == ("du-thao/1/d2", 12, True)
    assert first.gathering_id == second.gathering_id != third.gathering_id
    assert (first.gathering.people, str(first.gathering.held_on)) == (40, "2026-11-21")
    assert (third.anchor, third.person_name) == ("", "Bà Mai")


def test_the_same_again_changes_nothing_and_what_is_new_is_added(session: Session, branch: Branch) -> None:
    rows = [{"text": "Một", **MEETING}, {"text": "Một"}, {"text": "Hai"}]
    data = filled(session, branch, rows)
    written(session, branch, data)
    _one, plan = kept(session, branch, data)
    assert plan.counts == {"new": 0, "known": 3, "wrong": 0, "otherwise": 0}
    with pytest.raises(Refused, match="spreadsheet_nothing"):
        written(session, branch, data)
    written(session, branch, filled(session, branch, [{}, {}, {}, {"text": "Một", **MEETING}], data))
    assert counted(session) == (1, 4)


def test_rows_without_a_key_are_known_by_their_words(session: Session, branch: Branch) -> None:
    plain = "Ý kiến;Hình thức;Nơi;Ngày\nMột;Họp;Thôn 1;21/11/2026\nMột;;;\nHai;;;\n".encode()
    written(session, branch, plain)
    assert kept(session, branch, plain)[1].counts["known"] == 3
    longer = plain + "Một;;;\n".encode()
    assert written(session, branch, longer).written == {"rows": 1, "known": 3, "gatherings": [1]}
    assert counted(session) == (1, 4)


def test_a_row_that_came_before_with_other_words_is_asked_about(session: Session, branch: Branch) -> None:
    data = filled(session, branch, [{"text": "Một", **MEETING}])
    written(session, branch, data)
    other = filled(session, branch, [{"text": "Một, sửa"}], data)
    with pytest.raises(Refused, match="spreadsheet_otherwise"):
        written(session, branch, other)
    with pytest.raises(Refused, match="spreadsheet_nothing"):
        written(session, branch, other, other=service.LEAVE)
    written(session, branch, other, other=service.ADD)
    assert kept(session, branch, other)[1].counts["known"] == 1 and counted(session) == (1, 2)


def test_five_thousand_rows_with_three_hundred_bad_ones(session: Session, branch: Branch) -> None:
    bad = [{"anchor": "Điều 99"}, {"held_on": "31/02/2026"}, {"sharing": "nhiều"}, {"stance": "lưng chừng"},
           {"contact": "12"}, {"how": "mơ"}]  # fmt: skip
    rows = [{"text": f"Ý kiến {number}", **MEETING} for number in range(5_000)]
    for place in range(300):
        rows[place * 16] |= bad[place % len(bad)]
    data, began = filled(session, branch, rows), time.monotonic()
    tracemalloc.start()
    one, plan = kept(session, branch, data)
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert plan.counts == {"new": 4_700, "known": 0, "wrong": 300, "otherwise": 0}
    assert [one.row.number for one in plan.rows if one.row.problems] == [place * 16 + 2 for place in range(300)]
    assert all(len(one.row.problems) == 1 for one in plan.rows if one.row.problems)
    assert most < 150 * 1024 * 1024 and time.monotonic() - began < 120
    known = clauses_of(session, branch)
    with pytest.raises(Refused, match="spreadsheet_rows_wrong"):
        service.write(session, one, known, plan.version, (service.ALL, ""), CODES, NOW)
    assert counted(session) == (0, 0)
    done = service.write(session, one, known, plan.version, (service.RIGHT, ""), CODES, NOW)
    assert counted(session) == (1, 4_700) and len(done.left) == 300 and not done.sheets
    _mend_what_is_left(session, branch, done)


def _mend_what_is_left(session: Session, branch: Branch, done: BranchSpreadsheet) -> None:
    known = clauses_of(session, branch)
    again = workbook("Đợt", known, "vi", [{**one["cells"], "why": "…"} for one in done.left])
    assert kept(session, branch, again)[1].counts["wrong"] == 300
    good = {"anchor": "", "sharing": "", "stance": "", "contact": "", **MEETING}
    written(session, branch, filled(session, branch, [good] * 300, again))
    assert counted(session) == (1, 5_000)


def test_nothing_is_written_when_something_changed_since_it_was_seen(session: Session, branch: Branch) -> None:
    data = filled(session, branch, [{"text": "Một", **MEETING}])
    first, plan = kept(session, branch, data)
    written(session, branch, data)
    with pytest.raises(Refused, match="spreadsheet_changed"):
        service.write(session, first, clauses_of(session, branch), plan.version, ("all", ""), CODES, NOW)
    assert counted(session) == (1, 1)


def test_merged_heads_another_order_and_a_renamed_column(session: Session, branch: Branch) -> None:
    book = load_workbook(io.BytesIO(filled(session, branch, [])))
    book.remove(book.worksheets[0])
    sheet = book.create_sheet("Tổng hợp", 0)
    sheet.append(["BẢNG TỔNG HỢP Ý KIẾN"])
    sheet.append(["Bà con nói", "Ghi nhận", None, None, "Điều/khoản"])
    sheet.append([None, "Hình thức", "Địa điểm", "Ngày họp"])
    for merged in ("A1:E1", "A2:A3", "B2:D2", "E2:E3"):
        sheet.merge_cells(merged)
    sheet.append(["Một", "Họp thôn", "Thôn 1", 46347, "Điều 1"])
    written_to = io.BytesIO()
    book.save(written_to)
    one, plan = kept(session, branch, written_to.getvalue())
    assert plan.table.missing == ("text",) and plan.rows == ()
    service.say_where(session, one, {"text": 0})
    plan = service.plan(session, one, clauses_of(session, branch), NOW)
    assert plan.counts["new"] == 1 and plan.rows[0].row.opinion.anchor == "du-thao/1/d1"
    assert str(plan.rows[0].row.gathering.held_on) == "2026-11-21"


def test_another_sheet_is_refused(session: Session, branch: Branch) -> None:
    with pytest.raises(Invalid) as refused:
        kept(session, branch, b"Ho;Ten;Luong\nA;B;1\n")
    assert refused.value.errors == {"file": "no_such_table"}


def test_formulas_days_as_text_and_decomposed_heads_on_another_sheet(session: Session, branch: Branch) -> None:
    heads = [unicodedata.normalize("NFD", name) for name in ("Ý kiến", "Hình thức", "Nơi", "Ngày")]
    days = ["21-11-2026", "21.11.2026", "2026-11-21", datetime(2026, 11, 21, 8, 0), "'21/11/2026"]
    rows = [[f"Dòng {place}", "Họp", "Thôn 1", day] for place, day in enumerate(days, start=1)]
    rows += [['=B2&" nữa"', "", "", ""], ["#REF!", "", "", ""], ["Dòng 8", "Họp", "Thôn 1", "21 tháng 11"]]
    data = made_workbook(("Bìa", [["Kính gửi Mặt trận tỉnh"]]), ("Biểu", [heads, *rows]))
    _one, plan = kept(session, branch, data)
    found = {one.row.number: (dict(one.row.problems), one.row.gathering.held_on) for one in plan.rows}
    for number in (2, 3, 4, 5, 6):
        assert found[number] == ({}, date(2026, 11, 21)), number
    wrong = {"text": WITHOUT_RESULT}, {"text": BROKEN}, {"held_on": "not_a_date"}
    assert (found[7][0], found[8][0], found[9][0]) == wrong, "a row of a formula alone is not passed over"
    assert plan.counts == {"new": 5, "known": 0, "wrong": 3, "otherwise": 0}
