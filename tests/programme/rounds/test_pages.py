"""Pages of rounds: pictures are painted anew, a form that comes back loses nothing, and only who may sees what."""

from datetime import timedelta
from io import BytesIO

from flask import Flask
from PIL import Image
from sqlalchemy.orm import Session

from consult import clock
from consult.files.signed_files import KeptFile
from consult.people.words import Role
from consult.programme.words import StepKind
from tests.application import sign_in
from tests.builders import make_user
from tests.files import made
from tests.pages import Browser
from tests.programme.scene import make_parties
from tests.statements import statements_of


def test_pictures_of_a_visit_are_painted_anew_and_public_once_released(
    app: Flask, app_session: Session, browser: Browser
) -> None:
    parties = make_parties(app_session, clock.now())
    one = parties.programme()
    found = parties.round(one)
    parties.step(found, StepKind.PLAN)
    writer, signer = Browser(app), Browser(app)
    sign_in(writer, make_user(app_session, parties.front, [Role.DRAFTER]))
    sign_in(signer, make_user(app_session, parties.front, [Role.SENDER]))
    address = f"/phoi-hop/giam-sat/{one.matter.slug}/{found.number}/"
    step = {
        "kind": "visit", "day": found.starts_on.isoformat(), "text": "Biên bản.", "caption": "Điểm tập kết",
        "pictures": (made.picture(), "anh.jpg"),
    }  # fmt: skip
    assert "Biên bản." in writer.get(address).submit(step, button="Lưu bước").text
    public = f"/chuong-trinh/{one.matter.slug}/giam-sat/{found.number}/2/hinh/1/"
    browser.get(public, status=404)
    assert "Ai ghi thì không tự công khai" not in signer.get(address).submit({}, button="Công khai").text
    body = browser.get(public).body
    with Image.open(BytesIO(body)) as picture:
        assert not picture.getexif()
    assert "Điểm tập kết" in browser.get(f"/chuong-trinh/{one.matter.slug}/giam-sat/{found.number}/").text


def test_a_form_that_comes_back_keeps_what_was_typed(app: Flask, app_session: Session) -> None:
    parties = make_parties(app_session, clock.now())
    one = parties.programme()
    writer = Browser(app)
    sign_in(writer, make_user(app_session, parties.front, [Role.DRAFTER]))
    page = writer.get(f"/phoi-hop/giam-sat/{one.matter.slug}/").submit({"subject": "Việc chưa rõ"}, button="Lưu")
    assert page.status == 422
    assert "Việc chưa rõ" in page.text
    found = parties.round(one)
    page = writer.get(f"/phoi-hop/giam-sat/{one.matter.slug}/{found.number}/")
    page = page.submit({"subject": "Việc <b>đúng</b>"}, button="Lưu đợt giám sát")
    assert "Việc <b>đúng</b>" in page.text
    again = page.submit({"recommended": "Làm mái che", "due_on": "hôm nào"}, button="Thêm kiến nghị")
    assert (again.status, "Làm mái che" in again.text) == (422, True)


def test_who_has_no_part_in_it_finds_nothing(app: Flask, app_session: Session) -> None:
    parties = make_parties(app_session, clock.now())
    one = parties.programme()
    found = parties.round(one)
    supervised, other = Browser(app), Browser(app)
    sign_in(supervised, make_user(app_session, parties.commune, [Role.OFFICER]))
    sign_in(other, make_user(app_session, parties.department, [Role.OFFICER]))
    address = f"/phoi-hop/giam-sat/{one.matter.slug}/{found.number}/"
    for browser in (supervised, other):
        browser.get(address, status=404)
    parties.step(found, StepKind.PLAN)
    assert "Báo cáo của cơ quan được giám sát" in supervised.get(address).text
    other.get(address, status=404)
    supervised.get(f"/phoi-hop/chuong-trinh/{one.matter.slug}/", status=404)


def test_the_supervised_body_reads_its_own_report_and_what_is_public_alone(app: Flask, app_session: Session) -> None:
    parties = make_parties(app_session, clock.now())
    one = parties.programme()
    found = parties.round(one)
    parties.step(found, StepKind.PLAN)
    paper = KeptFile(app.extensions["consult.files"].put(made.pdf()), "bao-cao.pdf", "application/pdf", 1)
    hidden = parties.step(found, StepKind.REPORT, released=False, text="Dự thảo báo cáo.", file=paper)
    parties.step(found, StepKind.OWN_REPORT, released=False, text="Báo cáo của xã.")
    parties.recommended(found, public=False, text="Đóng bãi rác.")
    leading, supervised = Browser(app), Browser(app)
    sign_in(leading, make_user(app_session, parties.front, [Role.DRAFTER]))
    sign_in(supervised, make_user(app_session, parties.commune, [Role.OFFICER]))
    address = f"/phoi-hop/giam-sat/{one.matter.slug}/{found.number}/"
    for browser, reads, status in ((leading, True, 200), (supervised, False, 404)):
        page = browser.get(address).text
        assert ["Dự thảo báo cáo." in page, "Đóng bãi rác." in page, "Báo cáo của xã." in page] == [reads, reads, True]
        browser.get(f"{address}buoc/{hidden}/tep/", status=status)


def test_the_statements_of_a_round_do_not_grow(app: Flask, app_session: Session, browser: Browser) -> None:
    parties = make_parties(app_session, clock.now())
    one, counts = parties.programme(), set()
    writer = Browser(app)
    sign_in(writer, make_user(app_session, parties.front, [Role.DRAFTER]))
    for many in (2, 7):
        found = parties.round(one, ends_on=parties.today - timedelta(days=9))
        for _ in range(many):
            parties.recommended(found, public=False)
            parties.step(found, StepKind.VISIT, day=found.starts_on)
        with statements_of(app_session) as at_work:
            writer.get(f"/phoi-hop/giam-sat/{one.matter.slug}/{found.number}/")
        parties.step(found, StepKind.REPORT, day=parties.today)
        with statements_of(app_session) as public:
            browser.get(f"/chuong-trinh/{one.matter.slug}/giam-sat/{found.number}/")
        counts.add((len(at_work), len(public)))
    assert len(counts) == 1, counts


def test_the_other_party_knows_of_a_round_once_it_is_public(app: Flask, app_session: Session) -> None:
    parties = make_parties(app_session, clock.now())
    one = parties.programme()
    found = parties.round(one, supervised_id=parties.department.id, subject="Cấp phép khai thác")
    officer = Browser(app)
    sign_in(officer, make_user(app_session, parties.department, [Role.OFFICER]))
    address = f"/phoi-hop/giam-sat/{one.matter.slug}/"
    assert "Cấp phép khai thác" not in officer.get(address).text
    parties.step(found, StepKind.PLAN)
    assert "Cấp phép khai thác" in officer.get(address).text
