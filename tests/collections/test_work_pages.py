"""Who collects at work: opens a collection, adds branches, reads, consolidates, puts into a letter, carries down."""

import pytest
from sqlalchemy.orm import Session

from consult.clock import now
from consult.collections import sums
from consult.collections.branches import keys
from consult.collections.inputs import NewOpinion
from consult.collections.recording import service as recording
from consult.people.words import Level, OrganisationKind, Role
from consult.submissions.views_frame import site_codes
from tests.application import sign_in
from tests.builders import make_area, make_organisation, make_user
from tests.collections.conftest import Site
from tests.collections.scene import key, paper
from tests.pages import Browser

CONTACT = "0912 345 678"


def recorded(site: Site, session: Session, *texts: str) -> None:
    """A pile of paper of Xã A, the first with a name and telephone number."""
    with site.app.app_context():
        codes = site_codes()
    said = [NewOpinion(text, "d2.k1", "oppose", person_name="Bà Kín" if not place else "",
                       contact=CONTACT if not place else "") for place, text in enumerate(texts)]  # fmt: skip
    recording.record(session, site.scene.branches["Xã A"], paper(), said, key("p"), None, codes, now())


def test_a_collection_is_opened_and_branches_come_in_three_ways(site: Site, app_session: Session) -> None:
    province = make_area(app_session, "Tỉnh Thái Nguyên", level=Level.PROVINCE)
    make_area(app_session, "Xã Phong Quang", parent=province)
    union = make_organisation(app_session, OrganisationKind.SOCIO_POLITICAL, name="Hội Nông dân tỉnh")
    app_session.commit()
    home = site.secretary.get("/to-chuc/")
    page = home.click("Thu thập ý kiến từ chi nhánh").submit(
        {"title": "Thường xuyên lắng nghe", "asked": "Bà con thấy gì?"}, button="Mở đợt thu thập"
    )
    assert page.heading == "Thêm đầu mối"
    page = page.submit(
        {"lines": "Thôn 1; Ông Bình; 0912345678\n\nThôn 2\tXã Phong Quang"}, button="Thêm các đầu mối này"
    )
    assert "Thôn 1" in page.text and "Thôn 2" in page.text
    page = page.click("Thêm đầu mối").submit({"lines": "Thôn 3\nthôn 1"}, button="Thêm các đầu mối này")
    assert "Dòng 2: " in page.text and "Thôn 3\nthôn 1" in page.html.replace("\r\n", "\n")
    adding = site.secretary.get(page.address.partition("?")[0])
    page = adding.submit({"prefix": "Mặt trận", "province": str(province.id)}, button="Thêm mọi xã, phường của tỉnh")
    assert "Mặt trận xã Phong Quang" in page.text
    page = page.click("Thêm đầu mối").submit({"body": [str(union.id)]}, button="Thêm tổ chức đã chọn")
    assert "Hội Nông dân tỉnh" in page.text and "Gọi điện nhắc" in page.text


def test_opinions_are_read_without_names_consolidated_and_put_into_a_letter(site: Site, app_session: Session) -> None:
    recorded(site, app_session, "Rác nên thu hai ngày", "Rác nên thu hai ngày", "Ý khác hẳn")
    page = site.secretary.get(site.work("y-kien/"))
    assert "Ý khác hẳn" in page.text and CONTACT not in page.html and "Bà Kín" not in page.html
    narrowed = page.submit({"quan-diem": "support"}, button="Lọc")
    assert "Không có ý kiến nào." in narrowed.text
    writing = page.click("Tổng hợp 2 ý kiến này")
    listed = writing.submit({"text": "Đề nghị thu rác hai ngày một lần"}, button="Lưu")
    assert "dựa trên 2 ý kiến: 1, 2" in listed.text and CONTACT not in listed.html
    page = site.secretary.get(site.work("y-kien/"))
    page = page.submit({"opinion": ["3"], "why": ""}, button="Không chuyển các ý kiến đã chọn")
    assert page.errors()
    page = page.submit({"opinion": ["3"]}, button="Chuyển nguyên văn từng ý kiến")
    assert "0 chưa quyết định" in page.text
    draft = site.secretary.get(site.work("tong-hop/")).submit({}, button="Đưa các ý kiến đã chọn vào bản soạn")
    assert "Đề nghị thu rác hai ngày một lần" in draft.html and "Ý khác hẳn" in draft.html
    assert "trong bản soạn" in site.secretary.get(site.work("tong-hop/")).text


@pytest.mark.parametrize("saved", ["dau-moi=77", "dia-ban=01a22dd0-f561-7b3e-830c-aefcf7bda3fa", "dia-ban=x"])
def test_an_address_saved_before_a_merger_narrows_to_nothing(site: Site, app_session: Session, saved: str) -> None:
    recorded(site, app_session, "Một", "Hai")
    assert "Không có ý kiến nào." not in site.secretary.get(site.work("y-kien/")).text
    assert "Không có ý kiến nào." in site.secretary.get(site.work(f"y-kien/?{saved}")).text


def test_what_is_left_out_is_told_and_called(site: Site, app_session: Session) -> None:
    recorded(site, app_session, "Một", "Hai")
    page = site.secretary.get(site.work("y-kien/"))
    page = page.submit({"opinion": ["1", "2"], "why": "Ngoài phạm vi"}, button="Không chuyển các ý kiến đã chọn")
    assert page.status == 200
    down = site.secretary.get(site.work("chuyen-xuong/"))
    assert "Cần chuyển xuống" in down.text and CONTACT not in down.html
    calls = down.click("Gọi thay")
    assert CONTACT in calls.text
    branch = site.branches["Xã A"]
    home = branch.get(site.at("Xã A"))
    own = home.click("2 ý kiến đã có trả lời")
    assert "Ngoài phạm vi" in own.text and CONTACT in own.text
    assert branch.get(site.at("Xã A", "tra-loi/to-doc.pdf")).body.startswith(b"%PDF")
    own = own.submit({"opinion": ["1"]}, button="Đã gọi báo")
    assert CONTACT not in own.text
    own = own.submit({}, button="Đã đọc tờ trả lời tại cuộc họp")
    assert "Đã đọc tại cuộc họp" in own.text
    assert "Cần chuyển xuống" not in site.secretary.get(site.work("chuyen-xuong/")).text


def test_the_kit_is_made_once_and_taken_by_branches(site: Site) -> None:
    page = site.secretary.get(site.work("tai-lieu-hop/"))
    page = page.submit({"clauses.0.question": "Thu mấy ngày?"}, button="Lưu bộ tài liệu")
    assert page.errors()
    page = page.submit(
        {"clauses.0.anchor": "du-thao/1/d2.k1", "clauses.0.words": "Mỗi nhà chia rác làm ba."}, button="Lưu bộ tài liệu"
    )
    assert "Đã lưu bộ tài liệu." in page.text
    read = site.branches["Xã A"].get(site.at("Xã A")).click("Đọc tài liệu họp trên máy này")
    assert "Sau cuộc họp" in read.text and "<audio" not in read.html
    assert read.click("Gửi ảnh biên bản, ghi ý kiến cuộc họp").status == 200
    site.branches["Xã A"].get(site.at("Xã B", "tai-lieu-hop/"), status=403)
    kit = site.branches["Xã A"].get(site.at("Xã A")).click("Tải bộ tài liệu họp (PDF)")
    assert kit.body.startswith(b"%PDF")


def test_a_link_is_renewed_and_ended(site: Site, app_session: Session) -> None:
    page = site.secretary.get(site.work()).click("Xã A")
    with site.app.app_context():
        old = keys.of_branch(site.scene.branches["Xã A"], site_codes())
    assert keys.shown(old) in page.text
    page = page.submit({}, button="Đổi mã mới, mã cũ hết hiệu lực")
    assert keys.shown(old) not in page.text
    site.branches["Xã A"].get(site.at("Xã A"), status=403)
    page = page.submit({"telephone": "0987654321"}, button="Lưu")
    assert "0987654321" in page.html
    page = page.submit({}, button="Ngừng mã này")
    assert "Mã đã ngừng" in page.text
    assert site.secretary.get(site.work("ma-qr.pdf")).body.startswith(b"%PDF")


def test_a_collection_is_closed_and_opened_again(site: Site) -> None:
    page = site.secretary.get(site.work("sua/")).submit({}, button="Đóng đợt thu thập")
    assert "đang đóng" in page.text
    home = site.branches["Xã A"].get(site.at("Xã A"))
    assert "Ghi một cuộc họp" not in home.text
    form = site.branches["Xã A"].get(site.at("Xã A", "ghi/phieu/"))
    kept = form.submit({"text": "Viết lúc đóng"}, button="Ghi nhận")
    assert kept.status == 409 and "Viết lúc đóng" in kept.html
    page = site.secretary.get(site.work("sua/")).submit({"closes_on": ""}, button="Mở lại đến ngày ghi ở trên")
    assert "thường xuyên" in page.text
    assert "Viết lúc đóng" in kept.submit({}, button="Ghi nhận").text


@pytest.mark.parametrize(
    "rest", ["", "y-kien/", "tong-hop/", "chuyen-xuong/", "tai-lieu-hop/", "dia-ban/", "dau-moi/1/"]
)
def test_another_body_finds_nothing(site: Site, app_session: Session, rest: str) -> None:
    other = make_organisation(app_session, OrganisationKind.FRONT_COMMITTEE, name="Mặt trận xã")
    user = make_user(app_session, other, [Role.DRAFTER, Role.SENDER], "Người khác")
    app_session.commit()
    browser = Browser(site.app)
    sign_in(browser, user)
    browser.get(site.work(rest), status=404)
    assert site.secretary.get(site.work(rest)).status == 200


def test_sums_by_commune_have_one_switch(site: Site, app_session: Session) -> None:
    recorded(site, app_session, "Một")
    page = site.secretary.get(site.work("dia-ban/"))
    assert "Chưa rõ địa bàn" in page.text
    old = page.click("Xem theo xã, phường trước khi sắp xếp")
    assert sums.total(sums.rows_of(app_session, site.scene.collection)).opinions == 1 and "1 ý kiến" in old.text
