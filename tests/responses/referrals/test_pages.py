"""A proposal that belongs to another body, through the site: passed on, answered, released, read by a stranger."""

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from consult.clock import local_day, now
from consult.consultations.words import Kind
from consult.people.words import Level, OrganisationKind
from consult.responses.referrals import service
from consult.responses.referrals.service import Passing, Reply
from consult.stages import Stage
from consult.submissions.inputs import Letter, Sender
from consult.submissions.words import SubmissionKind
from tests.application import sign_in
from tests.builders import make_consultation, make_organisation
from tests.days import as_read
from tests.pages import Browser
from tests.responses.desk_builder import Desk, comment, make_desk


@pytest.fixture
def desk(app_session: Session) -> Desk:
    made = make_desk(app_session, Stage.OPEN, text=None, kind=Kind.PROPOSALS, days=20, now=now())
    made.receive(comment("Trạm y tế xuống cấp.", ""))
    made.release(1)
    made.answer(1, disposition="referred", text="Thuộc thẩm quyền Sở Y tế.")
    return made


def here(desk: Desk) -> str:
    return f"/xu-ly/{desk.matter.slug}/da-chuyen/"


def public(desk: Desk) -> str:
    return f"/lay-y-kien/{desk.matter.slug}/y-kien/1/"


def test_it_is_followed_until_everybody_reads_what_came_back(app: Flask, desk: Desk) -> None:
    officer, publisher, stranger = Browser(app), Browser(app), Browser(app)
    sign_in(officer, desk.people["officer"])
    sign_in(publisher, desk.people["publisher"])
    today = as_read(local_day(now()))
    one = officer.get(here(desk)).click("ý kiến số 1")
    page = one.submit({"Chuyển đến cơ quan": "Sở Y tế", "Ngày chuyển": today}, "Ghi việc chuyển")
    assert "Đã ghi việc chuyển." in page.text
    told = stranger.get(public(desk)).text
    assert f"Đã chuyển đến Sở Y tế ngày {today}" in told and "Chưa có trả lời." in told
    said = {"Ngày trả lời": today, "Nội dung cơ quan đó trả lời": "Sẽ sửa trạm trong năm sau."}
    officer.get(f"{here(desk)}1/").submit(said, "Lưu kết quả")
    assert "Sẽ sửa trạm" not in stranger.get(public(desk)).text, "one person's word is not public"
    assert "Kết quả của cơ quan khác, chờ công khai" in publisher.get("/xu-ly/").text
    publisher.get(f"{here(desk)}1/").submit(button="Công khai kết quả")
    assert "Sẽ sửa trạm trong năm sau." in stranger.get(public(desk)).text
    table = stranger.get(f"/lay-y-kien/{desk.matter.slug}/tong-hop/").text
    assert "Đã chuyển đến Sở Y tế" in table and "Sẽ sửa trạm trong năm sau." in table
    log = stranger.get(f"/nhat-ky/{desk.matter.slug}/").text
    assert "Chuyển ý kiến số 1 đến Sở Y tế" in log


def test_files_and_programs_are_told_the_same(browser: Browser, desk: Desk) -> None:
    today = local_day(now())
    made = service.pass_on(
        desk.session, desk.matter, 1, Passing("Sở Y tế", "12/SNNMT", today), desk.officer, now()
    )  # fmt: skip
    service.record_reply(desk.session, desk.matter, made, Reply("Sẽ sửa trạm.", "", today), desk.officer, now())
    base, api = f"/lay-y-kien/{desk.matter.slug}/tong-hop", f"/api/v1/consultations/{desk.matter.slug}/comments"
    before = browser.client.get(api).get_json()["comments"][0]["answer"]["referrals"]
    assert [(one["body"], one["sent_on"], one["reply"]) for one in before] == [("Sở Y tế", today.isoformat(), "")]
    service.release_reply(desk.session, desk.matter, made, desk.publisher, now())
    told = browser.client.get(api).get_json()["comments"][0]["answer"]["referrals"][0]
    assert told["reply"] == "Sẽ sửa trạm." and told["replied_on"] == today.isoformat()
    lines = browser.client.get(f"{base}.csv").get_data(as_text=True)
    assert f"Sở Y tế,{today},{made.due_on},{today},Sẽ sửa trạm." in lines
    answer = browser.client.get(f"{base}.json").get_json()["comments"][0]["answer"]
    assert [one["reply"] for one in answer["referrals"]] == ["Sẽ sửa trạm."]


def test_the_letter_of_a_body_tells_where_its_points_went(app: Flask, app_session: Session) -> None:
    made = make_desk(app_session, Stage.OPEN, now=now())
    front = make_organisation(app_session, OrganisationKind.FRONT_COMMITTEE, Level.PROVINCE, "Ủy ban Mặt trận tỉnh")
    day = local_day(now())
    letter = Letter("12/MTTQ-BTT", day, "Lò Văn Ký", "Chủ tịch", "TM.")
    sender = Sender(organisation_id=front.id)
    made.receive(comment("Trạm y tế xuống cấp."), kind=SubmissionKind.FORMAL, sender=sender, letter=letter)
    made.release(1)
    made.answer(1, disposition="referred", text="Thuộc thẩm quyền Sở Y tế.")
    service.pass_on(app_session, made.matter, 1, Passing("Sở Y tế", "12/SNNMT", day), made.officer, now())
    officer = Browser(app)
    sign_in(officer, made.people["officer"])
    for address in (f"/lay-y-kien/{made.matter.slug}/van-ban/1/", f"/xu-ly/{made.matter.slug}/van-ban/1/"):
        assert "Đã chuyển đến Sở Y tế" in officer.get(address).text


def test_what_is_wrong_comes_back_with_what_was_typed(browser: Browser, desk: Desk) -> None:
    sign_in(browser, desk.people["officer"])
    page = browser.get(f"{here(desk)}1/").submit(
        {"Chuyển đến cơ quan": "Sở Y tế", "Ngày chuyển": "hôm qua"}, "Ghi việc chuyển"
    )
    assert page.status == 422 and page.form().values()["body_name"] == "Sở Y tế"


def test_a_draft_names_the_proposal_and_the_proposal_the_draft(app: Flask, app_session: Session, desk: Desk) -> None:
    draft = make_consultation(app_session, Stage.OPEN, lead=desk.body, now=now(), title="Quyết định về trạm y tế")
    officer, stranger = Browser(app), Browser(app)
    sign_in(officer, desk.people["officer"])
    page = officer.get(f"/xu-ly/{draft.slug}/tu-kien-nghi/").submit({"Số của kiến nghị": "1"}, "Nêu kiến nghị này")
    assert "Đã nêu kiến nghị." in page.text and "Trạm y tế xuống cấp." in page.text
    assert "Được đưa vào dự thảo: Quyết định về trạm y tế" in stranger.get(public(desk)).text
    assert "kiến nghị số 1" in stranger.get(f"/lay-y-kien/{draft.slug}/").text
    assert "Dự thảo tiếp nhận các kiến nghị: kiến nghị số 1" in stranger.get(f"/lay-y-kien/{draft.slug}/tong-hop/").text
    wrong = officer.get(f"/xu-ly/{draft.slug}/tu-kien-nghi/").submit({"Số của kiến nghị": "9"}, "Nêu kiến nghị này")
    assert wrong.status == 422 and wrong.errors() == ["Số của kiến nghị: Không có kiến nghị công khai nào mang số này"]
