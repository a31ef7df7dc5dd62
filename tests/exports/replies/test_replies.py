"""The papers that answer a letter: made of approved answers, point by point, in the layout of the decree."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.words import Kind, Procedure
from consult.files.signed_files import KeptFile
from consult.official_papers.layout import pdf, word
from consult.people.words import Level, OrganisationKind
from consult.responses.answers.approval import approve
from consult.responses.answers.drafting import draft_answer
from consult.responses.dialogues import service as dialogues
from consult.responses.dialogues.service import Minutes, NewDialogue
from consult.responses.models import Response
from consult.responses.remarks import papers
from consult.responses.remarks.papers import NewPaper
from consult.responses.remarks.said import Said
from consult.responses.second_words.terms import SecondWordTerms
from consult.responses.second_words.words import Verdict
from consult.submissions.inputs import CommentInput
from consult.submissions.models import Submission
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


def test_a_second_word_the_dialogue_and_the_final_answer_stand_in_both_papers(app: Flask, scene: Scene) -> None:
    sender = front_of(scene.session)
    one, two, *_rest = send(scene.desk, sender, comment("Một"), comment("Hai", "d1"), at=scene.sent_at)
    scene.release(one, two)
    for number in (one, two):
        scene.answer(number, text=f"Trả lời đầu {number}.")
    letter = scene.session.query(Submission).filter_by(consultation_id=scene.matter.id).one()
    now, terms = clock.now(), SecondWordTerms(10, 15)
    unsatisfied, scan = Said(Verdict.UNSATISFIED, HOSTILE), KeptFile("a" * 64, "b.pdf", "application/pdf", 1)
    paper = NewPaper("", None, "", clock.local_day(now), "", {one: unsatisfied, two: unsatisfied}, None, scan)
    officer_of = scene.desk.officer
    papers.record(scene.session, scene.matter, letter, paper, terms, officer_of, now)
    browser, base = officer(app, scene), f"/xu-ly/{scene.matter.slug}/van-ban/1/"
    waiting = "\n".join(lines_of(browser.get(f"{base}tra-loi.docx").body))
    assert "chưa thỏa đáng. Lý do: " + HOSTILE in waiting and "Trả lời cuối:" in waiting
    new = NewDialogue(now + timedelta(minutes=1), "Trụ sở Sở", "Ông Kín", [one])
    dialogues.call(scene.session, scene.matter, letter, new, terms, officer_of, now)
    minutes = Minutes("Ông Kín", {one: (True, "Bổ sung lộ trình.")}, scan)
    dialogues.record(scene.session, scene.matter, 1, minutes, officer_of, now + timedelta(minutes=2))
    answer = scene.session.query(Response).filter_by(number=1).one()
    later = now + timedelta(minutes=3)
    made = draft_answer(
        scene.session, scene.matter, [one], "accepted", "Trả lời cuối có lộ trình.", officer_of, later, answer.id
    )
    approve(scene.session, scene.matter, [(made.id, scene.desk.hash_of(made))], scene.desk.leader, later)
    scene.session.commit()
    for name in ("tra-loi", "bao-cao"):
        said = "\n".join(lines_of(browser.get(f"{base}{name}.docx").body))
        for words in (
            f"Trả lời đầu {one}.", HOSTILE, "tại Trụ sở Sở: hai bên đã thống nhất. Bổ sung lộ trình.",
            "Trả lời cuối có lộ trình.", f"Trả lời đầu {two}.",
        ):  # fmt: skip
            assert words in said, (name, words)
        assert said.index(f"Trả lời đầu {one}.") < said.index("Bổ sung lộ trình.") < said.index("có lộ trình.")
        assert "Ông Kín" not in said
    report = "\n".join(lines_of(browser.get(f"{base}bao-cao.docx").body))
    assert "chưa thỏa đáng 2 nội dung, trong đó đã có trả lời cuối 1 nội dung; đã đối thoại 1 lần" in report
    assert "đang xem xét, hạn hết ngày" in report
    for name, check in (("tra-loi.docx", word.check), ("bao-cao.pdf", pdf.check)):
        assert [
            one for one in check(browser.get(f"{base}{name}").body) if one["state"] not in ("good", "unknown")
        ] == []


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
