"""Joining a public comment in a browser: told before, a receipt at once, status by code, and taking it back."""

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult.clock import now
from consult.consultations.models import Consultation
from consult.people.words import Role
from consult.shown import digest
from consult.submissions.acts import service as acts
from consult.submissions.inputs import Receipt
from consult.submissions.models import Joiner
from consult.submissions.receiving.service import receive
from tests.builders import make_actor, make_consultation
from tests.pages import Browser, Page
from tests.submissions.rows import comment, new

JOIN = "Tôi cùng ý kiến"
HERE = "/lay-y-kien/phan-loai-rac/y-kien/1/"


@pytest.fixture
def matter(app_session: Session) -> Consultation:
    return make_consultation(app_session, now=now(), slug="phan-loai-rac")


@pytest.fixture
def receipt(app: Flask, app_session: Session, matter: Consultation) -> Receipt:
    """Two comments, of which the first is public."""
    sent = new(comment("Nên ghi rõ ngày thu gom.", "d2.k1"), comment("Chưa công khai.", "d2.k2"), at=now())
    signer = app.extensions["consult.signer"]
    given = receive(app_session, matter, sent, now(), signer, app.extensions["consult.codes"])
    acts.release(app_session, matter, [1], make_actor(app_session, matter.lead, Role.OFFICER), now())
    return given


def joined(browser: Browser, contact: str = "") -> Page:
    return browser.get(f"{HERE}cung-y-kien/").submit({"contact": contact}, button=JOIN)


def test_the_whole_way(app_session: Session, browser: Browser, receipt: Receipt) -> None:
    page = browser.get(HERE)
    assert "Chưa có ai cùng ý kiến (tính đến" in page.text
    page = page.click(JOIN)
    assert page.headers["Cache-Control"] == "no-store" and page.headers["X-Robots-Tag"] == "noindex"
    assert "tách riêng với số ý kiến đã tiếp nhận" in page.text and "Nên ghi rõ ngày thu gom." in page.text
    page = page.submit({"contact": "mai@example.invalid"}, button=JOIN)
    code, secret = page.words("//strong[@class='code']")
    assert page.heading == "Đã ghi nhận lượt cùng ý kiến" and page.find("//img[contains(@src, 'qr.svg')]")
    status = page.click("Xem tình trạng")
    assert "Ý kiến số 1: khoản 1 Điều 2" in status.text and "1 lượt cùng ý kiến." in status.text
    assert secret not in status.html and "mai@example.invalid" not in status.html
    own = status.submit({"ma_bi_mat": secret}, button="Mở")
    kept = own.submit(button="Tải tệp biên nhận")
    assert kept.json["joiner"] == 1 and code.replace("-", "") not in kept.html.replace("-", "")
    unsure = own.submit(button="Rút lượt cùng ý kiến")
    assert unsure.status == 422 and unsure.find("//*[@role = 'alert']//a/@href") == ["#field-chac_chan"]
    left = own.submit({"chac_chan": True}, button="Rút lượt cùng ý kiến")
    assert left.status == 200 and "Đã rút lượt cùng ý kiến." in left.text
    assert app_session.scalars(select(Joiner)).one().withdrawn_at is not None


def test_pressing_twice_is_joining_once(app_session: Session, browser: Browser, receipt: Receipt) -> None:
    form = browser.get(f"{HERE}cung-y-kien/")
    codes = [form.submit(button=JOIN).words("//strong[@class='code']") for _press in range(2)]
    assert codes[0] == codes[1]
    assert app_session.scalar(select(func.count()).select_from(Joiner)) == 1


def test_a_machine_is_slowed_down(app: Flask, browser: Browser, receipt: Receipt) -> None:
    app.config["SUBMISSIONS_PER_MINUTE"] = 1
    pages = [joined(browser) for _press in range(3)]
    assert pages[-1].status == 429
    assert "Xin đợi một phút" in pages[-1].text and pages[-1].find("//input[@name='ticket']/@value")[0]


def test_a_ticket_is_for_one_comment(browser: Browser, receipt: Receipt) -> None:
    ticket = browser.get(f"{HERE}cung-y-kien/").find("//input[@name='ticket']/@value")[0]
    # The second comment is not public: nothing of it is shown to anybody.
    shown = f"joined/2:public={digest({'text': '', 'proposed': '', 'reason': ''})}"
    page = browser.post("/lay-y-kien/phan-loai-rac/y-kien/2/cung-y-kien/", {"ticket": ticket, "shown": shown}, 409)
    assert "đã mở quá lâu" in page.text
    browser.post("/lay-y-kien/phan-loai-rac/y-kien/9/cung-y-kien/", {"ticket": ticket}, 404)


def test_errors_are_told_where_they_are(browser: Browser, receipt: Receipt) -> None:
    page = joined(browser, "khong phai")
    assert page.status == 422 and page.find("//input[@name='contact']/@value") == ["khong phai"]
    page = joined(browser, "nguyễnvăna@example.org")
    assert page.status == 422 and "không được có chữ có dấu" in page.text


def test_what_cannot_be_joined_says_why_and_offers_a_comment(browser: Browser, receipt: Receipt) -> None:
    page = browser.get("/lay-y-kien/phan-loai-rac/y-kien/2/cung-y-kien/", 409)
    assert "không công khai nên không thể cùng ý kiến" in page.text
    assert page.link("Gửi ý kiến của tôi").endswith("/gop-y/?tai=du-thao/1/d2.k2")
    with pytest.raises(LookupError):
        browser.get("/lay-y-kien/phan-loai-rac/y-kien/2/").link(JOIN)


def test_a_matter_may_do_without(
    app_session: Session, browser: Browser, matter: Consultation, receipt: Receipt
) -> None:
    matter.joining = False
    matter.touch()
    app_session.commit()
    with pytest.raises(LookupError):
        browser.get(HERE).link(JOIN)
    assert "không mở mục" in browser.get(f"{HERE}cung-y-kien/", 409).text


def test_the_kept_page_fetches_the_count_of_now(browser: Browser, receipt: Receipt) -> None:
    [address] = browser.get(HERE).find("//p/@data-refresh")
    joined(browser)
    assert "Chưa có ai cùng ý kiến" in browser.get(HERE).text
    fragment = browser.client.get(address)
    assert fragment.headers["Cache-Control"] == "no-store"
    assert "1 lượt cùng ý kiến (tính đến" in fragment.get_data(as_text=True)


def test_the_author_is_told_that_it_is_shared(browser: Browser, receipt: Receipt) -> None:
    joined(browser)
    own = browser.get(f"/tra-cuu/{receipt.code}/").submit({"ma_bi_mat": receipt.secret}, button="Mở")
    assert "đã có người cùng ý kiến thì không sửa được" in own.text
    assert own.link("Gửi ý kiến mới").endswith("/gop-y/?tai=du-thao/1/d2.k1")
    left = own.submit({"sure-1": True}, button="Rút ý kiến", form="sure-1")
    assert "Đã rút tên ông/bà khỏi ý kiến." in left.text
    page = browser.get(HERE)
    assert "Người gửi đã rút tên; còn 1 lượt cùng ý kiến" in page.text and "Nên ghi rõ ngày thu gom." in page.text


def test_another_contact_in_the_same_form_is_another_person_and_once(
    app_session: Session, browser: Browser, receipt: Receipt
) -> None:
    page = browser.get(f"{HERE}cung-y-kien/")
    answers = [page.submit({"contact": one}, button=JOIN) for one in ("0912345678", "0987654321", "0987654321")]
    assert [one.status for one in answers] == [200] * 3
    assert ["ghi nhận trước đó" in one.text for one in answers] == [False, False, True]
    assert sorted(app_session.scalars(select(Joiner.contact))) == ["0912345678", "0987654321"]
