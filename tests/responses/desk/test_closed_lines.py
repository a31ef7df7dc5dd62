"""Who may not read what is set apart gets nothing of it: no template has to remember to hide it."""

from dataclasses import fields
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from consult.consultations.words import Disclosure
from consult.errors import Refused
from consult.responses.desk.comment_case import CommentCase, case_of
from consult.responses.desk.listing.list_rows import NOTHING_SAID, lines
from consult.responses.desk.proposals import waiting
from consult.submissions.acts import service as acts
from consult.submissions.comments import act_rules
from consult.submissions.comments.comment_state import read
from consult.submissions.inputs import AnchorInput, CommentInput, Sender
from consult.submissions.words import CommentActKind, Stance
from tests.builders import NOW, TODAY, make_area
from tests.responses.conftest import Enter
from tests.responses.desk_builder import Desk, comment, make_desk

SECRETS = ("Ông Giấu Tên", "Lấy đất của dân", "Phải trả lại", "Vì trái luật", "thành ba nhóm", "Ghi riêng")
ROWS = {"comment", "submission", "acts", "assignments", "line"}
"""What of a case is a row as it is stored, or looked at by itself."""


def set_apart(session: Session, passed_on: bool) -> Desk:
    """A comment in quarantine or passed on, of somebody with a name, for which a redaction waits."""
    desk = make_desk(session)
    said = CommentInput(SECRETS[1], AnchorInput(path="d2.k1", quote=SECRETS[4]), Stance.OPPOSE, SECRETS[2], SECRETS[3])
    desk.receive(said, sender=Sender(SECRETS[0], True, make_area(session).id))
    acts.quarantine(session, desk.matter, 1, SECRETS[5], desk.officer, NOW)
    hidden = {"text": SECRETS[1], "note": SECRETS[5]}
    acts.propose(session, desk.matter, 1, CommentActKind.REDACTED, "insult", desk.officer, NOW, hidden)
    if passed_on:
        acts.pass_on(session, desk.matter, [1], SECRETS[5], desk.officer, NOW + timedelta(minutes=1))
    return desk


def told(case: CommentCase) -> str:
    return " ".join(str(getattr(case, one.name)) for one in fields(case) if one.name not in ROWS | {"provision_text"})


@pytest.mark.parametrize("passed_on", [False, True])
def test_a_closed_line_has_neither_words_nor_sender(session: Session, passed_on: bool) -> None:
    desk = set_apart(session, passed_on)
    [line] = lines(session, desk.matter, [1], None, TODAY)
    assert line.closed and not any(secret in str(line) for secret in SECRETS)
    [opened] = lines(session, desk.matter, [1], None, TODAY, set_apart=True)
    assert not opened.closed and all(getattr(opened, name) for name in NOTHING_SAID)


@pytest.mark.parametrize("passed_on", [False, True])
def test_a_closed_case_tells_nothing_of_what_was_said(session: Session, passed_on: bool) -> None:
    desk = set_apart(session, passed_on)
    closed = case_of(session, desk.matter, 1, None, TODAY, False)
    assert not any(secret in told(closed) for secret in SECRETS)
    assert {closed.note_on(act) for act in closed.acts} == {""}
    opened = case_of(session, desk.matter, 1, None, TODAY, True)
    assert {opened.note_on(act) for act in opened.acts} == {SECRETS[5]} and opened.line.text == SECRETS[1]


def test_what_is_proposed_of_a_closed_comment_is_not_read_there(session: Session) -> None:
    desk = set_apart(session, False)
    [one] = waiting(session, desk.matter, None, TODAY)
    assert (one.words, one.note, one.line.text) == ("", "", "")
    [one] = waiting(session, desk.matter, None, TODAY, set_apart=True)
    assert (one.words, one.note, one.line.text) == (SECRETS[1], SECRETS[5], SECRETS[1])
    number = desk.receive("Lời nặng")[0]
    acts.propose(session, desk.matter, number, CommentActKind.REDACTED, "insult", desk.officer, NOW, {"text": "[…]"})
    assert {one.line.number: one.words for one in waiting(session, desk.matter, None, TODAY)} == {1: "", number: "[…]"}


def test_the_note_of_a_quarantine_is_not_on_the_page_of_a_publisher(desk: Desk, enter: Enter) -> None:
    desk.receive(comment("Như tố cáo"))
    acts.quarantine(desk.session, desk.matter, 1, "Có tên người bị tố cáo", desk.officer, desk.now)
    page = f"/xu-ly/{desk.matter.slug}/y-kien/1/"
    opened = enter("officer").get(page).submit({}, "Đọc nội dung (lượt đọc được ghi lại)")
    assert "Có tên người bị tố cáo" in opened.text
    assert "Có tên người bị tố cáo" not in enter("publisher").get(page).text


OFFERED = {
    CommentActKind.WITHHELD: "Đề xuất không công khai",
    CommentActKind.REDACTED: "Đề xuất công khai bản đã lược bỏ",
    CommentActKind.RELEASED: "Đề xuất công khai lại toàn văn",
    CommentActKind.INVALID: "Đề xuất ghi nhận là không hợp lệ",
    CommentActKind.REINSTATED: "Đề xuất hủy ghi nhận không hợp lệ",
}


@pytest.mark.parametrize("state", ["in_check", "public", "withheld", "quarantined", "proposed", "invalid"])
def test_the_page_offers_what_is_possible_and_nothing_else(desk: Desk, enter: Enter, state: str) -> None:
    brought(desk, state)
    one = read(desk.session, desk.matter.id, [1])[0]
    page = enter("officer").get(f"/xu-ly/{desk.matter.slug}/y-kien/1/")
    if state == "quarantined":
        page = page.submit({}, "Đọc nội dung (lượt đọc được ghi lại)")
    offered = {kind for kind, words in OFFERED.items() if f">{words}<" in page.html}
    assert offered == act_rules.possible_proposals(one, desk.matter)
    split = "Tách thành nhiều ý kiến" in page.text
    assert split is (CommentActKind.SPLIT in act_rules.possible_acts(one, desk.matter))
    form = f"/xu-ly/{desk.matter.slug}/y-kien/1/tach/"
    assert enter("officer").get(form, None).status == (200 if split else 409)


def brought(desk: Desk, state: str) -> None:
    desk.receive(comment("Một"))
    session, matter = desk.session, desk.matter
    if state == "public":
        acts.release(session, matter, [1], desk.officer, desk.now)
    if state == "quarantined":
        acts.quarantine(session, matter, 1, "", desk.officer, desk.now)
    if state in {"withheld", "proposed", "invalid"}:
        kind = CommentActKind.INVALID if state == "invalid" else CommentActKind.WITHHELD
        reason = "off_topic" if state == "invalid" else "insult"
        act = acts.propose(session, matter, 1, kind, reason, desk.officer, desk.now)
        if state != "proposed":
            acts.confirm(session, matter, act.id, desk.second_officer, desk.now)


def test_what_is_shown_with_its_answer_is_released_by_two_when_it_was_set_apart(session: Session) -> None:
    desk = make_desk(session, disclosure=Disclosure.WITH_ANSWERS)
    desk.receive("Tưởng là tố cáo")
    acts.quarantine(session, desk.matter, 1, "", desk.officer, NOW)
    one = read(session, desk.matter.id, [1])[0]
    assert CommentActKind.RELEASED not in act_rules.possible_acts(one, desk.matter)
    with pytest.raises(Refused, match="disclosed_with_answers"):
        acts.release(session, desk.matter, [1], desk.officer, NOW)
    assert CommentActKind.RELEASED in act_rules.possible_proposals(one, desk.matter)
