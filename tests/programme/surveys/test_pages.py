"""Pages of surveys: what is wrong in a file is told row by row, what was typed stays, and nothing asks for religion."""

from datetime import timedelta
from io import BytesIO

from flask import Flask
from openpyxl import Workbook, load_workbook
from sqlalchemy.orm import Session

from consult import clock
from consult.people.models import Area
from consult.people.words import Role
from consult.programme.surveys.models import Survey
from consult.programme.surveys.questions import xlsform_writing
from consult.programme.surveys.questions.question import Question
from consult.programme.surveys.words import QuestionKind
from tests.application import sign_in
from tests.builders import make_area, make_user
from tests.pages import Browser
from tests.programme.scene import make_parties
from tests.programme.surveys.scene import QUESTIONS, Surveyed, make_surveyed
from tests.statements import statements_of


def scene_of(app: Flask, session: Session) -> Surveyed:
    """Two parties with a public programme, today."""
    parties = make_parties(session, clock.now())
    return make_surveyed(session, app.extensions["consult.files"], parties)


def officer_of(app: Flask, surveyed: Surveyed) -> Browser:
    """Somebody of the Department."""
    browser = Browser(app)
    sign_in(browser, make_user(surveyed.session, surveyed.parties.department, [Role.OFFICER]))
    return browser


def filled(data: bytes, rows: list[tuple[str, ...]]) -> bytes:
    """The empty spreadsheet with rows filled in."""
    book: Workbook = load_workbook(BytesIO(data))
    for number, row in enumerate(rows, 2):
        for column, words in enumerate(row, 1):
            book.worksheets[0].cell(number, column).value = words
    made = BytesIO()
    book.save(made)
    return made.getvalue()


def test_a_question_about_religion_is_refused_in_words(app: Flask, app_session: Session) -> None:
    surveyed = scene_of(app, app_session)
    one = surveyed.survey([900], opened=False)
    page = officer_of(app, surveyed).get(f"/phoi-hop/khao-sat/{one.programme.matter.slug}/{one.number}/")
    asked = (*QUESTIONS, Question("dao", QuestionKind.TEXT, "Gia đình theo đạo nào?"))
    page = page.submit({"questions": (xlsform_writing.write("K", "k", 1, asked), "k.xlsx")}, button="Nạp bộ câu hỏi")
    assert page.status == 422
    assert "Dòng 6: “Gia đình theo đạo nào?”: không được hỏi tôn giáo" in page.text
    again = page.submit({"title": "", "least": "3"}, button="Lưu khảo sát")
    assert again.status == 422
    assert "từ 5 đến 1000" in again.text


def test_papers_come_back_from_a_spreadsheet(app: Flask, app_session: Session) -> None:
    surveyed = scene_of(app, app_session)
    one = surveyed.survey([900, 900])
    slug, area = one.programme.matter.slug, surveyed.areas[0]
    address = f"/phoi-hop/nhap-phieu/{slug}/{one.number}/{area.id}/"
    browser = officer_of(app, surveyed)
    empty = browser.get(f"{address}phieu.xlsx").body
    wrong = filled(empty, [("1", "Hài lòng", "5", "Nữ"), ("2", "Tuyệt", "5", "")])
    page = browser.get(address).submit({"file": (wrong, "phieu.xlsx")}, button="Nạp tệp")
    assert (page.status, "Dòng 3: Cột “khong_khi”: không có lựa chọn này" in page.text) == (422, True)
    good = filled(empty, [("1", "Hài lòng", "5", "Nữ"), ("2", "2", "", "")])
    page = browser.get(address).submit({"file": (good, "phieu.xlsx")}, button="Nạp tệp")
    assert "Đã nhập 2 trên 10 phiếu" in page.text
    assert "Hài lòng; Rất hài lòng; Nữ" in page.text
    page.submit({}, button="Bỏ phiếu 2")
    assert "Đã nhập 1 trên 10 phiếu" in browser.get(address).text


def test_an_answer_online_that_comes_back_keeps_what_was_ticked(
    app: Flask, app_session: Session, browser: Browser
) -> None:
    surveyed = scene_of(app, app_session)
    today = surveyed.parties.today
    one = surveyed.survey([900], starts_on=today, ends_on=today + timedelta(days=3))
    slug = one.programme.matter.slug
    page = browser.get(f"/chuong-trinh/{slug}/khao-sat/{one.number}/tra-loi/")
    page = page.submit({"khong_khi": "4", "gop_y": "Rác <b>nhiều</b>"}, button="Gửi trả lời")
    assert (page.status, "Rác <b>nhiều</b>" in page.text) == (422, True)
    assert page.find("//input[@name = 'khong_khi' and @value = '4']/@checked")
    assert "Xin cảm ơn" in page.submit({"commune": str(surveyed.areas[0].id)}, button="Gửi trả lời").text
    closed = app_session.get_one(Survey, (one.consultation_id, one.id))
    closed.starts_on, closed.ends_on = today - timedelta(days=9), today - timedelta(days=2)
    app_session.commit()
    assert "không nhận trả lời" in browser.get(f"/chuong-trinh/{slug}/khao-sat/{one.number}/tra-loi/").text


def test_the_form_for_telephones_is_public_and_asks_for_the_commune(
    app: Flask, app_session: Session, browser: Browser
) -> None:
    surveyed = scene_of(app, app_session)
    one = surveyed.survey([900])
    area: Area = surveyed.areas[0]
    book = load_workbook(
        BytesIO(browser.get(f"/chuong-trinh/{one.programme.matter.slug}/khao-sat/1/cau-hoi.xlsx").body)
    )
    assert ("xa_phuong", area.code, area.name) in list(book["choices"].values)
    assert [sheet.title for sheet in book.worksheets] == ["survey", "choices", "settings"]


def test_words_of_people_are_read_by_both_sides_alone_without_a_commune(
    app: Flask, app_session: Session, browser: Browser
) -> None:
    surveyed = scene_of(app, app_session)
    one = surveyed.survey([900])
    surveyed.enter(one, surveyed.areas[0], [{"khong_khi": "4", "gop_y": "Rác <b>nhiều</b>"}])
    address = f"/phoi-hop/khao-sat/{one.programme.matter.slug}/{one.number}/"
    page = officer_of(app, surveyed).get(address).click("Câu trả lời bằng lời")
    assert "Rác <b>nhiều</b>" in page.text
    assert surveyed.areas[0].name not in page.text
    commune = Browser(app)
    sign_in(commune, make_user(app_session, surveyed.parties.commune, [Role.OFFICER]))
    commune.get(f"{address}y-kien/", status=404)


def test_a_page_asks_the_database_the_same_with_many_communes_and_papers(app: Flask, app_session: Session) -> None:
    surveyed = scene_of(app, app_session)
    browser, asked = officer_of(app, surveyed), []
    for communes in (2, 9):
        one = surveyed.survey([900] * communes)
        for area in surveyed.areas:
            surveyed.enter(one, area, [{"khong_khi": "4"}] * (communes + 4))
        slug, number = one.programme.matter.slug, one.number
        surveyed.publish(one)
        here, area_id = f"{slug}/{number}/", surveyed.areas[0].id
        pages = (
            f"/phoi-hop/khao-sat/{here}", f"/phoi-hop/nhap-phieu/{here}{area_id}/",
            f"/chuong-trinh/{slug}/khao-sat/{number}/",
        )  # fmt: skip
        app_session.commit()
        with statements_of(app_session) as said:
            for page in pages:
                browser.get(page)
        asked.append(len(said))
    assert asked[0] == asked[1]


def test_earlier_years_stand_beside_with_their_breaks(app: Flask, app_session: Session, browser: Browser) -> None:
    surveyed = scene_of(app, app_session)
    year, area = surveyed.parties.today.year, make_area(app_session, "Xã A")
    app_session.commit()
    for ago, asked in ((2, QUESTIONS[:1]), (1, QUESTIONS), (0, QUESTIONS)):
        one = surveyed.survey([900], asked, [area], year=year - ago)
        surveyed.enter(one, area, [{"khong_khi": point, "nuoc": point} for point in "22334455"])
        surveyed.publish(one)
    text = browser.get(f"/chuong-trinh/{one.programme.matter.slug}/khao-sat/{one.number}/").text
    assert "trong phạm vi sai số" in text
    assert "ngắt quãng; câu hỏi đã thay đổi: Nước mặt: sông, suối, hồ" in text


def test_questions_with_any_name_are_asked_and_come_back(app: Flask, app_session: Session, browser: Browser) -> None:
    surveyed = scene_of(app, app_session)
    today = surveyed.parties.today
    asked = [*QUESTIONS, *(Question(name, QuestionKind.TEXT, f"Câu {name}") for name in ("items", "getlist", "update"))]
    one = surveyed.survey([900], asked, starts_on=today, ends_on=today)
    page = browser.get(f"/chuong-trinh/{one.programme.matter.slug}/khao-sat/{one.number}/tra-loi/")
    assert "built-in" not in page.text
    assert "bound method" not in page.text
    page = page.submit({"khong_khi": "4", "items": "Rác"}, button="Gửi trả lời")
    assert page.find("//textarea[@name = 'items']")[0].text.strip() == "Rác"
    assert page.find("//*[contains(@class, 'wrong')]//textarea") == []


def test_a_paper_typed_long_ago_is_found_by_its_number_and_taken_out(app: Flask, app_session: Session) -> None:
    surveyed = scene_of(app, app_session)
    one = surveyed.survey([900])
    surveyed.enter(one, surveyed.areas[0], [{"khong_khi": "4"}] * 35)
    address = f"/phoi-hop/nhap-phieu/{one.programme.matter.slug}/{one.number}/{surveyed.areas[0].id}/"
    page = officer_of(app, surveyed).get(address)
    assert "Phiếu 35:" in page.text
    assert "Phiếu 2:" not in page.text
    page = page.submit({"phieu": "02"}, button="Tìm theo số phiếu")
    assert "Phiếu 2:" in page.text
    again, page = page, page.submit({}, button="Bỏ phiếu 2")
    assert "Nhập phiếu: " in again.submit({}, button="Bỏ phiếu 2").text
    assert "Không có phiếu số này." in page.submit({"phieu": "2"}, button="Tìm theo số phiếu").text
