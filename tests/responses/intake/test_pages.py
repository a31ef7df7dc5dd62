"""The form for papers, its rounds, and the slip that is printed."""

from datetime import timedelta

from consult import clock
from consult.consultations.matter import calendar
from tests.pages import Page
from tests.responses.conftest import Enter
from tests.responses.desk_builder import Desk
from tests.responses.intake.test_service import PDF


def _form(desk: Desk, enter: Enter) -> Page:
    return enter("officer").get(f"/xu-ly/{desk.matter.slug}/tiep-nhan/")


def _in_time(desk: Desk) -> dict[str, str]:
    assert desk.matter.closes_at is not None
    day = calendar.last_day_of(desk.matter.closes_at)
    return {"received_on": day.isoformat(), "received_reason": "Theo dấu bưu điện.", "channel": "post"}


def test_a_letter_with_two_comments_and_its_scan(desk: Desk, enter: Enter) -> None:
    page = _form(desk, enter).submit({"scan": (PDF, "thu.pdf"), "comments.0.text": "Thu gom hằng ngày."}, "Thêm ý kiến")
    assert "Đã nhận tệp: thu.pdf" in page.text
    assert page.form("Thêm ý kiến").values()["comments.0.text"].strip() == "Thu gom hằng ngày."
    slip = page.submit(
        {
            **_in_time(desk),
            "name": "Lý Thị Hoa",
            "comments.0.place": "khoan 1 dieu 2",
            "comments.1.text": "Chung cho cả dự thảo.",
        },
        "Tiếp nhận và in phiếu",
    )
    assert slip.heading == "Phiếu tiếp nhận ý kiến"
    assert len(slip.words("//strong[@class = 'code']")) == 2
    assert "1, 2" in slip.text and "Ngày nhận" in slip.text
    drawn = slip.browser.get(str(slip.find("//main//img/@src")[0]))
    assert drawn.status == 200 and drawn.headers["Content-Type"].startswith("image/svg+xml")
    listed = enter("officer").get(f"/xu-ly/{desk.matter.slug}/")
    assert "khoản 1 Điều 2" in listed.text and "qua trang này" not in listed.text
    one = listed.click("1")
    assert "Theo dấu bưu điện." in one.text and "Trần Văn Bình" in one.text
    scan = enter("officer").get(one.link("thu.pdf"))
    assert scan.body == PDF
    assert scan.headers["Content-Disposition"].startswith("attachment")


def test_what_is_wrong_comes_back_as_typed(desk: Desk, enter: Enter) -> None:
    given = {"name": "Lý Thị Hoa", "comments.0.text": "Một.", "comments.0.place": "Điều 99"}
    page = _form(desk, enter).submit(given, "Tiếp nhận và in phiếu")
    assert page.status == 422
    assert len(page.errors()) == 2, page.errors()
    assert page.form("Thêm ý kiến").values()["name"] == "Lý Thị Hoa"


def test_a_late_letter_is_refused_with_everything_typed(desk: Desk, enter: Enter) -> None:
    today = clock.local_day(clock.now())
    given = {**_in_time(desk), "received_on": (today - timedelta(days=1)).isoformat(), "comments.0.text": "Một."}
    page = _form(desk, enter).submit(given, "Tiếp nhận và in phiếu")
    assert page.status == 409
    assert "Đã hết thời hạn góp ý" in page.text
    assert page.form("Thêm ý kiến").values()["comments.0.text"].strip() == "Một."


def test_a_file_that_is_no_scan_is_refused(desk: Desk, enter: Enter) -> None:
    page = _form(desk, enter).submit(
        {**_in_time(desk), "comments.0.text": "Một.", "scan": (b"<html></html>", "thu.pdf")}, "Tiếp nhận và in phiếu"
    )
    assert page.status == 422
    assert "không phải PDF" in page.errors()[0]


def test_nobody_puts_a_file_of_the_store_into_a_paper(desk: Desk, enter: Enter) -> None:
    page = _form(desk, enter)
    form = page.form("Thêm ý kiến")
    forged = [pair for pair in form.sent("Thêm ý kiến") if pair[0] != "kept"]
    sent = {name: value for name, value in forged} | {"kept": '[{"file_hash":"00"}]'}
    again = page.browser.post(page.address, sent, None)
    assert "Đã nhận tệp" not in again.text


def test_the_desk_speaks_english(desk: Desk, enter: Enter) -> None:
    desk.receive("Một.")
    officer = enter("officer")
    for rest in ("", "y-kien/1/", "tra-loi/?comment=1", "phe-duyet/", "de-xuat/", "tiep-nhan/", "y-kien/1/tach/"):
        page = officer.get(f"/en/xu-ly/{desk.matter.slug}/{rest}")
        assert page.find("/html/@lang") == ["en"]
    assert "Write an answer" in officer.get(f"/en/xu-ly/{desk.matter.slug}/tra-loi/?comment=1").text
