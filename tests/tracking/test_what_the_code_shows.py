"""What the look-up code alone tells: states and public answers of one's own submission; what is in quarantine like what
waits, and that a comment was passed on, but not where to."""

from collections.abc import Sequence

import pytest
from sqlalchemy.orm import Session

from consult.errors import NotFound
from consult.submissions.acts import service as acts
from consult.submissions.comments.outcome import Outcome, Visibility
from consult.submissions.inputs import AttachmentInput, NewSubmission, Receipt
from consult.submissions.models import Submission
from consult.submissions.receiving.service import receive
from consult.submissions.sender import own_submission
from consult.tracking import lookup, service
from consult.tracking.service import CommentStatus
from tests.application import CODES
from tests.builders import NOW
from tests.responses.desk_builder import SIGNER, Desk, comment, make_desk

FILE = AttachmentInput("a" * 64, "ảnh.jpg", "image/jpeg", 9)


@pytest.fixture
def desk(session: Session) -> Desk:
    return make_desk(session)


def sent(desk: Desk, word: str, *texts: str) -> tuple[Receipt, Submission]:
    """Comments of one person, and what both codes open."""
    assert desk.matter.opens_at is not None
    new = NewSubmission(
        tuple(comment(text) for text in texts), desk.matter.opens_at, f"{word:-<32}", attachments=(FILE,)
    )
    receipt = receive(desk.session, desk.matter, new, NOW, SIGNER, CODES)
    return receipt, lookup.open_with_secret(desk.session, receipt.code, receipt.secret, CODES)


def seen(desk: Desk, submission: Submission) -> Sequence[CommentStatus]:
    return [one.seen_by_code for one in service.of_submission(desk.session, desk.matter, submission)]


def test_what_is_in_quarantine_looks_like_what_waits(desk: Desk) -> None:
    receipt, submission = sent(desk, "one", "Chờ", "Tạm giữ")
    waits, held = receipt.comment_numbers
    acts.quarantine(desk.session, desk.matter, held, "", desk.officer, NOW)
    told = seen(desk, submission)
    assert [one.number for one in told] == [waits, held]
    assert {(one.outcome, one.visibility) for one in told} == {(Outcome.AWAITING, Visibility.IN_CHECK)}
    assert len({one.fate for one in told}) == 1


def test_who_sent_it_is_told_that_it_was_passed_on_and_with_both_codes_where_to(desk: Desk) -> None:
    receipt, submission = sent(desk, "one", "Chuyển đi")
    acts.pass_on(desk.session, desk.matter, receipt.comment_numbers, "Nghi tố cáo", desk.officer, NOW, "Thanh tra tỉnh")
    [told], [own] = seen(desk, submission), service.of_submission(desk.session, desk.matter, submission)
    assert told.fate is not None and own.fate is not None
    assert (told.outcome, told.fate.passed_to, told.fate.at) == (Outcome.PASSED_ON, "", own.fate.at)
    assert (own.outcome, own.fate.passed_to) == (Outcome.PASSED_ON, "Thanh tra tỉnh")
    assert own.seen_by_all.outcome is Outcome.AWAITING and own.seen_by_all.fate is None


def test_words_and_answers_that_are_not_public_are_for_the_sender(desk: Desk) -> None:
    receipt, submission = sent(desk, "one", "Công khai", "Chưa công khai")
    acts.release(desk.session, desk.matter, receipt.comment_numbers[:1], desk.officer, NOW)
    for number in receipt.comment_numbers:
        desk.answer(number, text=f"Trả lời {number}")
    told, own = seen(desk, submission), service.of_submission(desk.session, desk.matter, submission)
    assert [one.answer.text if one.answer else None for one in told] == ["Trả lời 1", None]
    assert [one.answer.text for one in own if one.answer] == ["Trả lời 1", "Trả lời 2"]
    assert [one.versions for one in told] == [(), ()]
    assert [[version.text for version in one.versions] for one in own] == [["Công khai"], ["Chưa công khai"]]
    assert all((one.quote, one.topic, one.clause, one.spoken) == ("", None, "", None) for one in told)


def test_a_submission_holds_its_own_comments_alone(desk: Desk) -> None:
    _receipt, first = sent(desk, "one", "Của tôi")
    _receipt, second = sent(desk, "two", "Của người khác", "Cũng của họ")
    assert [own.latest.text for own in own_submission.comments_of(desk.session, first)] == ["Của tôi"]
    assert [own.latest.text for own in own_submission.comments_of(desk.session, second)] == [
        "Của người khác",
        "Cũng của họ",
    ]


def test_nobody_reads_the_file_of_another_with_a_code_of_ones_own(desk: Desk) -> None:
    _receipt, first = sent(desk, "one", "Của tôi")
    _receipt, second = sent(desk, "two", "Của người khác")
    [mine], [others] = (own_submission.attachments_of(desk.session, one) for one in (first, second))
    assert own_submission.attachment_of(desk.session, first, mine.id) is mine
    with pytest.raises(NotFound):
        own_submission.attachment_of(desk.session, first, others.id)
