"""A campaign as people meet it: a parish enters a count, the Front makes it public, a journalist reads the sums."""

import csv
from io import StringIO

from flask import Flask
from sqlalchemy.orm import Session

from consult import clock
from consult.people.words import Role
from tests.application import sign_in
from tests.builders import make_user
from tests.files import made
from tests.pages import Browser
from tests.programme.campaigns.scene import Cleaning
from tests.programme.scene import make_parties
from tests.statements import statements_of


def test_from_a_plan_to_the_sums_that_a_journalist_reads(app: Flask, app_session: Session, browser: Browser) -> None:
    cleaning = Cleaning(make_parties(app_session, clock.now()))
    parties, slug, today = cleaning.parties, cleaning.programme.matter.slug, cleaning.parties.today.isoformat()
    writer, signer, parish = Browser(app), Browser(app), Browser(app)
    sign_in(writer, make_user(app_session, parties.front, [Role.DRAFTER]))
    sign_in(signer, make_user(app_session, parties.front, [Role.SENDER]))
    sign_in(parish, make_user(app_session, cleaning.parish, [Role.DRAFTER]))
    typed = {
        "title": "Ngày <b>không</b> rác nhựa", "kind": "plastic", "about": "Thu gom ở suối.", "starts_on": today,
        "ends_on": today, "measures": "Rác nhựa | kg\nNgười tham gia", "areas": [str(cleaning.area.id)],
        "bodies": [str(cleaning.parish.id)],
    }  # fmt: skip
    page = writer.get(f"/phoi-hop/chien-dich/{slug}/").submit(typed, button="Lưu chiến dịch")
    assert (page.status, "Xin ghi đơn vị tính" in page.text) == (422, True)
    right = "Rác nhựa | kg\nNgười tham gia | lượt người"
    work = page.submit({"measures": right}, button="Lưu chiến dịch").address
    parish.get(work, status=404)
    signer.get(work).submit({}, button="Công khai và báo cho ai tham gia")
    assert "Ngày <b>không</b> rác nhựa" in parish.get("/phoi-hop/").text
    entry = parish.get("/phoi-hop/").click("Ngày <b>không</b> rác nhựa").click("Nhập kết quả")
    counted = {"day": today, "measure": "1", "amount": "12,5 tạ", "place": "Suối Nà Pha"}
    wrong = entry.submit(counted, button="Lưu kết quả")
    assert (wrong.status, "Suối Nà Pha" in wrong.body.decode()) == (422, True)
    shown = {"consent": "Không có người", "picture": (made.picture(), "a.jpg")}
    wrong.submit({**counted, "amount": "1.250,5", **shown}, button="Lưu kết quả")
    public = f"/chuong-trinh/{slug}/chien-dich/1/"
    assert "1.250,5" not in browser.get(public).text
    assert "có nội dung hoặc kết quả chờ công khai" in signer.get("/phoi-hop/").text
    signer.get(work).click("Rác nhựa: 1.250,5 kg").submit({}, button="Công khai")
    told = browser.get("/chien-dich/")
    assert "1.250,5 kg" in told.text
    page = told.click("Ngày <b>không</b> rác nhựa").click("Rác nhựa: 1.250,5 kg")
    assert ("Suối Nà Pha" in page.text, "Không có người" in page.text) == (True, False)
    assert browser.get(f"{public}ket-qua/1/hinh/").body
    rows = list(csv.DictReader(StringIO(browser.get("/chien-dich/chien-dich.csv").body.decode("utf-8-sig"))))
    assert [(row["amount"], row["unit"], row["body"]) for row in rows] == [("1250.5", "kg", "Giáo xứ Nà Pha")]
    assert "1,250.5 kg" in browser.get(f"/en{public}").text


def test_a_correction_of_a_result_is_read_beside_what_it_said(
    app: Flask, app_session: Session, browser: Browser
) -> None:
    cleaning = Cleaning(make_parties(app_session, clock.now()))
    one, slug = cleaning.planned(), cleaning.programme.matter.slug
    number = cleaning.entered(one, "120,5")
    app_session.commit()
    parish, signer = Browser(app), Browser(app)
    sign_in(parish, make_user(app_session, cleaning.parish, [Role.DRAFTER]))
    sign_in(signer, make_user(app_session, cleaning.parties.front, [Role.SENDER]))
    work = f"/phoi-hop/chien-dich/{slug}/{one.number}/ket-qua/{number}/"
    parish.get(work).submit({"amount": "20,5", "reason": "Cân nhầm"}, button="Lưu kết quả")
    signer.get(work).submit({}, button="Công khai")
    text = browser.get(f"/chuong-trinh/{slug}/chien-dich/{one.number}/ket-qua/{number}/").text
    assert all(words in text for words in ("20,5 kg", "120,5 kg", "Cân nhầm"))
    assert "Cân nhầm" in browser.get("/chien-dich/tin.atom").body.decode()


def test_a_body_that_takes_no_part_reads_a_campaign_where_anybody_does(
    app: Flask, app_session: Session, browser: Browser
) -> None:
    cleaning = Cleaning(make_parties(app_session, clock.now()))
    slug = cleaning.programme.matter.slug
    cleaning.planned(title="Của giáo xứ")
    cleaning.planned(title="Của xã", bodies=(cleaning.parties.commune.id,))
    app_session.commit()
    sign_in(browser, make_user(app_session, cleaning.parish, [Role.DRAFTER]))
    page = browser.get(f"/phoi-hop/chien-dich/{slug}/")
    assert page.click("Của giáo xứ").address == f"/phoi-hop/chien-dich/{slug}/1/"
    assert page.click("Của xã").address == f"/chuong-trinh/{slug}/chien-dich/2/"


def test_a_picture_goes_with_a_correction(app: Flask, app_session: Session, browser: Browser) -> None:
    cleaning = Cleaning(make_parties(app_session, clock.now()))
    one, slug = cleaning.planned(), cleaning.programme.matter.slug
    app_session.commit()
    parish, signer = Browser(app), Browser(app)
    sign_in(parish, make_user(app_session, cleaning.parish, [Role.DRAFTER]))
    sign_in(signer, make_user(app_session, cleaning.parties.front, [Role.SENDER]))
    counted = {
        "day": cleaning.parties.today.isoformat(), "measure": "1", "amount": "9", "consent": "Cả nhóm",
    }  # fmt: skip
    base = f"/phoi-hop/chien-dich/{slug}/{one.number}/ket-qua/"
    parish.get(base).submit({**counted, "picture": (made.picture(), "a.jpg")}, button="Lưu kết quả")
    signer.get(f"{base}1/").submit({}, button="Công khai")
    public = f"/chuong-trinh/{slug}/chien-dich/{one.number}/ket-qua/1/hinh/"
    assert browser.get(public).body
    parish.get(f"{base}1/").submit({"drops_picture": "1", "reason": "Một người rút lại"}, button="Lưu kết quả")
    signer.get(f"{base}1/").submit({}, button="Công khai")
    browser.get(public, status=404)


def test_pages_ask_as_much_for_many_results_as_for_few(app: Flask, app_session: Session, browser: Browser) -> None:
    cleaning, counts = Cleaning(make_parties(app_session, clock.now())), set()
    writer = Browser(app)
    sign_in(writer, make_user(app_session, cleaning.parties.front, [Role.DRAFTER]))
    one, slug = cleaning.planned(), cleaning.programme.matter.slug
    for many in (1, 4):
        for _each in range(many):
            cleaning.entered(cleaning.planned())
            cleaning.entered(one)
        app_session.commit()
        found = []
        for who, address in (
            (browser, "/chien-dich/"), (browser, "/chien-dich/chien-dich.csv"), (browser, "/chien-dich/tin.atom"),
            (browser, f"/chuong-trinh/{slug}/chien-dich/{one.number}/"), (writer, f"/phoi-hop/chien-dich/{slug}/"),
            (writer, f"/phoi-hop/chien-dich/{slug}/{one.number}/"), (writer, "/phoi-hop/"),
        ):  # fmt: skip
            with statements_of(app_session) as told:
                who.get(address)
            found.append(len(told))
        counts.add(tuple(found))
    assert len(counts) == 1, counts
