"""The pages of preparation, as an officer without JavaScript uses them, from the upload to publication and after."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from consult import clock
from consult.consultations.desk import forms
from consult.consultations.matter import queries
from consult.consultations.matter.choices import Choices
from consult.consultations.preparation import publication
from consult.consultations.words import Kind, Procedure
from consult.errors import Invalid
from consult.people.words import OrganisationKind, Role
from consult.stages import Stage, stage_of
from tests.application import sign_in
from tests.builders import DRAFT, make_actor, make_consultation, make_organisation, make_user
from tests.consultations.conftest import Desk
from tests.pages import Browser, Page

TITLE = "Quyết định về phân loại chất thải rắn sinh hoạt"


def create(desk: Desk, file: tuple[bytes, str] = (DRAFT.encode(), "du-thao.md"), **given: Any) -> Page:
    """Fills the form for a new matter and sends it."""
    typed = {
        "title": TITLE,
        "kind": "legal_draft",
        "procedure": "comment",
        "lead": str(desk.department.id),
        "answering": str(desk.department.id),
        "issuing": str(desk.committee.id),
        "file": file,
        **given,
    }
    return desk.browser.get("/xu-ly/dot/moi/").submit(typed, button="Tạo và xem bố cục")


def test_a_body_that_ended_stays_in_the_facts_and_no_other_comes(session: Session) -> None:
    matter, nothing = make_consultation(session), Choices([], [], [], [], [])
    form = MultiDict(forms.facts_typed(matter))
    assert forms.facts(form, nothing, matter).answering_id == matter.answering_id
    with pytest.raises(Invalid) as wrong:
        forms.facts(form, nothing)
    assert wrong.value.errors == dict.fromkeys(("lead", "answering", "issuing", "profile"), "not_a_choice")
    form["answering"] = str(make_organisation(session).id)
    with pytest.raises(Invalid) as wrong:
        forms.facts(form, nothing, matter)
    assert wrong.value.errors == {"answering": "not_a_choice"}


def test_from_upload_to_publication_and_after(desk: Desk) -> None:
    outline = create(desk)
    assert "Điều" in outline.text and "Chương I QUY ĐỊNH CHUNG" in outline.text
    steps = outline.click("Về các bước chuẩn bị")
    assert "Chưa đặt thời hạn" in steps.text
    periods = steps.click("Thời hạn")
    assert "theo quy định của tỉnh" in periods.text
    steps = periods.submit({}, button="Lưu thời hạn")
    today = clock.local_day(clock.now())
    periods = desk.browser.get(f"{steps.link('Thời hạn')}?tu={today.isoformat()}")
    steps = periods.submit({}, button="Lưu thời hạn")
    managed = steps.click("Xem trước khi công bố").submit({}, button="Công bố")
    assert managed.heading == TITLE
    desk.session.expire_all()
    consultation = queries.by_slug(desk.session, "quyet-dinh-ve-phan-loai-chat-thai-ran-sinh-hoat")
    assert stage_of(consultation, clock.now()) is Stage.OPEN

    later = (today + timedelta(days=60)).isoformat()
    form = managed.click("Gia hạn")
    assert form.submit({"last_day": today.isoformat(), "reason": "Thêm ngày"}, button="Tiếp tục").status == 422
    asked = form.submit({"last_day": later, "reason": "Nhiều nơi đề nghị"}, button="Tiếp tục")
    assert "không hoàn tác được" in asked.text and "tháng" in asked.text
    desk.session.rollback()
    assert not publication.extensions_of(desk.session, consultation.id), "nothing is done before it was shown"
    managed = asked.submit({}, button="Gia hạn")
    assert asked.submit({}, button="Gia hạn").heading == TITLE, "a second press leads to what was done"
    desk.session.rollback()
    assert len(publication.extensions_of(desk.session, consultation.id)) == 1
    assert "Nhiều nơi đề nghị" in managed.text
    asked = managed.click("Dừng đợt lấy ý kiến").submit({"reason": "Soạn lại"}, button="Tiếp tục")
    assert "không hoàn tác được" in asked.text
    assert asked.submit({}, button="Sửa lại").form("reason").values()["reason"].strip() == "Soạn lại"
    stopped = asked.submit({}, button="Dừng đợt lấy ý kiến")
    assert "Soạn lại" in stopped.text
    assert "đã dừng" in desk.browser.get("/xu-ly/").text


@pytest.mark.parametrize("language", ["", "/en"])
def test_every_page_of_preparation_can_be_read_in_both_languages(desk: Desk, language: str) -> None:
    actor = make_actor(desk.session, desk.department, Role.OFFICER, Role.PUBLISHER, user=desk.publisher)
    draft = make_consultation(desk.session, Stage.DRAFTING, lead=desk.department, actor=actor, now=clock.now())
    base = f"{language}/xu-ly/{draft.slug}"
    pages = [
        f"{language}/xu-ly/",
        f"{language}/xu-ly/dot/moi/",
        *(f"{base}/chuan-bi/{step}" for step in ("", "thong-tin/", "tai-lieu/", "thoi-han/", "bo-cuc/1/")),
        f"{base}/chuan-bi/bo-cuc/1/?tai=d2",
        f"{base}/chuan-bi/bo-cuc/1/sua/?tai=d2.k1.pdd",
        f"{base}/co-quan/",
    ]
    for address in pages:
        page = desk.browser.get(address)
        assert not any(code in page.text for code in ("error.", "preparation.", "outline_warning.", "grammar."))


def test_published_matters_have_their_pages(desk: Desk) -> None:
    actor = make_actor(desk.session, desk.department, Role.OFFICER, Role.PUBLISHER, user=desk.publisher)
    now = clock.now()
    opened = make_consultation(desk.session, Stage.OPEN, lead=desk.department, actor=actor, now=now)
    over = make_consultation(desk.session, Stage.RESPONDING, lead=desk.department, actor=actor, now=now)
    for address in ("dot/", "gia-han/", "dung/", "co-quan/"):
        desk.browser.get(f"/xu-ly/{opened.slug}/{address}")
        desk.browser.get(f"/en/xu-ly/{opened.slug}/{address}")
    desk.browser.get(f"/xu-ly/{opened.slug}/trinh/", status=409)
    today = clock.local_day(now)
    form = desk.browser.get(f"/xu-ly/{over.slug}/trinh/")
    tomorrow = (today + timedelta(days=1)).isoformat()
    assert form.submit({"submitted_on": tomorrow}, button="Ghi lại").status == 422
    assert form.submit({"submitted_on": today.isoformat()}, button="Ghi lại").status == 200


def test_a_form_that_comes_back_keeps_everything_typed(desk: Desk) -> None:
    page = create(desk, title="", summary="Ba nhóm\nchất thải", field="Môi trường")
    assert page.status == 422
    assert page.form("title").values()["summary"].strip() == "Ba nhóm\nchất thải"
    assert page.form("title").values()["lead"] == str(desk.department.id)
    assert any("Tên đợt lấy ý kiến" in error for error in page.errors())


@pytest.mark.parametrize(
    ("file", "said"),
    [
        ((b"", "trong.docx"), "không có nội dung"),
        ((b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), "cu.doc"), ".docx"),
        ((b"PK\x03\x04 torn", "hong.docx"), "hỏng"),
        ((b"\x89PNG\r\n\x1a\n" + bytes(50), "anh.png"), "không phải"),
    ],
)
def test_a_file_that_cannot_be_taken_is_refused_in_a_sentence(desk: Desk, file: tuple[bytes, str], said: str) -> None:
    page = create(desk, file)
    assert page.status == 422
    assert any(said in error for error in page.errors()), page.errors()


def test_documents_are_added_replaced_and_removed(desk: Desk) -> None:
    actor = make_actor(desk.session, desk.department, Role.OFFICER, Role.PUBLISHER, user=desk.publisher)
    draft = make_consultation(desk.session, Stage.DRAFTING, lead=desk.department, actor=actor, now=clock.now())
    page = desk.browser.get(f"/xu-ly/{draft.slug}/chuan-bi/tai-lieu/")
    page = page.submit(
        {"title": "Tờ trình", "role": "further", "file": ("Nội dung tờ trình.".encode(), "to-trinh.txt")},
        button="Thêm tài liệu",
    )
    assert "2. Tờ trình" in page.text
    second = page.submit({"title": "Dự thảo khác", "role": "main", "file": (b"Abc.", "a.txt")}, button="Thêm tài liệu")
    assert second.status == 409
    outline = page.submit({"file": ("Điều 1. Tên mới".encode(), "moi.txt")}, button="Thay tệp")
    assert "Tên mới" in outline.text
    page = desk.browser.get(f"/xu-ly/{draft.slug}/chuan-bi/tai-lieu/")
    bad = page.submit({"file": (b"PK\x03\x04", "x.docx")}, button="Thay tệp")
    assert bad.status == 422
    removed = page.browser.send(page, [one for one in page.forms() if one.action.endswith("/2/bo/")][0])
    assert "Tờ trình" not in removed.text


def test_the_outline_is_corrected_by_forms(desk: Desk) -> None:
    actor = make_actor(desk.session, desk.department, Role.OFFICER, Role.PUBLISHER, user=desk.publisher)
    draft = make_consultation(desk.session, Stage.DRAFTING, lead=desk.department, actor=actor, now=clock.now())
    address = f"/xu-ly/{draft.slug}/chuan-bi/bo-cuc/1/sua/?tai=d3"
    page = desk.browser.get(address)
    done = page.submit({"label-label": "3a"}, form="label-label", button="Đổi số")
    assert done.status == 200
    outline = f"/xu-ly/{draft.slug}/chuan-bi/bo-cuc/1/?tai="
    assert "Điều 3a" in desk.browser.get(f"{outline}cii").text
    page = desk.browser.get(f"/xu-ly/{draft.slug}/chuan-bi/bo-cuc/1/sua/?tai=d3a")
    page.submit({"parent-parent": "chương I"}, form="parent-parent", button="Chuyển")
    assert "Điều 3a" in desk.browser.get(f"{outline}ci").text, "a place is named by its words"
    page = desk.browser.get(f"/xu-ly/{draft.slug}/chuan-bi/bo-cuc/1/sua/?tai=d1")
    refused = page.submit({"split-words": "không có chữ này"}, form="split-words", button="Tách")
    assert refused.status == 422
    assert refused.form("split-words").values()["words"] == "không có chữ này"


def test_many_provisions_are_corrected_in_one_act(desk: Desk) -> None:
    actor = make_actor(desk.session, desk.department, Role.OFFICER, Role.PUBLISHER, user=desk.publisher)
    draft = make_consultation(desk.session, Stage.DRAFTING, lead=desk.department, actor=actor, now=clock.now())
    page = desk.browser.get(f"/xu-ly/{draft.slug}/chuan-bi/bo-cuc/1/?tai=d2.k1")
    refused = page.submit({}, form="paths", button="Chuyển thành lời văn")
    assert refused.status == 422 and "Xin chọn ít nhất một chỗ" in refused.text
    below = {"paths": ["d2.k1.pa", "d2.k1.pb"]}
    refused = page.submit(below, form="paths", button="Đưa xuống dưới mục liền trước")
    assert refused.errors() == ["điểm a khoản 1 Điều 2: Không chuyển được mục này đến chỗ đã chọn"]
    assert refused.find("//input[@name='paths'][@checked]/@value") == below["paths"], "what was ticked is given back"
    ticked = {"paths": ["d2.k1.pb", "d2.k1.pdd"], "between": "1"}
    done = page.submit(ticked, form="paths", button="Chuyển thành lời văn")
    assert "đoạn 4 khoản 1 Điều 2" in done.text and "điểm b khoản 1 Điều 2" not in done.text
    again = {"paths": [f"d2.k1.x{number}" for number in range(1, 5)], "kind": "point"}
    assert "điểm đ khoản 1 Điều 2" in done.submit(again, form="paths", button="Đổi loại").text


def test_bodies_asked_are_recorded_with_the_day_to_reply_reckoned(desk: Desk) -> None:
    actor = make_actor(desk.session, desk.department, Role.OFFICER, Role.PUBLISHER, user=desk.publisher)
    parish = make_organisation(desk.session, OrganisationKind.RELIGIOUS, name="Giáo xứ Bắc Kạn")
    draft = make_consultation(desk.session, Stage.DRAFTING, lead=desk.department, actor=actor, now=clock.now())
    page = desk.browser.get(f"/xu-ly/{draft.slug}/co-quan/")
    page = page.submit(
        {"organisation": str(parish.id), "letter_number": "12/SNNMT-MT", "letter_on": "23/11/2026"},
        button="Ghi vào danh sách",
    )
    assert "12/SNNMT-MT" in page.text and "3/12/2026" in page.text
    assert "Giáo xứ Bắc Kạn" not in page.submit({}, form="Bỏ Giáo xứ Bắc Kạn").words("//table")


def test_a_draft_shows_itself_to_nobody_else(desk: Desk) -> None:
    actor = make_actor(desk.session, desk.department, Role.OFFICER, Role.PUBLISHER, user=desk.publisher)
    draft = make_consultation(desk.session, Stage.DRAFTING, lead=desk.department, actor=actor, now=clock.now())
    other = make_organisation(desk.session, OrganisationKind.DEPARTMENT)
    stranger = Browser(desk.app)
    sign_in(stranger, make_user(desk.session, other, [Role.OFFICER, Role.PUBLISHER]))
    for address in ("chuan-bi/", "chuan-bi/tai-lieu/", "co-quan/", "gia-han/", "dung/", "dot/"):
        stranger.get(f"/xu-ly/{draft.slug}/{address}", status=404)
    assert draft.title not in stranger.get("/xu-ly/").text


def test_an_officer_prepares_but_does_not_publish(desk: Desk) -> None:
    actor = make_actor(desk.session, desk.department, Role.OFFICER, Role.PUBLISHER, user=desk.publisher)
    draft = make_consultation(desk.session, Stage.DRAFTING, lead=desk.department, actor=actor, now=clock.now())
    officer = Browser(desk.app)
    sign_in(officer, make_user(desk.session, desk.department, [Role.OFFICER]))
    page = officer.get(f"/xu-ly/{draft.slug}/chuan-bi/")
    assert not page.find("//button[normalize-space() = 'Công bố']")
    token = page.forms()[0].values()["csrf_token"]
    officer.post(f"/xu-ly/{draft.slug}/chuan-bi/cong-bo/", {"csrf_token": token}, status=404)


def test_nobody_makes_a_matter_for_a_body_that_is_not_theirs(desk: Desk) -> None:
    other = make_organisation(desk.session, OrganisationKind.DEPARTMENT)
    page = desk.browser.get("/xu-ly/dot/moi/")
    token = page.form("title").values()["csrf_token"]
    sent = {
        "csrf_token": token, "title": "X", "kind": "plan", "procedure": "comment", "disclosure": "on_release",
        "lead": str(other.id), "answering": str(other.id), "issuing": str(desk.committee.id),
    }  # fmt: skip
    answer = desk.browser.post("/xu-ly/dot/moi/", sent, status=422)
    assert any("Cơ quan chủ trì" in error for error in answer.errors())


def test_an_investor_does_not_put_its_own_project_to_the_people(desk: Desk) -> None:
    investor = make_organisation(desk.session, OrganisationKind.INVESTOR)
    sign_in(desk.browser, make_user(desk.session, investor, [Role.OFFICER, Role.PUBLISHER]))
    statutory = {"kind": "eia_report", "procedure": "eia_statutory"}
    refused = create(desk, **statutory, lead=str(investor.id), answering=str(investor.id))
    assert refused.status == 422 and refused.errors() == [
        "Cơ quan chủ trì: Chủ dự án không chủ trì đợt tham vấn về dự án của mình: xin chọn cơ quan đăng tải báo cáo, "
        "tiếp nhận và xem xét ý kiến (thường là cơ quan thẩm định), khác với bên trả lời"
    ]
    sign_in(desk.browser, desk.publisher)
    assert create(desk, **statutory, answering=str(investor.id)).status == 200


def test_one_that_was_prepared_so_before_is_not_published(desk: Desk) -> None:
    investor = make_organisation(desk.session, OrganisationKind.INVESTOR)
    bodies = {"lead": desk.department, "answering": investor, "issuing": desk.committee}
    given = {"kind": Kind.EIA_REPORT, "procedure": Procedure.EIA_STATUTORY}
    draft = make_consultation(desk.session, Stage.DRAFTING, now=clock.now(), **bodies, **given)
    draft.lead_id = investor.id
    desk.session.commit()
    who = make_actor(desk.session, desk.committee, Role.PUBLISHER)
    with pytest.raises(Invalid) as refused:
        publication.publish(desk.session, draft, who, clock.now())
    assert refused.value.errors["lead"] == "investor_leads"


def test_a_form_without_its_token_does_nothing(desk: Desk) -> None:
    actor = make_actor(desk.session, desk.department, Role.OFFICER, Role.PUBLISHER, user=desk.publisher)
    draft = make_consultation(desk.session, Stage.DRAFTING, lead=desk.department, actor=actor, now=clock.now())
    desk.browser.post(f"/xu-ly/{draft.slug}/chuan-bi/cong-bo/", {}, status=400)
    assert queries.by_slug(desk.session, draft.slug).published_at is None
