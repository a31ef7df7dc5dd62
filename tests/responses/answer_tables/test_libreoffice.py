"""Tables saved by LibreOffice, in its own format and back."""

from pathlib import Path

import pytest

from tests.responses.answer_tables.made import (
    WORD,
    brought,
    by_libreoffice,
    edited,
    filled,
    taken_out,
)
from tests.responses.answer_tables.test_word import ADDRESS, CARS, DAILY, FEES, LAST, SAVE, answers, said_of
from tests.responses.conftest import Enter
from tests.responses.desk_builder import Desk

pytestmark = pytest.mark.libreoffice


def test_word_by_way_of_odt(desk: Desk, enter: Enter, tmp_path: Path) -> None:
    desk.receive(DAILY, CARS, FEES)
    browser, slug = enter("officer"), desk.matter.slug
    data = filled(taken_out(browser, slug, WORD), {"hằng ngày": ADDRESS})
    data = edited(data, lambda table: table.rows[2].cells[LAST].merge(table.rows[3].cells[LAST]))
    data = edited(
        data, lambda table: setattr(table.rows[2].cells[LAST], "text", "Không tiếp thu. Chưa đủ kinh phí năm nay.")
    )
    data = by_libreoffice(data, tmp_path, WORD, "odt", WORD)
    page = brought(browser, slug, data)
    assert "2 câu trả lời mới" in page.text and "Các ý kiến số 2, 3" in page.text
    page.submit(button=SAVE)
    assert said_of(answers(desk, enter), "hằng ngày") == ADDRESS


def test_an_odt_itself(desk: Desk, enter: Enter, tmp_path: Path) -> None:
    desk.receive(DAILY)
    browser, slug = enter("officer"), desk.matter.slug
    data = filled(taken_out(browser, slug, WORD), {"hằng ngày": ADDRESS})
    page = brought(browser, slug, by_libreoffice(data, tmp_path, WORD, "odt"), "bang.odt")
    assert "1 câu trả lời mới" in page.text


def test_what_is_only_saved_there_does_nothing(desk: Desk, enter: Enter, tmp_path: Path) -> None:
    (number, *_others) = desk.receive(DAILY, CARS)
    desk.draft(number, text="Bổ sung “02 xe”.\n\n- Xe ép rác\n- Xe điện", change="Sửa thành …", change_path="d2.k1")
    browser, slug = enter("officer"), desk.matter.slug
    data = by_libreoffice(taken_out(browser, slug, WORD, "all"), tmp_path, WORD, "odt", WORD)
    page = brought(browser, slug, data)
    assert "1 dòng giống bản đang có" in page.text and "bị bỏ khỏi bảng" not in page.text


def test_it_misses_the_row_that_was_deleted(desk: Desk, enter: Enter, tmp_path: Path) -> None:
    desk.receive(DAILY, CARS)
    browser, slug = enter("officer"), desk.matter.slug
    data = filled(taken_out(browser, slug, WORD), {"hằng ngày": ADDRESS})
    data = edited(data, lambda table: table._tbl.remove(table.rows[2]._tr))
    page = brought(browser, slug, by_libreoffice(data, tmp_path, WORD, "odt", WORD))
    assert "1 câu trả lời mới" in page.text and "Ý kiến số 2: giữ nguyên" in page.text
