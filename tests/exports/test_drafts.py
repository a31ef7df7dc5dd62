"""The table of a matter with several drafts: every row is on its own clause, under the title that this had."""

import csv
from datetime import timedelta
from io import StringIO

import pytest
from sqlalchemy.orm import Session

from consult.consultations.words import Disclosure
from consult.exports.service import Format
from tests.builders import NOW
from tests.consultations.articles import FIRST, INSERTED, REMOVED, SWAPPED, next_draft, on, text_of
from tests.exports.test_table import file_of, json_of, printed, sheet_of, word_rows
from tests.responses.desk_builder import Desk, comment, make_desk

ONE, TWO, THREE = (f"(bản dự thảo lần {number})" for number in (1, 2, 3))


@pytest.fixture
def desk(session: Session) -> Desk:
    """A matter with the first draft, whose comments are public at once."""
    return make_desk(session, text=text_of(*FIRST), disclosure=Disclosure.AT_ONCE)


def topics(desk: Desk) -> list[str]:
    """The first column of the Word file."""
    return [row[0] for row in word_rows(desk)]


def test_an_opinion_keeps_the_title_of_its_own_article(desk: Desk) -> None:
    desk.receive(on("d5", 1), on("d6", 1))
    next_draft(desk, *INSERTED)
    desk.receive(on("d5", 2), on("d6", 2))
    assert topics(desk) == [
        f"Điều 5 {TWO}\nĐiểm tập kết", f"Điều 5 {ONE}\nXử lý vi phạm", f"Điều 6 {TWO}\nXử lý vi phạm",
        f"Điều 6 {ONE}\nHiệu lực thi hành",
    ]  # fmt: skip
    assert printed(desk) == [3, 1, 4, 2]


def test_every_row_of_every_form_says_its_draft(desk: Desk) -> None:
    desk.receive(on("d5", 1), on("d5", 1), on("", 1), comment("Chung.", ""))
    assert not any("bản dự thảo" in cell for row in word_rows(desk) for cell in row)
    next_draft(desk, *INSERTED)
    opinions = {row[2].split("\n")[0] for row in word_rows(desk)}
    assert opinions == {*(f"Ý kiến số {number} {ONE}." for number in (1, 2, 3)), "Ý kiến số 4."}
    assert [line.draft for line in sheet_of(desk).lines].count("bản dự thảo lần 1") == 3
    rows = list(csv.DictReader(StringIO(file_of(desk, Format.CSV).decode("utf-8-sig"))))
    places = [f"Điều 5 {ONE}"] * 2
    assert [row["place"] for row in rows[:2]] == [one["place"] for one in json_of(desk)["comments"][:2]] == places


def test_one_answer_in_two_drafts_is_told_at_each_clause(desk: Desk) -> None:
    (first,) = desk.receive(on("d5", 1))
    next_draft(desk, *INSERTED)
    same, other = desk.receive(on("d6", 2), on("d5", 2))
    desk.answer(first, same, other, text="Đã sửa.")
    assert [(row[0].split(" (")[0], row[3]) for row in word_rows(desk)] == [
        (place, "Tiếp thu.\nĐã sửa.") for place in ("Điều 5", "Điều 5", "Điều 6")
    ]


@pytest.mark.parametrize(
    ("titles", "order"),
    [(SWAPPED, ["Thời gian thu gom", "Giá dịch vụ"]), (REMOVED, ["Giá dịch vụ", "Thời gian thu gom"])],
)
def test_the_order_is_that_of_the_newest_draft(desk: Desk, titles: tuple[str, ...], order: list[str]) -> None:
    """What was dropped stands where it stood."""
    desk.receive(on("d3", 1), on("d4", 1), on("d1", 1))
    next_draft(desk, *titles)
    assert [topic.split("\n")[1] for topic in topics(desk)] == ["Phạm vi điều chỉnh", *order]


def test_three_drafts(desk: Desk) -> None:
    desk.receive(on("d5", 1))
    next_draft(desk, *INSERTED)
    desk.receive(on("d6", 2))
    next_draft(desk, *REMOVED)
    desk.receive(on("d5", 3), on("d4", 3))
    assert topics(desk) == [
        f"Điều 4 {THREE}\nĐiểm tập kết", f"Điều 5 {ONE}\nXử lý vi phạm", f"Điều 6 {TWO}\nXử lý vi phạm",
        f"Điều 5 {THREE}\nXử lý vi phạm",
    ]  # fmt: skip


def test_the_anchor_is_that_of_the_comment(desk: Desk) -> None:
    desk.receive(on("d5", 1))
    next_draft(desk, *INSERTED)
    anchor = json_of(desk)["comments"][0]["anchor"]
    assert (anchor["revision"], anchor["path"]) == (1, "d5")


def test_a_change_names_the_draft_of_its_path(desk: Desk) -> None:
    (first,) = desk.receive(on("d5", 1))
    desk.answer(first, change="Sửa mức phạt.", change_path="d5")
    before = json_of(desk)["comments"][0]["answer"]
    assert (before["change_revision"], before["change_place"]) == (1, "Điều 5")
    next_draft(desk, *INSERTED, now=NOW + timedelta(hours=1))
    told = json_of(desk)["comments"][0]["answer"]
    assert (told["change_path"], told["change_revision"], told["change_place"]) == ("d5", 1, f"Điều 5 {ONE}")
    (row,) = csv.DictReader(StringIO(file_of(desk, Format.CSV).decode("utf-8-sig")))
    assert (row["change_path"], row["change_revision"], row["change_place"]) == ("d5", "1", f"Điều 5 {ONE}")
