"""A course from its plan to a certificate that anybody checks."""

from datetime import timedelta

from flask import Flask
from sqlalchemy.orm import Session

from consult import clock
from consult.people.words import Role
from tests.application import sign_in
from tests.builders import make_user
from tests.pages import Browser
from tests.programme.scene import make_parties
from tests.programme.training.scene import School


def test_from_a_plan_to_a_certificate_that_is_checked(app: Flask, app_session: Session, browser: Browser) -> None:
    school = School(make_parties(app_session, clock.now()))
    parties, slug = school.parties, school.programme.matter.slug
    officer, leader, commune = Browser(app), Browser(app), Browser(app)
    sign_in(officer, make_user(app_session, parties.department, [Role.OFFICER]))
    sign_in(leader, make_user(app_session, parties.department, [Role.LEADER]))
    sign_in(commune, make_user(app_session, parties.commune, [Role.OFFICER]))
    begin = (parties.today + timedelta(days=3)).isoformat()
    typed = {
        "title": "Phân loại <b>rác</b>", "starts_on": begin, "ends_on": begin, "place": "Hội trường", "seats": "20",
    }  # fmt: skip
    page = officer.get(f"/phoi-hop/tap-huan/{slug}/").submit(typed, button="Lưu")
    assert (page.status, "Hội trường" in page.body.decode()) == (422, True)
    work = page.submit({"invited": [str(parties.commune.id)]}, button="Lưu").address
    commune.get(work, status=404)
    leader.get(work).submit({}, button="Công khai và gửi giấy mời")
    assert "Phân loại <b>rác</b>" in browser.get("/tap-huan/").text
    assert (
        "Nông Văn Một" in commune.get(work).submit({"names": "Nông Văn Một\nNông Thị Hai"}, button="Gửi danh sách").text
    )


def test_who_attended_has_a_certificate_and_their_name_is_theirs(
    app: Flask, app_session: Session, browser: Browser
) -> None:
    school = School(make_parties(app_session, clock.now()))
    one, slug = school.began("Nông Văn Một\nNông Thị Hai"), school.programme.matter.slug
    officer, leader, other = Browser(app), Browser(app), Browser(app)
    sign_in(officer, make_user(app_session, school.parties.department, [Role.OFFICER]))
    sign_in(leader, make_user(app_session, school.parties.department, [Role.LEADER]))
    sign_in(other, make_user(app_session, school.parties.commune, [Role.OFFICER]))
    work = f"/phoi-hop/tap-huan/{slug}/{one.number}/"
    sheet = {"present": ["1", "2"], "public": ["2"], "before": "3 4 5 6 7", "after": "8 8 9"}
    officer.get(work).submit(sheet, button="Lưu điểm danh")
    leader.get(work).submit({}, button="Công khai kết quả lớp")
    public = browser.get(f"/chuong-trinh/{slug}/tap-huan/{one.number}/").text
    assert ("trung bình 5,0 trên 10" in public, "ít hơn 5 bài" in public, "Nông" in public) == (True, True, False)
    assert other.get(f"{work}chung-nhan/1.pdf").body.startswith(b"%PDF")
    app_session.expire_all()
    codes = [each.code for each in one.participants]
    checked = [browser.get(f"/chung-nhan/?ma={code}").text for code in (*codes, "2" * 16)]
    assert ["là thật" in text for text in checked] == [True, True, False]
    assert ["Nông" in text for text in checked] == [False, True, False]


def test_nobody_reads_which_body_sent_somebody_or_a_name_that_one_person_alone_ticked(
    app: Flask, app_session: Session, browser: Browser
) -> None:
    school = School(make_parties(app_session, clock.now()))
    one, slug = school.began("Nông Văn Một"), school.programme.matter.slug
    school.parties.commune.name = "Giáo xứ Nà Pha"
    app_session.commit()
    officer, leader = Browser(app), Browser(app)
    sign_in(officer, make_user(app_session, school.parties.department, [Role.OFFICER]))
    sign_in(leader, make_user(app_session, school.parties.department, [Role.LEADER]))
    work = f"/phoi-hop/tap-huan/{slug}/{one.number}/"
    page = officer.get(work)
    # The bodies that are invited are told, once.
    assert ("Nông Văn Một" in page.text, page.text.count("Giáo xứ Nà Pha")) == (True, 1)
    page.submit({"present": ["1"], "public": ["1"]}, button="Lưu điểm danh")
    app_session.expire_all()
    address = f"/chung-nhan/?ma={one.participants[0].code}"
    text = browser.get(address).text
    assert ("là thật" in text, "Nông Văn Một" in text) == (True, False)
    leader.get(work).submit({}, button="Công khai kết quả lớp")
    assert "Nông Văn Một" in browser.get(address).text


def test_a_sheet_that_comes_back_keeps_its_ticks(app: Flask, app_session: Session) -> None:
    school = School(make_parties(app_session, clock.now()))
    one, officer = school.began("Nông Văn Một\nNông Thị Hai"), Browser(app)
    sign_in(officer, make_user(app_session, school.parties.department, [Role.OFFICER]))
    page = officer.get(f"/phoi-hop/tap-huan/{school.programme.matter.slug}/{one.number}/").submit(
        {"present": ["1", "2"], "public": ["2"], "before": "ba điểm"}, button="Lưu điểm danh"
    )
    assert page.status == 422
    ticked = [page.find(f"//input[@name = '{name}' and @checked]/@value") for name in ("present", "public")]
    assert ticked == [["1", "2"], ["2"]]
