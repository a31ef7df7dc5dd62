"""The papers that answer a letter: made of approved answers, point by point, in the layout of the decree."""

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from consult.consultations.words import Kind, Procedure
from consult.official_papers.layout import pdf, word
from consult.people.words import Level, OrganisationKind
from consult.submissions.inputs import CommentInput
from consult.submissions.words import SubmissionKind
from tests.application import sign_in
from tests.builders import make_organisation
from tests.pages import Browser
from tests.reading.scene import Scene
from tests.responses.desk_builder import comment
from tests.responses.letters.test_letters import front_of, send
from tests.workspace.papers.test_papers import lines_of

HOSTILE = "Một <b>& hai</b> {{ 7 * 7 }}"


@pytest.fixture
def scene(app_session: Session) -> Scene:
    return Scene(app_session)


def officer(app: Flask, scene: Scene) -> Browser:
    """An officer of the desk, signed in."""
    scene.session.commit()
    browser = Browser(app)
    sign_in(browser, scene.desk.people["officer"])
    return browser


def test_the_reply_has_what_is_approved_and_blanks_for_the_rest(app: Flask, scene: Scene) -> None:
    points = (comment(HOSTILE, proposed="Giữ nguyên", reason="Vì thế"), comment("Hai", "d1"), comment("Ba", ""))
    one, two, three, *_rest = send(scene.desk, front_of(scene.session), *points, at=scene.sent_at)
    scene.answer(
        one, disposition="partly_accepted", text="Tiếp thu:\n\n- **lộ trình**\n- kinh phí", change="Sửa khoản 1"
    )
    scene.desk.draft(two, text="Chưa ai duyệt.")
    scene.desk.approve(scene.desk.draft(three, text="Đã duyệt."))
    said = lines_of(officer(app, scene).get(f"/xu-ly/{scene.matter.slug}/van-ban/1/tra-loi.docx").body)
    whole = "\n".join(said)
    for words in (
        HOSTILE, "Đề nghị sửa thành: “Giữ nguyên”", "Căn cứ, lý do: Vì thế", "– lộ trình", "– kinh phí",
        "Nội dung sửa trong dự thảo: Sửa khoản 1", "Đã duyệt.", "Kính gửi: Ủy ban Mặt trận tỉnh",
        "Văn bản số 12/MTTQ-BTT", "khoản 3 Điều 36 Luật Mặt trận Tổ quốc Việt Nam", "III. KẾT LUẬN, KIẾN NGHỊ",
    ):  # fmt: skip
        assert words in whole, words
    assert "Chưa ai duyệt." not in whole and "**" not in whole
    assert any(line.startswith("Số:") and "/" in line and not any(map(str.isdigit, line)) for line in said)


def test_a_wording_that_is_written_anew_leaves_the_public_one(app: Flask, scene: Scene) -> None:
    number, *_rest = send(scene.desk, front_of(scene.session), at=scene.sent_at)
    scene.answer(number, text="Bản đã công bố.")
    browser = officer(app, scene)
    page = browser.get(f"/xu-ly/{scene.matter.slug}/van-ban/1/")
    warned = page.click(f"Sửa câu trả lời {number}").submit({"text": "Bản chưa ai duyệt."}, "Lưu bản trả lời")
    seen = {"Tôi đã xem các lưu ý trên và vẫn lưu như vậy": True}
    assert warned.submit(seen, "Lưu bản trả lời").status == 200
    said = "\n".join(lines_of(browser.get(f"/xu-ly/{scene.matter.slug}/van-ban/1/tra-loi.docx").body))
    assert "Bản đã công bố." in said and "Bản chưa ai duyệt." not in said


def test_both_are_as_the_decree_has_them(app: Flask, scene: Scene) -> None:
    number, *_rest = send(scene.desk, front_of(scene.session), at=scene.sent_at)
    scene.answer(number)
    browser, base = officer(app, scene), f"/xu-ly/{scene.matter.slug}/van-ban/1/"
    assert len(browser.get(base).find("//h2[@id='van-ban-tra-loi']/following-sibling::ul[1]//a")) == 4
    for name in ("tra-loi", "bao-cao"):
        for ending, check in (("docx", word.check), ("pdf", pdf.check)):
            found = check(browser.get(f"{base}{name}.{ending}").body)
            assert [one for one in found if one["state"] not in ("good", "unknown")] == [], (name, ending)
    browser.get(f"{base}khac.docx", status=404)
    browser.get(f"/xu-ly/{scene.matter.slug}/van-ban/9/tra-loi.docx", status=404)


def test_the_report_goes_to_who_issues(app: Flask, scene: Scene) -> None:
    one, *rest = send(scene.desk, front_of(scene.session), at=scene.sent_at)
    scene.answer(one)
    said = lines_of(officer(app, scene).get(f"/xu-ly/{scene.matter.slug}/van-ban/1/bao-cao.docx").body)
    assert f"Kính gửi: {scene.matter.issuing.name}" in said
    count = next(line for line in said if "nội dung phải trả lời" in line)
    assert f"có {len(rest) + 1} nội dung" in count and f"Còn {len(rest)} nội dung chưa" in count
    assert any("Mặt trận thống nhất về chủ trương." in line for line in said)


@pytest.mark.parametrize("same", [False, True])
def test_no_report_of_what_is_no_critique_or_to_oneself(app: Flask, scene: Scene, same: bool) -> None:
    kind = {} if same else {"kind": SubmissionKind.FORMAL, "critique": None}
    send(scene.desk, front_of(scene.session), at=scene.sent_at, **kind)
    if same:
        scene.matter.issuing_id = scene.matter.answering_id
    browser, base = officer(app, scene), f"/xu-ly/{scene.matter.slug}/van-ban/1/"
    assert "bao-cao.docx" not in browser.get(base).text
    browser.get(f"{base}bao-cao.docx", status=404)
    assert "Điều 36" not in "\n".join(lines_of(browser.get(f"{base}tra-loi.docx").body)) or same


def test_where_an_investor_answers_the_desk_that_posts_replies_to_nobody(app: Flask, app_session: Session) -> None:
    investor = make_organisation(app_session, OrganisationKind.INVESTOR, Level.PROVINCE, "Công ty Khai khoáng")
    scene = Scene(app_session, kind=Kind.EIA_REPORT, procedure=Procedure.EIA_STATUTORY, answering=investor)
    letter = CommentInput("Cần che chắn bụi.", None)
    send(scene.desk, front_of(app_session), letter, at=scene.sent_at, kind=SubmissionKind.FORMAL, critique=None)
    browser, base = officer(app, scene), f"/xu-ly/{scene.matter.slug}/van-ban/1/"
    assert "tra-loi.docx" not in browser.get(base).text
    browser.get(f"{base}tra-loi.docx", status=404)
