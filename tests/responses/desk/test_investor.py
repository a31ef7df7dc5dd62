"""The investor whose project it is answers, and neither judges what people said nor learns who said it: by every page,
file and search that its people may open."""

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from consult.responses.models import Response
from consult.submissions.models import CommentAct
from consult.submissions.words import CommentActKind
from tests.responses.investor_scene import BY_MAIL, PLANTED, SAID, Project, decide, everything, make_project


@pytest.fixture
def project(app: Flask, app_session: Session) -> Project:
    """Everybody's pages read the real clock."""
    return make_project(app, app_session)


def answered(project: Project) -> Response:
    """An answer of the investor's own officer, saved through the form."""
    officer = project.enter("investor officer")
    form = officer.get(f"{project.base}tra-loi/?comment={project.plain}")
    warned = form.submit(
        {"disposition": "accepted", "Nội dung tiếp thu, giải trình": "Chủ dự án lùi trạm trộn."},
        button="Lưu bản trả lời",
    )
    warned.submit({"Tôi đã xem các lưu ý trên và vẫn lưu như vậy": True}, button="Lưu bản trả lời")
    project.desk.session.rollback()
    return project.desk.session.scalars(select(Response)).one()


def test_the_investors_officer_cannot_declare_an_opposing_opinion_invalid(project: Project) -> None:
    own = f"{project.base}y-kien/{project.plain}/"
    for who in ("officer", "leader", "second"):
        browser = project.enter(f"investor {who}")
        page = browser.get(own)
        assert "không hợp lệ" not in page.text and "Cho công khai" not in page.text
        csrf = page.find("//input[@name='csrf_token']/@value")[0]
        for kind in ("invalid", "withheld", "redacted", "released"):
            browser.get(f"{own}de-xuat/?kind={kind}", status=404)
            sent = {"csrf_token": csrf, "kind": kind, "reason": "off_topic", "shown_text": "…"}
            browser.post(f"{own}de-xuat/", sent, status=404)
        for address, sent in (
            (f"{own}tam-giu/", {}), (f"{own}tach/", {"text.0": "Một.", "text.1": "Hai."}),
            (f"{project.base}de-xuat/", {"act": f"confirm:{_waiting(project)}"}),
            (f"{project.base}ket-thuc/", {}), (f"{project.base}nhap/", {}),
        ):  # fmt: skip
            browser.post(address, {"csrf_token": csrf, **sent}, status=404)
        form = browser.get(project.base).form("comment").fill({"comment": [str(project.plain)]})
        for act in ("release", "pass_on"):
            sent = [(name, value) for name, value in form.sent(None) if name != "act"]
            browser.post(project.base, MultiDict([*sent, ("act", act)]), status=404)
    kinds = set(project.desk.session.scalars(select(CommentAct.kind).where(CommentAct.effective_at.is_(None))))
    assert kinds == {CommentActKind.WITHHELD}


def _waiting(project: Project) -> str:
    made = select(CommentAct.id).where(CommentAct.effective_at.is_(None))
    return str(project.desk.session.scalars(made).one())


def test_the_investor_answers_and_approves_with_two_people_and_who_posts_publishes(project: Project) -> None:
    response = answered(project)
    sheet = f"{project.base}phe-duyet/"
    value = f"{response.id}:{response.versions[-1].hash}"
    for who in ("leader", "investor officer"):
        browser = project.enter(who)
        csrf = browser.get(project.base).find("//input[@name='csrf_token']/@value")[0]
        browser.post(sheet, {"csrf_token": csrf, "response": value, "act": "approve"}, status=404)
    page = project.enter("investor leader").get(sheet)
    assert page.submit({"response": [value], "warned": True}, button="Phê duyệt các trả lời đã chọn").status == 200
    publish = f"{project.base}cong-bo/"
    project.enter("investor publisher").get(publish, status=404)
    page = project.enter("publisher").get(publish)
    assert "Chủ dự án lùi trạm trộn." in page.text
    assert "công bố" in page.submit(button="Công bố các trả lời đã chọn").text


def test_a_page_of_before_shows_the_investor_no_more_than_one_of_now(project: Project) -> None:
    """What somebody changed meanwhile is put side by side: not what was blacked out since."""
    desk, officer = project.desk, project.enter("investor officer")
    (number,) = desk.receive("Tôi là Hoàng Văn Kín, bụi quá.", sender=BY_MAIL)
    form = officer.get(f"{project.base}tra-loi/?comment={number}")
    decide(desk, number, CommentActKind.REDACTED, {"text": "Tôi là […], bụi quá."})
    typed = {"disposition": "noted", "Nội dung tiếp thu, giải trình": "Ghi nhận."}
    assert "Hoàng Văn Kín" not in form.submit(typed, button="Lưu bản trả lời").text
    page = officer.get(f"{project.base}y-kien/{number}/")
    decide(desk, number, CommentActKind.REDACTED, {"text": "[…]"})
    after = page.submit({"Người xử lý": "Người officer"}, button="Giao xử lý")
    assert after.status == 409 and "Hoàng Văn Kín" not in after.text


def test_who_wrote_an_answer_of_the_investor_does_not_approve_it(project: Project) -> None:
    second = project.enter("investor second")
    form = second.get(f"{project.base}tra-loi/?comment={project.plain}")
    form.submit({"disposition": "noted", "Nội dung tiếp thu, giải trình": "Ghi nhận."}, button="Lưu bản trả lời")
    page = second.get(f"{project.base}phe-duyet/")
    assert "người khác phê duyệt" in page.text and not page.find("//input[@name='response']")


@pytest.mark.parametrize("role", ["officer", "leader", "publisher"])
def test_nothing_that_an_investor_opens_tells_who_said_it(app: Flask, project: Project, role: str) -> None:
    answered(project)
    told = everything(app, project, f"investor {role}")
    of_matter = [one for one in told if project.desk.matter.slug in one]
    assert [one for one in of_matter if "Giáo xứ Kín" in told[one]] == []
    words = "\n".join(told.values())
    assert [word for word in PLANTED if word in words] == []
    # What was asked back is for who deals with comments, also within a body.
    assert [word for word in SAID[: 3 if role == "publisher" else 4] if word not in words] == []
    assert "Cơ quan, tổ chức" in words and "Công dân, xã Kín Đáo" in words


def test_who_posts_knows_all_that_is_kept_from_the_investor(app: Flask, project: Project) -> None:
    told = "\n".join(everything(app, project, "officer").values())
    assert [word for word in PLANTED if word not in told] == []


@pytest.mark.parametrize(("words", "found"), [("Kín", 0), ("máy 0987", 0), ("ngõ Kín", 0), ("bụi quá nhiều", 1)])
def test_an_investor_finds_nobody_by_name_or_by_what_was_blacked_out(project: Project, words: str, found: int) -> None:
    page = project.enter("investor officer").get(project.base, query_string={"q": words})
    assert f"{found} ý kiến" in page.text
    assert "tên người gửi" not in page.text


def test_the_investor_shares_out_among_its_own_people(project: Project) -> None:
    page = project.enter("investor leader").get(f"{project.base}y-kien/{project.plain}/")
    names = page.words("//select[@name='to_user']/option")
    assert "Người officer" in names and "Trần Văn Bình" not in names
    after = page.submit({"Người xử lý": "Người officer"}, button="Giao xử lý")
    assert "giao cho Người officer" in after.text
