"""New codes for who lost theirs: found by number, commune and day; who asks is checked; the old codes end."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from consult import clock
from consult.ledger.models import LedgerEntry
from consult.outbox.models import OutboxMessage
from consult.submissions.inputs import Sender
from consult.submissions.models import Submission
from consult.submissions.receiving.models import CodesIssued
from consult.submissions.receiving.service import receive
from tests.pages import Browser, Page
from tests.responses.conftest import Enter
from tests.responses.desk_builder import Desk
from tests.submissions.rows import comment, new

GIVE = "Cấp mã mới"
HOA = Sender("Lý Thị Hoa", place_said="thôn Nà Hái, xã Phủ Thông", contact="hoa@example.vn")


@pytest.fixture
def here(desk: Desk, enter: Enter) -> Browser:
    return enter("officer")


def moment(desk: Desk) -> datetime:
    """When it was sent: an hour after the opening."""
    assert desk.matter.opens_at is not None
    return desk.matter.opens_at + timedelta(hours=1)


def received(desk: Desk, here: Browser, sender: Sender) -> tuple[Submission, str, str]:
    extensions, at = here.client.application.extensions, moment(desk)
    sent = new(comment("Giữ giếng làng.", ""), at=at, sender=sender)
    receipt = receive(
        desk.session, desk.matter, sent, clock.now(), extensions["consult.signer"], extensions["consult.codes"]
    )
    own = Submission.number == receipt.submission_number
    return desk.session.scalars(select(Submission).where(own)).one(), receipt.code, receipt.secret


def found(desk: Desk, here: Browser, number: int, commune: str, day: str = "", status: int = 200) -> Page:
    day = day or clock.local_day(moment(desk)).isoformat()
    query = {"so": str(number), "xa": commune, "ngay": day}
    return here.get(f"/xu-ly/{desk.matter.slug}/cap-lai-ma/", status, query_string=query)


def test_all_three_must_fit(desk: Desk, here: Browser) -> None:
    submission, _code, _secret = received(desk, here, HOA)
    for number, commune, day in (
        (submission.number, "Cẩm Giàng", ""),
        (9_999, "Phủ Thông", ""),
        (submission.number, "", ""),
        (submission.number, "Phủ Thông", "2020-01-01"),
    ):
        page = found(desk, here, number, commune, day, 404)
        assert "Lý Thị Hoa" not in page.html
    for commune in ("xã Phủ Thông", "phu thong", "thôn Nà Hái, xã Phủ Thông"):
        assert "Lý Thị Hoa" in found(desk, here, submission.number, commune).text


def test_old_codes_end_and_new_ones_open(desk: Desk, here: Browser) -> None:
    submission, code, secret = received(desk, here, HOA)
    slip = found(desk, here, submission.number, "Phủ Thông").submit({"checked": "name", "reason": "Mất phiếu"}, GIVE)
    fresh, opens = slip.words("//strong[@class='code']")
    assert fresh != code and "Mã mới đã được cấp" in slip.text and not slip.find("//*[@data-keep]")
    visitor = Browser(here.client.application)
    assert "Không có phiếu nào mang mã này" in visitor.get(f"/tra-cuu/{code}/", 404).text
    assert "Giữ giếng làng." in visitor.get(f"/tra-cuu/{fresh}/").submit({"ma_bi_mat": opens}, button="Mở").text
    assert visitor.get(f"/tra-cuu/{fresh}/").submit({"ma_bi_mat": secret}, button="Mở").status == 422
    desk.session.rollback()
    row = desk.session.scalars(select(CodesIssued)).one()
    assert (row.submission_id, row.checked, row.reason) == (submission.id, "name", "Mất phiếu")
    bodies = desk.session.scalars(select(LedgerEntry.body).where(LedgerEntry.kind == "codes_issued")).all()
    assert len(bodies) == 1 and "Hoa" not in str(bodies[0])
    assert desk.session.scalars(select(OutboxMessage.event).where(OutboxMessage.event == "codes_issued")).one()


def test_who_left_nothing_cannot_be_known(desk: Desk, here: Browser) -> None:
    submission, code, _secret = received(desk, here, Sender())
    page = found(desk, here, submission.number, "")
    assert "không có gì để biết ai là người gửi" in page.text and not page.find(
        "//form[contains(@action, '/cap-lai-ma/')]"
    )
    assert here.get(f"/tra-cuu/{code}/").status == 200


def test_what_is_missing_is_told_and_nothing_ends(desk: Desk, here: Browser) -> None:
    submission, code, _secret = received(desk, here, HOA)
    page = found(desk, here, submission.number, "Phủ Thông").submit({"reason": "Mất phiếu"}, GIVE)
    assert page.status == 422 and page.errors()
    page = found(desk, here, submission.number, "Phủ Thông").submit({"checked": "contact", "reason": " "}, GIVE)
    assert page.status == 422 and page.errors()
    assert here.get(f"/tra-cuu/{code}/").status == 200 and not desk.session.scalars(select(CodesIssued)).all()


def test_the_second_officer_is_told(desk: Desk, here: Browser) -> None:
    submission, _code, _secret = received(desk, here, HOA)
    pages = [found(desk, here, submission.number, "Phủ Thông") for _officer in range(2)]
    said = {"checked": "name", "reason": "Mất phiếu"}
    assert [page.submit(said, GIVE).status for page in pages] == [200, 409]
