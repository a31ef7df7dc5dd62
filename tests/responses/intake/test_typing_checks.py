"""Who sent a paper sees its scan and what was typed of it, and says whether that is right; the desk puts it right."""

import io

from PIL import Image
from sqlalchemy import select

from consult.ledger.models import LedgerEntry
from consult.submissions.models import CommentVersion
from consult.submissions.sender.models import TypingCheck
from tests.pages import Browser, Page
from tests.responses.conftest import Enter
from tests.responses.desk_builder import Desk
from tests.responses.intake.test_again import RECORD, _form, _letter
from tests.responses.intake.test_keyboard import scan


def sent(desk: Desk, enter: Enter, with_scan: bool = True) -> tuple[Page, Page]:
    """The slip of a paper, and the page of who sent it."""
    given = _letter(desk, **{"comments.0.text": "Thu gom hằng tuần."})
    if with_scan:
        given["scan"] = (scan(), "giay.png")
    slip = _form(desk, enter).submit(given, RECORD)
    code, secret = slip.words("//strong[@class = 'code']")
    stranger = Browser(slip.browser.client.application)
    return slip, stranger.get(f"/tra-cuu/{code}/").submit({"ma_bi_mat": secret}, button="Mở")


def test_its_sender_says_that_it_is_right(desk: Desk, enter: Enter) -> None:
    slip, own = sent(desk, enter)
    assert "xác nhận chép đúng" in slip.text
    picture = own.browser.get(own.find("//img[@class='scan']/@src")[0])
    assert picture.headers["Content-Type"] == "image/webp"
    assert own.submit({}, button="Gửi xác nhận").errors()
    done = own.submit({"typing": "right"}, button="Gửi xác nhận")
    assert "đã xác nhận chép đúng" in done.text
    assert "Không có phiếu nào" in enter("officer").get(f"/xu-ly/{desk.matter.slug}/ban-chep/").text


def test_what_is_wrong_is_put_right_as_a_version_more(desk: Desk, enter: Enter) -> None:
    _slip, own = sent(desk, enter)
    assert own.submit({"typing": "wrong"}, button="Gửi xác nhận").errors()
    said = {"typing": "wrong", "typing_said": "Tôi viết hằng ngày"}
    for _press in range(2):
        assert "đang xem lại" in own.submit(said, button="Gửi xác nhận").text
    officer = enter("officer")
    assert "Bản chép mà người gửi báo là sai" in officer.get("/xu-ly/").text
    assert "1 phiếu chờ xem lại" in officer.get(f"/xu-ly/{desk.matter.slug}/tiep-nhan/").text
    page = officer.get(f"/xu-ly/{desk.matter.slug}/ban-chep/").click("Phiếu số 1")
    assert "Tôi viết hằng ngày" in page.text
    assert officer.get(page.find("//div[@class='scan']//img/@src")[0]).status == 200
    assert page.submit({}, button="Lưu bản chép").errors()
    page.submit({"comments.1.text": "Thu gom hằng ngày."}, button="Lưu bản chép")
    desk.session.rollback()
    versions = desk.session.scalars(select(CommentVersion).order_by(CommentVersion.version)).all()
    assert [one.text for one in versions] == ["Thu gom hằng tuần.", "Thu gom hằng ngày."]
    assert desk.session.scalars(select(LedgerEntry).order_by(LedgerEntry.index)).all()[-1].kind == "amended"
    [check] = desk.session.scalars(select(TypingCheck)).all()
    assert check.settled_at is not None
    assert "Bản chép mà người gửi báo là sai" not in officer.get("/xu-ly/").text
    again = own.browser.get(own.address)
    assert "Cơ quan đã xem lại" in again.text and "Thu gom hằng ngày." in again.text
    assert "Không có phiếu nào" in officer.get(f"/xu-ly/{desk.matter.slug}/ban-chep/").text


def test_every_page_is_shown_to_both(desk: Desk, enter: Enter) -> None:
    held = io.BytesIO()
    first, *others = [Image.new("L", (60, 100), shade) for shade in (20, 90, 160, 240)]
    first.save(held, "PDF", save_all=True, append_images=others)
    given = _letter(desk, **{"comments.0.text": "Bốn trang."}) | {"scan": (held.getvalue(), "giay.pdf")}
    slip = _form(desk, enter).submit(given, RECORD)
    code, secret = slip.words("//strong[@class = 'code']")
    own = Browser(slip.browser.client.application).get(f"/tra-cuu/{code}/").submit({"ma_bi_mat": secret}, button="Mở")
    beside = slip.click("Xem bản chép cạnh bản chụp")
    for page, path in ((own, "//img[@class='scan']/@src"), (beside, "//div[@class='scan']//img/@src")):
        pictures = page.find(path)
        assert len(pictures) == len({page.browser.get(one).body for one in pictures}) == 4
    own.browser.get(own.find("//img[@class='scan']/@src")[0].replace("/0/", "/9/"), status=404)


def test_the_words_of_the_sender_stand_beside_what_was_typed(desk: Desk, enter: Enter) -> None:
    _slip, own = sent(desk, enter)
    words = {"texts.1.text": "Thu gom hằng ngày."}
    assert own.submit({"typing": "right", **words}, button="Gửi xác nhận").errors()
    asked = own.submit({"typing": "wrong", "texts.1.text": "x" * 20_001}, button="Gửi xác nhận")
    assert asked.find("//a[@href='#field-texts.1.text']")
    own.submit({"typing": "wrong", **words}, button="Gửi xác nhận")
    officer = enter("officer")
    assert "Thu gom hằng ngày." in officer.get(f"/xu-ly/{desk.matter.slug}/ban-chep/").text
    page = officer.get(f"/xu-ly/{desk.matter.slug}/ban-chep/1/")
    assert page.words("//dl//del") == ["(bỏ) tuần"] and page.words("//dl//ins") == ["(thêm) ngày"]
    taken = page.submit({}, button="Lấy chữ của người gửi vào ô dưới 1")
    assert taken.form("Lưu bản chép").values()["comments.1.text"].strip() == "Thu gom hằng ngày."
    taken.submit({}, button="Lưu bản chép")
    assert "Thu gom hằng ngày." in own.browser.get(own.address).text


def test_it_may_stay_with_the_reason(desk: Desk, enter: Enter) -> None:
    _slip, own = sent(desk, enter)
    own.submit({"typing": "wrong", "typing_said": "Sai"}, button="Gửi xác nhận")
    page = enter("officer").get(f"/xu-ly/{desk.matter.slug}/ban-chep/1/")
    page.submit({"reason": "Giấy ghi đúng như vậy."}, button="Lưu bản chép")
    assert "Giấy ghi đúng như vậy." in own.browser.get(own.address).text


def test_what_has_no_scan_is_not_asked_about(desk: Desk, enter: Enter) -> None:
    slip, own = sent(desk, enter, with_scan=False)
    assert "Chữ đã nhập có đúng" not in own.text and "bản chụp cạnh chữ" not in slip.text
    enter("officer").get(f"/xu-ly/{desk.matter.slug}/ban-chep/1/", status=404)
