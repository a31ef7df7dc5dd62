"""What is set apart is for those who deal with it: neither its words, nor what came with them, is for anybody else of
the house."""

import pytest
from sqlalchemy.orm import Session

from consult import clock
from consult.errors import NotFound
from consult.responses.desk import comment_case
from consult.submissions.acts import service as acts
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
    for set_apart in (True, False):
        with pytest.raises(NotFound):
            comment_case.attachment(session, desk.matter, kept.id, set_apart)


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
    seen = {who: enter(who).get(address).text for who in ("publisher", "leader")}
    assert all(f"Ý kiến số {number}" in text for text in seen.values())
    assert [word for word in words if word in seen["publisher"]] == []
    assert all(word in seen["leader"] for word in ("Tố cáo ông", "Vì có bằng chứng", *REDACTED.values()))
    own = f"/xu-ly/{desk.matter.slug}/y-kien/{number}/"
    assert "Tố cáo ông" in enter("leader").get(own).text
    assert "Tố cáo ông" not in enter("publisher").get(own).text
