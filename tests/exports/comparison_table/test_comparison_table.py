"""The comparison of two drafts as a Word file: what it was, what it is, and why."""

import re
import zipfile
from io import BytesIO

from flask import Flask
from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.revisions import change_sources, changes, successors
from consult.consultations.words import ChangeOrigin
from consult.exports.comparison_table import changed_rows
from consult.submissions.inputs import AnchorInput, CommentInput
from tests.application import sign_in
from tests.consultations import revised
from tests.outline.redlining.accepting import words
from tests.pages import Browser
from tests.responses.desk_builder import Desk, make_desk
from tests.responses.redlines.test_carried import DRAFT, MORE, SECOND, WANTED, proposes
from tests.statements import statements_of


def compared(app: Flask, desk: Desk) -> bytes:
    """The file as a publisher gets it."""
    browser = Browser(app)
    sign_in(browser, desk.people["publisher"])
    answer = browser.client.get(f"/xu-ly/{desk.matter.slug}/ban-so-sanh/2-1.docx")
    assert answer.status_code == 200 and "attachment" in answer.headers["Content-Disposition"]
    return answer.data


def revised_desk(session: Session) -> Desk:
    """A desk with a second draft, in which one wording was taken over."""
    desk = make_desk(session, now=clock.now(), opened_before=70, text=DRAFT)
    proposes(desk, WANTED, "d1.k1")
    revision = revised.revise(session, desk.matter, desk.publisher, SECOND, now=clock.now())
    line = successors.line_to(session, revision)
    added = next(one for one in changes.changes(session, line).told if one.kind == "added")
    change_sources.give_sources(
        session, desk.matter, revision, [added.news[0]], ChangeOrigin.APPRAISAL, "Báo cáo thẩm định", desk.publisher,
        clock.now(),
    )  # fmt: skip
    return desk


def test_each_change_has_both_texts_and_its_reason(app: Flask, app_session: Session) -> None:
    desk = revised_desk(app_session)
    told = words(compared(app, desk))
    assert "BẢN SO SÁNH DỰ THẢO LẦN 2 VỚI DỰ THẢO LẦN 1" in told
    head = told.index("DỰ THẢO LẦN 1")
    assert told[head : head + 3] == ["DỰ THẢO LẦN 1", "DỰ THẢO LẦN 2", "THUYẾT MINH"]
    changed = told.index("1. Hộ gia đình nộp phí thu gom rác hằng tháng cho đơn vị thu gom.")
    assert told[changed + 1 : changed + 3] == ["Khoản 1 Điều 1", WANTED]
    assert [line.strip() for line in told[changed + 3 : changed + 6]] == [
        "Sửa lời văn.",
        "Ý kiến số 1.",
        "Tiếp thu. Tiếp thu.",
    ]
    added = next(number for number, line in enumerate(told) if MORE in line)
    assert told[added - 3] == "(Chưa có)" or "(Chưa có)" in told[added - 4 : added]
    assert any("Báo cáo thẩm định" in line for line in told[added : added + 4])


def test_what_differs_is_bold(app: Flask, app_session: Session) -> None:
    with zipfile.ZipFile(BytesIO(compared(app, revised_desk(app_session)))) as file:
        document = file.read("word/document.xml").decode()
    bold = re.findall(r"<w:rPr><w:b/></w:rPr><w:t[^>]*>([^<]*)</w:t>", document)
    assert any("tháng" in part for part in bold) and any("năm" in part for part in bold)
    assert not any("đơn vị thu gom" in part for part in bold)


def test_the_same_drafts_give_the_same_bytes(app: Flask, app_session: Session) -> None:
    desk = revised_desk(app_session)
    assert compared(app, desk) == compared(app, desk)


def test_drafts_that_are_not_there_or_the_wrong_way_round(app: Flask, app_session: Session) -> None:
    desk = revised_desk(app_session)
    browser = Browser(app)
    sign_in(browser, desk.people["publisher"])
    for name in ("1-2", "2-2", "3-1", "1-0", "2-0"):
        assert browser.client.get(f"/xu-ly/{desk.matter.slug}/ban-so-sanh/{name}.docx").status_code == 404


def test_statements_do_not_grow_with_comments(session: Session) -> None:
    desk = make_desk(session, text=DRAFT)
    revision = revised.revise(session, desk.matter, desk.publisher, SECOND)
    line = successors.line_to(session, revision)

    def so_many() -> int:
        session.expire_all()
        with statements_of(session) as met:
            list(changed_rows.rows(session, desk.matter, line))
        return len(met)

    of_the_first = CommentInput("Giảm phí.", AnchorInput(revision=1, path="d1.k1"))
    desk.receive(of_the_first)
    before = so_many()
    for _ in range(25):
        desk.receive(of_the_first)
    assert so_many() <= before
    (row,) = [one for one in changed_rows.rows(session, desk.matter, line) if one.news == ["d1.k1"]]
    assert len(row.comments) == changed_rows.MOST_NAMED and row.more == 6
