"""Concluding and sealing: nothing ends while one comment is awaiting."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.words import Disclosure
from consult.db import writing
from consult.errors import NotFound, Refused
from consult.ledger import service as ledger
from consult.ledger.models import LedgerEntry
from consult.outbox.models import OutboxMessage
from consult.responses.answers import public_sums
from consult.responses.answers.blockers import Blockers, in_the_way
from consult.responses.answers.conclusion import conclude, seal, version
from consult.responses.data_requests import closing
from consult.stages import Stage, stage_of
from consult.submissions.acts import service as acts
from consult.submissions.comments import comment_state
from consult.submissions.inputs import AttachmentInput
from consult.submissions.voices import transcription
from consult.submissions.voices.transcription import TypedTranscript
from consult.submissions.words import VOICE, CommentActKind
from tests.builders import NOW
from tests.responses.conftest import Enter
from tests.responses.desk_builder import Desk, comment, make_desk

VOICE_FILE = AttachmentInput("0" * 64, "loi.webm", "audio/webm", 9, VOICE, comment=0, language="vi")


def test_nothing_concludes_while_one_comment_is_awaiting(session: Session) -> None:
    desk = make_desk(session)
    first, second, third = desk.receive("Một.", "Hai.", "Ba.")
    desk.answer(second)
    desk.draft(first)
    with pytest.raises(Refused) as refused:
        conclude(session, desk.matter, desk.publisher, NOW)
    assert (refused.value.reason, refused.value.details) == ("still_awaiting", {"numbers": f"{first}, {third}"})
    assert desk.matter.concluded_at is None


def test_concluding_logs_both_sums(session: Session) -> None:
    desk = make_desk(session)
    one, two, three, four = desk.receive("Một.", "Hai.", "Ba.", "Bốn.")
    desk.answer(one)
    act = acts.propose(session, desk.matter, two, CommentActKind.INVALID, "trial", desk.officer, NOW)
    acts.confirm(session, desk.matter, act.id, desk.leader, NOW)
    parts = acts.split(session, desk.matter, three, [comment("A."), comment("B.")], desk.officer, NOW)
    desk.answer(*(part.number for part in parts))
    acts.pass_on(session, desk.matter, [four], "", desk.officer, NOW)
    desk.release(one, three, *(part.number for part in parts))
    conclude(session, desk.matter, desk.publisher, NOW)
    entry = session.scalar(select(LedgerEntry).where(LedgerEntry.kind == "concluded"))
    assert entry is not None
    said = json.loads(entry.body)
    terms = {"withdrawn": 0, "invalid": {"trial": 1}, "split": 1, "passed_on": 1, "answered": 3, "awaiting": 0}
    assert said["outcome"] == {"received": 6, **terms}
    assert said["visibility"] == public_sums.visibility(session, desk.matter.id)
    assert stage_of(desk.matter, NOW) is Stage.CONCLUDED


def test_a_proposal_keeps_a_matter_open(session: Session) -> None:
    desk = make_desk(session)
    (number,) = desk.receive("Một.")
    desk.answer(number)
    desk.release(number)
    act = acts.propose(session, desk.matter, number, CommentActKind.WITHHELD, "insult", desk.officer, NOW)
    with pytest.raises(Refused) as refused:
        conclude(session, desk.matter, desk.publisher, NOW)
    assert (refused.value.reason, refused.value.details) == ("proposals_open", {"numbers": str(number)})
    acts.refuse(session, desk.matter, act.id, desk.leader, NOW)
    conclude(session, desk.matter, desk.publisher, NOW)


def test_a_correction_under_way_keeps_a_matter_open(session: Session) -> None:
    desk = make_desk(session)
    (number,) = desk.receive("Một.")
    response = desk.answer(number)
    desk.release(number)
    desk.draft(number, response_id=response.id, text="Đính chính.")
    with pytest.raises(Refused, match="answers_unpublished"):
        conclude(session, desk.matter, desk.publisher, NOW)


def test_nothing_concludes_with_sums_that_the_log_does_not_have(session: Session) -> None:
    """What was erased again after a restore is withheld before the log says so; the sums of the end stand in it."""
    desk = make_desk(session)
    (number,) = desk.receive("Một.")
    desk.answer(number)
    desk.release(number)
    with writing(session, desk.matter.id):
        [one] = comment_state.read(session, desk.matter.id, [number])
        closing.withhold_ahead(session, desk.matter, [one], None, NOW)
    with pytest.raises(Refused, match="log_lacks_withheld"):
        conclude(session, desk.matter, desk.publisher, NOW)
    desk.by_two(number, CommentActKind.WITHHELD, "sender_asked")
    conclude(session, desk.matter, desk.publisher, NOW)


def test_a_draft_without_comments_left_is_nobodys_answer(session: Session) -> None:
    desk = make_desk(session)
    (number,) = desk.receive("Một.")
    desk.draft(number)
    acts.pass_on(session, desk.matter, [number], "", desk.officer, NOW)
    assert in_the_way(session, desk.matter.id).nothing
    conclude(session, desk.matter, desk.publisher, NOW)


@pytest.mark.parametrize(
    ("stage", "reason"), [(Stage.OPEN, "still_open"), (Stage.CONCLUDED, "concluded"), (Stage.WITHDRAWN, "withdrawn")]
)
def test_only_a_matter_whose_period_is_over_is_concluded(session: Session, stage: Stage, reason: str) -> None:
    desk = make_desk(session, stage)
    with pytest.raises(Refused, match=reason):
        conclude(session, desk.matter, desk.publisher, NOW)


def test_only_a_publisher_concludes(session: Session) -> None:
    desk = make_desk(session)
    for actor in (desk.officer, desk.leader):
        with pytest.raises(NotFound):
            conclude(session, desk.matter, actor, NOW)


def test_the_log_is_sealed_once_after_the_end(session: Session) -> None:
    desk = make_desk(session)
    desk.receive("Một.", "Hai.")
    size, end = ledger.size(session, desk.matter.id), desk.matter.closes_at
    root = ledger.Log(session, desk.matter.id).root(size)
    messages = session.scalars(select(OutboxMessage).where(OutboxMessage.event == "matter_closed_period")).all()
    assert end is not None
    nothing_comes = end + clock.STILL_ON_THE_WAY
    for early in (end - timedelta(seconds=1), end, nothing_comes - timedelta(seconds=1)):
        seal(session, messages, early)
        assert desk.matter.sealed_at is None, "something may still be on its way"
    seal(session, messages, nothing_comes)
    seal(session, messages, end + timedelta(hours=1))
    said = [json.loads(body) for body in session.scalars(select(LedgerEntry.body).where(LedgerEntry.kind == "sealed"))]
    assert [(one["size"], one["root"], one["received"]) for one in said] == [(size, root.hex(), 2)]
    assert desk.matter.sealed_at == nothing_comes


def test_who_concludes_has_seen_the_sums_that_go_into_the_log(session: Session) -> None:
    desk = make_desk(session)
    first, second = desk.receive("Một.", "Hai.")
    desk.answer(first, second)
    desk.release(first, second)
    shown = version(*public_sums.both(session, desk.matter.id))
    desk.by_two(first, CommentActKind.WITHHELD, "insult")
    with pytest.raises(Refused, match="changed_since_shown"):
        conclude(session, desk.matter, desk.publisher, NOW, shown)
    assert desk.matter.concluded_at is None
    conclude(session, desk.matter, desk.publisher, NOW, version(*public_sums.both(session, desk.matter.id)))
    assert desk.matter.concluded_at == NOW


@pytest.mark.parametrize("quarantined", [False, True])
def test_nothing_concludes_while_a_text_is_in_check_or_set_apart(session: Session, quarantined: bool) -> None:
    desk = make_desk(session)
    first, second = desk.receive("Một.", "Hai.")
    if quarantined:
        acts.quarantine(session, desk.matter, second, "", desk.officer, NOW)
    desk.answer(first, second)
    desk.release(first)
    with pytest.raises(Refused) as refused:
        conclude(session, desk.matter, desk.publisher, NOW)
    assert (refused.value.reason, refused.value.details) == ("still_unseen", {"numbers": str(second)})
    desk.by_two(second, CommentActKind.WITHHELD, "insult")
    conclude(session, desk.matter, desk.publisher, NOW)


def test_texts_shown_with_their_answers_are_seen_by_them(session: Session) -> None:
    desk = make_desk(session, disclosure=Disclosure.WITH_ANSWERS)
    first, second = desk.receive("Một.", "Hai.")
    assert in_the_way(session, desk.matter.id) == Blockers(awaiting=(first, second))
    desk.answer(first, second)
    conclude(session, desk.matter, desk.publisher, NOW)


def test_nothing_concludes_while_a_voice_is_unheard_or_in_transcription(session: Session) -> None:
    desk = make_desk(session)
    (number,) = desk.receive("Một.", attachments=(VOICE_FILE,))
    found = in_the_way(session, desk.matter.id)
    assert (found.unheard, found.in_transcription) == ((number,), ())
    words = TypedTranscript("vi", "Xin giữ chợ.")
    first = transcription.write(session, desk.matter, number, words, desk.officer, NOW)
    assert in_the_way(session, desk.matter.id).in_transcription == (number,)
    transcription.check(session, desk.matter, first.id, desk.second_officer, NOW)
    desk.answer(number)
    desk.release(number)
    transcription.write(session, desk.matter, number, words, desk.officer, NOW)
    with pytest.raises(Refused) as refused:
        conclude(session, desk.matter, desk.publisher, NOW)
    assert (refused.value.reason, refused.value.details) == ("still_in_transcription", {"numbers": str(number)})


def test_the_page_names_everything_that_stands_against_it(desk: Desk, enter: Enter) -> None:
    first, second = desk.receive("Một.", "Hai.", attachments=(VOICE_FILE,))
    (third,) = desk.receive("Ba.")
    desk.answer(third)
    acts.propose(desk.session, desk.matter, third, CommentActKind.WITHHELD, "insult", desk.officer, desk.now)
    desk.session.commit()
    page = enter("publisher").get(f"/xu-ly/{desk.matter.slug}/ket-thuc/")
    for words in ("Còn 2 ý kiến chờ trả lời", "Còn 3 ý kiến đang kiểm tra", "Còn 1 ghi âm", "Còn đề xuất chờ xác nhận"):
        assert words in page.text
    assert "Kết thúc và công bố kết quả" not in page.text
    for number in (first, second, third):
        assert page.find(f'//main//a[contains(@href, "/y-kien/{number}/")]')
