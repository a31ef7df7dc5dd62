"""What is set apart is for those who deal with it: neither its words, nor what came with them, is for anybody else of
the house."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.errors import NotFound
from consult.responses.desk import comment_case, set_apart
from consult.responses.triage_models import SetApartReading
from consult.submissions.acts import service as acts
from consult.submissions.comments.comment_state import read
from consult.submissions.inputs import AnchorInput, AttachmentInput, CommentInput
from consult.submissions.receiving.models import Attachment
from consult.submissions.words import CommentActKind, Stance
from tests.builders import NOW, paged
from tests.responses.conftest import Enter
from tests.responses.desk_builder import Desk, comment, make_desk

REDACTED = {"text": "Một người nhận tiền.", "note": "Có tên người."}
SCAN = AttachmentInput("0" * 64, "chung-cu.pdf", "application/pdf", 9)


def only_file(session: Session) -> Attachment:
    return session.query(Attachment).one()


@pytest.mark.parametrize("act", ["quarantine", "pass_on"])
def test_a_file_is_set_apart_with_any_comment_it_came_with(session: Session, act: str) -> None:
    desk = make_desk(session)
    first, second = desk.receive("Một.", "Hai.", attachments=(SCAN,))
    kept = only_file(session)
    assert comment_case.attachment(session, desk.matter, kept.id, set_apart=False) is kept
    if act == "quarantine":
        acts.quarantine(session, desk.matter, second, "", desk.officer, NOW)
    else:
        acts.pass_on(session, desk.matter, [second], "", desk.officer, NOW)
    with pytest.raises(NotFound):
        comment_case.attachment(session, desk.matter, kept.id, set_apart=False)
    assert comment_case.attachment(session, desk.matter, kept.id, set_apart=True) is kept
    assert first != second


def test_a_file_of_a_draft_that_was_not_sent_does_not_exist(session: Session) -> None:
    desk = make_desk(session)
    desk.receive("Một.", attachments=(SCAN,))
    kept = only_file(session)
    kept.submission_id = None
    session.commit()
    for apart in (True, False):
        with pytest.raises(NotFound):
            comment_case.attachment(session, desk.matter, kept.id, apart)


def test_the_page_that_was_marked_is_set_apart_too(session: Session) -> None:
    desk = make_desk(session, upload=paged())
    here = CommentInput("Ở đây.", AnchorInput(page=1, part=(100, 100, 200, 200)))
    (number,) = desk.receive(here)
    assert comment_case.marked_page(session, desk.matter, number, set_apart=False) is not None
    acts.quarantine(session, desk.matter, number, "", desk.officer, NOW)
    with pytest.raises(NotFound):
        comment_case.marked_page(session, desk.matter, number, set_apart=False)
    assert comment_case.marked_page(session, desk.matter, number, set_apart=True) is not None


def test_a_list_of_proposals_shows_a_quarantined_text_to_who_confirms_alone(desk: Desk, enter: Enter) -> None:
    """To others not even where its sender stands, nor what is to be shown instead; nobody confirms what they have not
    read."""
    said = comment("Tố cáo ông Nguyễn Văn Xấu.", stance=Stance.OPPOSE, reason="Vì có bằng chứng.", proposed="Bỏ đi.")
    (number,) = desk.receive(said)
    now = clock.now()
    acts.quarantine(desk.session, desk.matter, number, "", desk.officer, now)
    acts.propose(desk.session, desk.matter, number, CommentActKind.REDACTED, "insult", desk.officer, now, REDACTED)
    words = ("Tố cáo ông", "Vì có bằng chứng", "Bỏ đi.", "Không thống nhất", "Không đồng ý", *REDACTED.values())
    address = f"/xu-ly/{desk.matter.slug}/de-xuat/"
    own = f"/xu-ly/{desk.matter.slug}/y-kien/{number}/"
    unopened = enter("leader").get(address).text
    assert [word for word in words if word in unopened] == []
    enter("leader").get(own).submit({}, "Đọc nội dung (lượt đọc được ghi lại)")
    seen = {who: enter(who).get(address).text for who in ("publisher", "leader")}
    assert all(f"Ý kiến số {number}" in text for text in seen.values())
    assert [word for word in words if word in seen["publisher"]] == []
    assert all(word in seen["leader"] for word in ("Tố cáo ông", "Vì có bằng chứng", *REDACTED.values()))
    assert "Tố cáo ông" in enter("leader").get(own).text
    assert "Tố cáo ông" not in enter("publisher").get(own).text


def test_who_reads_is_recorded_and_named(desk: Desk, enter: Enter) -> None:
    (number,) = desk.receive("Tố cáo ông Xấu.")
    own = f"/xu-ly/{desk.matter.slug}/y-kien/{number}/"
    enter("officer").get(own).submit({}, "Tạm giữ")
    closed = enter("leader").get(own)
    assert "Tố cáo ông" not in closed.text and "Trần Văn Bình" in closed.text
    opened = closed.submit({}, "Đọc nội dung (lượt đọc được ghi lại)")
    assert "Tố cáo ông" in opened.text and "Hạn chuyển nơi có thẩm quyền" in opened.text
    desk.session.rollback()
    readers = desk.session.scalars(select(SetApartReading.by_id).order_by(SetApartReading.at)).all()
    assert readers == [desk.people["officer"].id, desk.people["leader"].id]


def test_what_was_opened_is_closed_again_after_an_hour(session: Session) -> None:
    desk = make_desk(session)
    (number,) = desk.receive("Tố cáo.")
    acts.quarantine(session, desk.matter, number, "", desk.officer, NOW)
    set_apart.open_text(session, desk.matter, number, desk.leader, NOW)
    assert set_apart.has_opened(session, desk.matter, number, desk.leader, NOW + timedelta(minutes=59))
    assert not set_apart.has_opened(session, desk.matter, number, desk.leader, NOW + timedelta(minutes=60))
    assert not set_apart.has_opened(session, desk.matter, number, desk.officer, NOW)


def test_only_what_is_set_apart_is_opened_and_only_by_who_deals_with_it(session: Session) -> None:
    desk = make_desk(session)
    (number,) = desk.receive("Một.")
    with pytest.raises(NotFound):
        set_apart.open_text(session, desk.matter, number, desk.leader, NOW)
    acts.quarantine(session, desk.matter, number, "", desk.officer, NOW)
    with pytest.raises(NotFound):
        set_apart.open_text(session, desk.matter, number, desk.publisher, NOW)
    assert session.scalars(select(SetApartReading)).all() == []


def test_its_clock_counts_working_days_from_when_it_was_set_apart(session: Session) -> None:
    desk = make_desk(session)
    (number,) = desk.receive("Một.")
    assert set_apart.standing(session, read(session, desk.matter.id, [number])[0], 5) is None
    acts.quarantine(session, desk.matter, number, "", desk.officer, NOW)
    found = set_apart.standing(session, read(session, desk.matter.id, [number])[0], 5)
    # Tuesday, 24 November is a holiday of 2026.
    assert found is not None and found.due_on == date(2026, 12, 1)
    acts.pass_on(session, desk.matter, [number], "", desk.officer, NOW + timedelta(minutes=1))
    found = set_apart.standing(session, read(session, desk.matter.id, [number])[0], 5)
    assert found is not None and found.due_on is None


def test_nobody_confirms_or_types_about_what_they_have_not_opened(desk: Desk, enter: Enter) -> None:
    (number,) = desk.receive("Tố cáo ông Xấu.")
    acts.quarantine(desk.session, desk.matter, number, "", desk.officer, desk.now)
    acts.propose(desk.session, desk.matter, number, CommentActKind.RELEASED, "", desk.officer, desk.now)
    leader = enter("leader")
    refused = leader.get(f"/xu-ly/{desk.matter.slug}/de-xuat/").submit({}, "Xác nhận")
    assert refused.status == 409 and "bấm Đọc nội dung" in refused.text
    assert leader.get(f"/xu-ly/{desk.matter.slug}/y-kien/{number}/de-xuat/?kind=withheld", None).status == 409


def test_what_is_set_apart_waits_on_the_first_page(desk: Desk, enter: Enter) -> None:
    (number,) = desk.receive("Tố cáo ông Xấu.")
    acts.quarantine(desk.session, desk.matter, number, "", desk.officer, desk.now)
    assert "Ý kiến tạm giữ chờ chuyển hoặc thôi giữ" in enter("officer").get("/xu-ly/").text
