"""The next letter from the form of the last one, the same letter twice, and a scan of another letter."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.matter import calendar
from consult.ledger.models import LedgerEntry
from consult.submissions.models import Submission
from consult.submissions.receiving.models import Attachment
from tests.pages import Page
from tests.responses.conftest import Enter
from tests.responses.desk_builder import Desk
from tests.responses.intake.test_service import PDF

RECORD = "Tiếp nhận và in phiếu"


def _letter(desk: Desk, **given: str) -> dict[str, str]:
    assert desk.matter.closes_at is not None
    day = calendar.last_day_of(desk.matter.closes_at)
    return {"received_on": day.isoformat(), "received_reason": "Theo dấu bưu điện.", "channel": "post", **given}


def _form(desk: Desk, enter: Enter) -> Page:
    return enter("officer").get(f"/xu-ly/{desk.matter.slug}/tiep-nhan/")


def _received(desk: Desk) -> list[Submission]:
    desk.session.rollback()
    return list(desk.session.scalars(select(Submission).order_by(Submission.number)))


def test_the_next_letter_after_back_is_a_new_one_and_once(desk: Desk, enter: Enter) -> None:
    page = _form(desk, enter)
    page.submit(_letter(desk, **{"comments.0.text": "Lá thư thứ nhất."}), RECORD)
    for _press in range(2):
        slip = page.submit(_letter(desk, **{"comments.0.text": "Lá thư thứ hai."}), RECORD)
        assert slip.status == 200 and slip.heading == "Phiếu tiếp nhận ý kiến"
    assert "đã được tiếp nhận trước đó" in slip.text and slip.link("Xem phiếu số 2")
    assert [one.number for one in _received(desk)] == [1, 2]


def test_the_same_letter_is_in_already(desk: Desk, enter: Enter) -> None:
    page = _form(desk, enter)
    given = _letter(desk, **{"comments.0.text": "Lá thư."})
    first, again = page.submit(given, RECORD), page.submit(given, RECORD)
    assert "giống hệt phiếu số 1" in again.text and "giống hệt" not in first.text
    assert again.click("Xem phiếu số 1").status == 200 and len(_received(desk)) == 1


def test_the_same_sender_number_and_day_are_warned_and_may_go_on(desk: Desk, enter: Enter) -> None:
    named = {"name": "Lý Thị Hoa", "letter_number": "12/KN", "letter_on": "2026-11-02"}
    _form(desk, enter).submit(_letter(desk, **named, **{"comments.0.text": "Một."}), RECORD)
    other = {**named, "letter_number": " 12/kn ", "comments.0.text": "Chép khác đi một chút."}
    page = _form(desk, enter).submit(_letter(desk, **other), RECORD)
    assert page.status == 409 and "Đã có văn bản số 12/KN" in page.text and page.link("phiếu số 1")
    assert page.form(RECORD).values()["comments.0.text"].strip() == "Chép khác đi một chút."
    assert len(_received(desk)) == 1
    slip = page.submit({"same_letter": True}, RECORD)
    assert slip.heading == "Phiếu tiếp nhận ý kiến" and len(_received(desk)) == 2
    third = {**named, "letter_number": "13/KN", "comments.0.text": "Văn bản khác."}
    assert _form(desk, enter).submit(_letter(desk, **third), RECORD).status == 200


def test_a_wrong_scan_is_taken_off_the_form(desk: Desk, enter: Enter) -> None:
    page = _form(desk, enter).submit({"scan": (PDF, "nham.pdf"), "comments.0.text": "Một."}, "Thêm ý kiến")
    page = page.submit({"scan": (PDF, "dung.pdf")}, "Thêm ý kiến").submit(button="drop:0")
    assert "nham.pdf" not in page.text and "dung.pdf" in page.text
    assert page.form(RECORD).values()["comments.0.text"].strip() == "Một."


@pytest.fixture
def scanned(desk: Desk, enter: Enter) -> Page:
    """The page of a comment whose letter was entered with a scan."""
    given = _letter(desk, **{"comments.0.text": "Một."})
    _form(desk, enter).submit({**given, "scan": (PDF, "nham.pdf")}, RECORD)
    return enter("officer").get(f"/xu-ly/{desk.matter.slug}/y-kien/1/")


def test_a_received_scan_is_set_aside_and_nothing_is_deleted(desk: Desk, enter: Enter, scanned: Page) -> None:
    before = _log(desk.session)
    page = scanned.submit({"reason": "Của lá thư khác."}, "Để riêng tệp")
    assert "Của lá thư khác." in page.text and "Trần Văn Bình" in page.text and "không bị xóa" in page.text
    assert enter("officer").get(page.link("nham.pdf")).body == PDF
    desk.session.rollback()
    [kept] = desk.session.scalars(select(Attachment))
    assert kept.set_aside_at and kept.set_aside_by_id
    *earlier, told = _log(desk.session)
    assert earlier == before and '"kind":"scan_set_aside"' in told and '"scans":1,"submission":1' in told
    assert "Của lá thư khác" not in told and str(kept.file_hash) not in told
    assert "Để riêng một tệp quét" in enter("officer").get(f"/nhat-ky/{desk.matter.slug}/").text
    assert not page.find("//button[text() = 'Để riêng tệp']")


def test_why_is_asked(desk: Desk, scanned: Page) -> None:
    page = scanned.browser.send(scanned, scanned.form("Để riêng tệp").fill({"reason": " "}), "Để riêng tệp")
    assert page.status == 422
    desk.session.rollback()
    [kept] = desk.session.scalars(select(Attachment))
    assert kept.set_aside_at is None


def _log(session: Session) -> list[str]:
    session.rollback()
    return [str(entry.body) for entry in session.scalars(select(LedgerEntry).order_by(LedgerEntry.index))]
