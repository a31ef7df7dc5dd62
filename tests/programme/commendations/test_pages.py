"""A commendation from a proposal to the page of good examples, and out again once the consent is taken back."""

from flask import Flask
from sqlalchemy.orm import Session

from consult import clock
from consult.demo.drawn.typesetting import pdf_of
from consult.ledger import commitment
from consult.people.words import Role
from tests.application import sign_in
from tests.builders import make_user
from tests.pages import Browser
from tests.programme.commendations.scene import NAME, Praise
from tests.programme.scene import make_parties
from tests.statements import statements_of


def test_from_a_proposal_to_the_page_and_out_again(app: Flask, app_session: Session, browser: Browser) -> None:
    praise = Praise(make_parties(app_session, clock.now()))
    parties, slug, today = praise.parties, praise.programme.matter.slug, praise.parties.today.isoformat()
    app_session.commit()
    commune, officer, leader = Browser(app), Browser(app), Browser(app)
    sign_in(commune, make_user(app_session, parties.commune, [Role.OFFICER]))
    sign_in(officer, make_user(app_session, parties.department, [Role.OFFICER]))
    sign_in(leader, make_user(app_session, parties.department, [Role.LEADER]))
    typed = {"kind": "person", "name": NAME, "merits": "Vận động <b>cả thôn</b>.", "evidence": "Biên bản."}
    page = commune.get(f"/phoi-hop/khen-thuong/{slug}/").submit(typed, button="Gửi đề nghị")
    assert (page.status, "Biên bản." in page.text) == (422, True)
    work = page.submit({"area": str(praise.area.id)}, button="Gửi đề nghị").address
    assert "Đối chiếu" not in commune.get(work).text
    assert "Đề nghị khen thưởng số 1" in officer.get("/phoi-hop/").text
    officer.get(work).submit({"note": "Xã xác nhận"}, button="Đã đối chiếu")
    decided = {
        "form": "Giấy khen", "decision_number": "12/QĐ", "decided_on": today, "deciding": str(parties.department.id),
    }  # fmt: skip
    officer.get(work).submit({**decided, "decision_number": ""}, button="Ghi quyết định").submit(
        {"decision_number": "12/QĐ"}, button="Ghi quyết định"
    )
    public = f"/chuong-trinh/{slug}/guong-tot/1/"
    assert leader.get(work).submit({}, button="Công khai trên trang gương tốt").status == 409
    browser.get(public, status=404)
    commune.get(work).submit({"given_on": today, "how": "Ký giấy đồng ý"}, button="Ghi nhận đồng ý")
    leader.get(work).submit({}, button="Công khai trên trang gương tốt")
    shown = browser.get("/guong-tot/").click(NAME)
    told = (NAME, "Vận động <b>cả thôn</b>.", "12/QĐ", "Biên bản.", "Ký giấy", parties.commune.name)
    assert [words in shown.text for words in told] == [True, True, True, False, False, False]
    opening = browser.get(f"{public}cam-ket.json").json
    salt = bytes.fromhex(opening["salt"])
    assert commitment.opens(opening["commitment"], opening["field"], opening["value"], salt)
    assert opening["commitment"] in browser.get(f"/api/v1/programmes/{slug}/ledger/entries").body.decode()
    table = browser.get("/guong-tot/guong-tot.csv").body.decode()
    assert ("12/QĐ" in table, NAME in table) == (True, False)
    commune.get(work).submit({}, button="Người được khen rút lại đồng ý")
    for address in (public, f"{public}cam-ket.json"):
        browser.get(address, status=404)
    for address in ("/guong-tot/", f"/chuong-trinh/{slug}/", f"/chuong-trinh/{slug}/nhat-ky/"):
        assert NAME not in browser.get(address).text
    commune.get(work).submit({}, button="Ghi nhận yêu cầu xóa")
    erased = leader.get(work).submit({}, button="Xóa dữ liệu cá nhân").text
    assert ("đã được xóa" in erased, NAME in erased, NAME in commune.get(work).text) == (True, False, False)


def test_a_refusal_is_read_by_who_proposed(app: Flask, app_session: Session, browser: Browser) -> None:
    praise = Praise(make_parties(app_session, clock.now()))
    one, slug = praise.proposed(), praise.programme.matter.slug
    app_session.commit()
    commune, leader, other = Browser(app), Browser(app), Browser(app)
    sign_in(commune, make_user(app_session, praise.parties.commune, [Role.OFFICER]))
    sign_in(leader, make_user(app_session, praise.parties.department, [Role.LEADER]))
    work = f"/phoi-hop/khen-thuong/{slug}/{one.number}/"
    assert leader.get(work).submit({"reason": ""}, button="Không chấp nhận").status == 422
    leader.get(work).submit({"reason": "Chưa đủ một năm"}, button="Không chấp nhận")
    assert "Chưa đủ một năm" in commune.get(work).text
    assert "không chấp nhận" in commune.get(f"/phoi-hop/khen-thuong/{slug}/?xem=refused").text
    assert f"/{one.number}/" not in commune.get(f"/phoi-hop/khen-thuong/{slug}/?xem=public").text.split("<form")[0]
    assert NAME not in browser.get("/guong-tot/").text
    assert NAME not in other.get(work).text


def test_what_is_found_of_a_body_leads_to_where_it_is_read(app: Flask, app_session: Session, browser: Browser) -> None:
    praise = Praise(make_parties(app_session, clock.now()))
    parties = praise.parties
    parties.recommended(parties.round(praise.programme), days=5)
    one = praise.proposed(kind="body", body_id=parties.commune.id)
    app_session.commit()
    sign_in(browser, make_user(app_session, parties.department, [Role.OFFICER]))
    slug = praise.programme.matter.slug
    page = browser.get(f"/phoi-hop/khen-thuong/{slug}/{one.number}/")
    assert page.click("Thu gom hằng ngày").address == f"/chuong-trinh/{slug}/cam-ket/1/"


def test_the_file_of_the_evidence_is_for_who_may_read_the_proposal(
    app: Flask, app_session: Session, browser: Browser
) -> None:
    praise = Praise(make_parties(app_session, clock.now()))
    slug = praise.programme.matter.slug
    app_session.commit()
    commune = Browser(app)
    sign_in(commune, make_user(app_session, praise.parties.commune, [Role.OFFICER]))
    typed = {
        "kind": "group", "name": "Tổ tự quản Nà Pha", "area": str(praise.area.id), "merits": "Sạch.",
        "evidence": "Biên bản.", "file": (pdf_of(["Biên bản họp thôn"]), "bien-ban.pdf"),
    }  # fmt: skip
    page = commune.get(f"/phoi-hop/khen-thuong/{slug}/").submit(typed, button="Gửi đề nghị")
    assert page.status == 200, page.text
    assert browser.get(f"{page.address}tep/").address.startswith("/dang-nhap/")


def test_pages_ask_as_much_for_many_as_for_one(app: Flask, app_session: Session, browser: Browser) -> None:
    praise, counts, leader = Praise(make_parties(app_session, clock.now())), set(), Browser(app)
    sign_in(leader, make_user(app_session, praise.parties.department, [Role.LEADER]))
    slug = praise.programme.matter.slug
    for many in (1, 3):
        for _each in range(many):
            praise.public()
            praise.proposed()
        app_session.commit()
        found = []
        for who, address in (
            (browser, "/guong-tot/"), (browser, "/guong-tot/guong-tot.csv"), (browser, f"/chuong-trinh/{slug}/"),
            (leader, f"/phoi-hop/khen-thuong/{slug}/"), (leader, f"/phoi-hop/khen-thuong/{slug}/1/"),
            (leader, "/phoi-hop/"),
        ):  # fmt: skip
            with statements_of(app_session) as told:
                who.get(address)
            found.append(len(told))
        counts.add(tuple(found))
    assert len(counts) == 1, counts
