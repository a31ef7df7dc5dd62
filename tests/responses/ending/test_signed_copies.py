"""Signed papers of a concluded matter stand beside the unsigned ones for everybody, and in the log with their hash."""

import hashlib
import json

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from consult import clock
from consult.files.store import FileStore
from consult.ledger.models import LedgerEntry
from consult.responses.ending.signed_copies import copies_of
from consult.submissions.words import CommentActKind
from consult.transparency.replay import Log
from consult.transparency.row_reading import Tampered
from consult.transparency.verification.endings import check_signed_copies
from consult.transparency.verification.log import entries
from tests.days import as_typed
from tests.files import made
from tests.pages import Browser, Page
from tests.responses.conftest import Enter
from tests.responses.desk_builder import Desk
from tests.responses.ending.scene import answered, ended

BUTTON = "Công khai bản đã ký"


def typed(**given: object) -> dict[str, object]:
    """The form as it is filled in."""
    today = clock.local_day(clock.now())
    said: dict[str, object] = {"paper": "table", "Số văn bản": "215/BTH-SNNMT", "Ngày ký": as_typed(today)}
    return {**said, "scan": (made.pdf(), "bang ky.pdf"), **given}


def put(enter: Enter, desk: Desk, **given: object) -> Page:
    """A publisher uploads a signed copy."""
    return enter("publisher").get(f"/xu-ly/{desk.matter.slug}/ho-so/").submit(typed(**given), BUTTON)  # type: ignore[arg-type]


def log_of(session: Session, desk: Desk) -> list[dict[str, object]]:
    """The entries of the log."""
    session.rollback()
    rows = session.query(LedgerEntry).filter(LedgerEntry.consultation_id == desk.matter.id).order_by(LedgerEntry.index)
    return [json.loads(row.body) for row in rows]


def test_it_stands_beside_the_table_and_in_the_log(desk: Desk, enter: Enter, browser: Browser) -> None:
    ended(desk)
    scan = made.pdf()
    page = put(enter, desk, scan=(scan, "bang ky.pdf"))
    assert "Đã công khai bản đã ký." in page.text
    table = browser.get(f"/lay-y-kien/{desk.matter.slug}/tong-hop/")
    given = table.click("Bảng tổng hợp, tiếp thu, giải trình số 215/BTH-SNNMT")
    assert given.headers["Content-Type"] == "application/pdf" and given.body == scan
    last = log_of(desk.session, desk)[-1]
    assert (last["kind"], last["hash"], last["number"]) == (
        "signed_copy", hashlib.sha256(scan).hexdigest(), "215/BTH-SNNMT",
    )  # fmt: skip
    assert "Công khai bản đã ký số 1 (" in browser.get(f"/nhat-ky/{desk.matter.slug}/").text


def test_a_wrong_one_is_taken_off_with_a_reason_that_stays(desk: Desk, enter: Enter, browser: Browser) -> None:
    ended(desk)
    put(enter, desk)
    page = enter("publisher").get(f"/xu-ly/{desk.matter.slug}/ho-so/").click("Gỡ bản này")
    assert page.submit({"Lý do": ""}, "Gỡ bản này").status == 422
    after = page.submit({"Lý do": "Tải nhầm tệp."}, "Gỡ bản này")
    assert "đã gỡ, lý do: Tải nhầm tệp." in after.text
    assert browser.client.get(f"/lay-y-kien/{desk.matter.slug}/ban-da-ky/1/").status_code == 404
    assert log_of(desk.session, desk)[-1]["reason"] == "Tải nhầm tệp."
    again = put(enter, desk)
    assert "Bản số 2" in again.text


@pytest.mark.parametrize(
    "given",
    [{"Số văn bản": ""}, {"Ngày ký": ""}, {"Ngày ký": "01/01/2020"}, {"Ngày ký": "01/01/2999"},
     {"scan": (b"khong phai", "a.pdf")}, {"scan": (b"", "a.pdf")}],
)  # fmt: skip
def test_what_is_wrong_is_said_and_nothing_kept(desk: Desk, enter: Enter, given: dict[str, object]) -> None:
    ended(desk)
    assert put(enter, desk, **given).status == 422
    assert copies_of(desk.session, desk.matter.id) == []


def test_before_the_conclusion_there_is_none(desk: Desk, enter: Enter) -> None:
    answered(desk)
    page = enter("publisher").get(f"/xu-ly/{desk.matter.slug}/ho-so/")
    assert BUTTON not in page.text and "Tải lên được sau khi kết thúc" in page.text


def test_an_officer_reads_and_uploads_none(desk: Desk, enter: Enter) -> None:
    ended(desk)
    assert BUTTON not in enter("officer").get(f"/xu-ly/{desk.matter.slug}/ho-so/").text


def test_the_log_is_held_against_rows_and_files(app: Flask, desk: Desk, enter: Enter) -> None:
    ended(desk)
    put(enter, desk)
    desk.session.rollback()
    files: FileStore = app.extensions["consult.files"]
    log = Log(entries(desk.session, desk.matter.id))
    assert check_signed_copies(desk.session, desk.matter.id, log, files) == 1
    copies_of(desk.session, desk.matter.id)[0].letter_number = "1/BTH"
    with pytest.raises(Tampered):
        check_signed_copies(desk.session, desk.matter.id, log, files)


def take_back(desk: Desk, number: int) -> None:
    """Two officers withhold what was public when the paper was signed."""
    desk.by_two(number, CommentActKind.WITHHELD, "personal_data")
    desk.session.commit()


def test_a_copy_is_held_back_once_something_in_it_may_be_read_no_more(
    desk: Desk, enter: Enter, browser: Browser
) -> None:
    ended(desk)
    put(enter, desk)
    address, table = f"/lay-y-kien/{desk.matter.slug}/ban-da-ky/1/", f"/lay-y-kien/{desk.matter.slug}/tong-hop/"
    assert browser.get(address).status == 200 and "ban-da-ky/1/" in browser.get(table).html
    take_back(desk, 2)
    assert browser.get(address, None).status == 404
    told = browser.get(table)
    assert "ban-da-ky/1/" not in told.html and "215/BTH-SNNMT" in told.text and "tạm thời không tải được" in told.text
    page = enter("publisher").get(f"/xu-ly/{desk.matter.slug}/ho-so/")
    assert "tạm không đưa ra" in page.text and "Xin xem lại tệp" in page.text
    put(enter, desk)
    again = browser.get(table)
    assert "ban-da-ky/2/" in again.html and "tạm thời không tải được" not in again.text
    assert browser.get(address, None).status == 404
    assert "Xin xem lại tệp" not in enter("publisher").get(f"/xu-ly/{desk.matter.slug}/ho-so/").text


def test_what_is_taken_back_while_the_upload_is_open_is_looked_at_first(desk: Desk, enter: Enter) -> None:
    ended(desk)
    page = enter("publisher").get(f"/xu-ly/{desk.matter.slug}/ho-so/")
    take_back(desk, 2)
    assert page.submit(typed(), BUTTON).status == 409  # type: ignore[arg-type]
    assert copies_of(desk.session, desk.matter.id) == []
