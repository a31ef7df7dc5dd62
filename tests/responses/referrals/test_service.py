"""Passed on to another body, and followed until that body's answer is public: by whom, when, and what the log says."""

from datetime import date, timedelta

import pytest

from consult.consultations.words import Kind
from consult.db import new_id
from consult.errors import Invalid, Refused
from consult.files.store import FileStore
from consult.ledger.models import LedgerEntry
from consult.outbox.models import OutboxMessage
from consult.responses.answers.drafting import draft_answer
from consult.responses.answers.publication import publish_answers
from consult.responses.models import Response
from consult.responses.referrals import found, service
from consult.responses.referrals.service import Passing, Reply
from consult.stages import Stage
from consult.submissions.models import Comment, CommentAct
from consult.submissions.words import CommentActKind
from consult.transparency.replay import Log
from consult.transparency.row_reading import Tampered
from consult.transparency.verification import log as verifying_log
from consult.transparency.verification import referrals as verifying
from consult.transparency.verification.service import verify
from tests.builders import NOW, TODAY, make_organisation
from tests.responses.desk_builder import SIGNER, Desk, comment, make_desk

HEALTH = "Sở Y tế"


@pytest.fixture
def desk(session) -> Desk:
    made = make_desk(session, Stage.OPEN, text=None, kind=Kind.PROPOSALS, days=20)
    made.receive(comment("Trạm y tế xuống cấp.", ""))
    made.release(1)
    return made


@pytest.fixture
def referred(desk) -> Desk:
    desk.answer(1, disposition="referred", text="Thuộc thẩm quyền Sở Y tế.")
    return desk


def passed(desk, **given):
    new = Passing(**{"body_name": HEALTH, "letter_number": "12/SNNMT", "sent_on": TODAY} | given)
    return service.pass_on(desk.session, desk.matter, 1, new, desk.officer, NOW)


def replied(desk, referral, **given):
    said = Reply(**{"text": "Sẽ sửa trạm.", "letter": "45/SYT", "replied_on": TODAY} | given)
    service.record_reply(desk.session, desk.matter, referral, said, desk.officer, NOW)


def entries(desk, kind):
    rows = desk.session.query(LedgerEntry).filter_by(consultation_id=desk.matter.id, kind=kind)
    return rows.count()


def test_it_is_written_down_with_the_day_of_the_rules(referred):
    made = passed(referred)
    assert (made.body_name, made.sent_on, made.due_on) == (HEALTH, TODAY, TODAY + timedelta(days=30))
    assert entries(referred, "referred") == 1 and made.organisation_id is None


def test_a_body_of_the_site_is_known_by_its_name(referred):
    body = make_organisation(referred.session, name=HEALTH)
    assert passed(referred, body_name="sở y tế").organisation_id == body.id


def test_only_what_the_public_answer_passes_on_is_passed_on(desk):
    with pytest.raises(Refused, match="not_referred"):
        passed(desk)
    desk.answer(1)
    with pytest.raises(Refused, match="not_referred"):
        passed(desk)


def test_it_waits_for_one_body_at_a_time(referred):
    passed(referred)
    with pytest.raises(Refused, match="referral_waits"):
        passed(referred, body_name="Sở Tài chính")


@pytest.mark.parametrize(
    ("given", "errors"),
    [
        ({"body_name": " "}, {"body_name": "required"}),
        ({"sent_on": None}, {"sent_on": "required"}),
        ({"sent_on": TODAY + timedelta(days=1)}, {"sent_on": "day_to_come"}),
        ({"sent_on": date(2026, 1, 1)}, {"sent_on": "before_receipt"}),
        ({"due_on": TODAY}, {"due_on": "not_after_sending"}),
    ],
)
def test_what_is_wrong_leaves_nothing(referred, given, errors):
    with pytest.raises(Invalid) as wrong:
        passed(referred, **given)
    assert wrong.value.errors == errors and entries(referred, "referred") == 0


def test_what_came_back_is_released_by_somebody_else(referred):
    made = passed(referred)
    replied(referred, made)
    assert not made.told and entries(referred, "referral_answered") == 0
    service.release_reply(referred.session, referred.matter, made, referred.publisher, NOW)
    assert made.told and entries(referred, "referral_answered") == 1
    with pytest.raises(Refused, match="reply_released"):
        replied(referred, made)


def test_who_wrote_it_down_does_not_release_it(referred):
    made = passed(referred)
    said = Reply("Sẽ sửa trạm.", "", TODAY)
    made_by = referred.publisher
    with pytest.raises(Refused):
        service.release_reply(referred.session, referred.matter, made, made_by, NOW)
    service.record_reply(referred.session, referred.matter, made, said, referred.officer, NOW)
    made.recorded_by_id = made_by.user_id
    referred.session.commit()
    with pytest.raises(Refused, match="own_reply"):
        service.release_reply(referred.session, referred.matter, made, made_by, NOW)


def test_its_sender_is_told(referred):
    made = passed(referred)
    replied(referred, made)
    service.release_reply(referred.session, referred.matter, made, referred.publisher, NOW)
    told = [one.payload["change"] for one in referred.session.query(OutboxMessage).filter_by(event="comment_changed")]
    assert {"referred", "referral_answered"} <= set(told)


def test_what_is_late_is_counted_and_listed_alike(referred):
    made = passed(referred)
    after = made.due_on + timedelta(days=1)
    own = referred.matter.id
    assert found.late_in(referred.session, [own], made.due_on) == {}
    assert found.late_in(referred.session, [own], after) == {own: 1} and made.days_late(after) == 1
    assert found.listed(referred.session, own, 1, found.late(after)).total == 1
    replied(referred, made)
    assert found.late_in(referred.session, [own], after) == {} and made.days_late(after) == 0
    assert found.to_release_in(referred.session, [own], referred.publisher.user_id) == {own: 1}
    assert found.to_release_in(referred.session, [own], referred.officer.user_id) == {}


def test_what_was_never_sent_is_listed(referred):
    assert found.listed(referred.session, referred.matter.id, 1).unsent == [1]
    passed(referred)
    assert found.listed(referred.session, referred.matter.id, 1).unsent == []


def test_another_text_than_the_log_fixes_is_found(referred):
    made = passed(referred)
    replied(referred, made)
    service.release_reply(referred.session, referred.matter, made, referred.publisher, NOW)
    log, numbers = Log(verifying_log.entries(referred.session, referred.matter.id)), {made.comment_id: 1}
    assert verifying.check_referrals(referred.session, referred.matter.id, log, numbers) == 1
    made.reply = "Không sửa."
    with pytest.raises(Tampered):
        verifying.check_referrals(referred.session, referred.matter.id, log, numbers)


def test_the_rows_of_the_whole_matter_agree_with_its_log(referred, tmp_path):
    made = passed(referred)
    replied(referred, made)
    service.release_reply(referred.session, referred.matter, made, referred.publisher, NOW)
    referred.session.commit()
    assert list(verify(referred.session, referred.matter, FileStore(tmp_path), SIGNER))


@pytest.mark.parametrize("by", ["nobody", "who wrote it down"])
def test_what_no_second_person_released_is_found(referred, by):
    made = passed(referred)
    replied(referred, made)
    service.release_reply(referred.session, referred.matter, made, referred.publisher, NOW)
    made.released_by_id = None if by == "nobody" else made.recorded_by_id
    log, numbers = Log(verifying_log.entries(referred.session, referred.matter.id)), {made.comment_id: 1}
    with pytest.raises(Tampered):
        verifying.check_referrals(referred.session, referred.matter.id, log, numbers)


def answered_otherwise(desk):
    own = desk.session.query(Response).one()
    changed = draft_answer(
        desk.session, desk.matter, [1], "accepted", "Tiếp thu.", desk.officer, NOW, own.id, started_from=1
    )
    desk.approve(changed)
    publish_answers(desk.session, desk.matter, [own.id], desk.publisher, NOW + timedelta(minutes=1))


def withdrawn(desk):
    act = CommentAct(
        id=new_id(), consultation_id=desk.matter.id, comment_id=desk.session.query(Comment).one().id,
        kind=CommentActKind.WITHDRAWN, at=NOW, effective_at=NOW,
    )  # fmt: skip
    desk.session.add(act)
    desk.session.commit()


@pytest.mark.parametrize("gone", [answered_otherwise, withdrawn])
def test_what_was_withdrawn_or_answered_otherwise_is_owed_no_more(referred, gone):
    made = passed(referred)
    gone(referred)
    session, own, after = referred.session, referred.matter.id, made.due_on + timedelta(days=1)
    assert found.late_in(session, [own], after) == {} and found.listed(session, own, 1, found.late(after)).total == 0
    whole = found.listed(session, own, 1)
    assert whole.total == 1 and not whole.standing and not whole.unsent
    assert found.told_of(session, own, [made.comment_id]) == {}
    with pytest.raises(Refused, match="not_referred"):
        replied(referred, made)


def test_a_reply_to_what_was_answered_otherwise_is_not_released(referred):
    made = passed(referred)
    replied(referred, made)
    answered_otherwise(referred)
    publisher = referred.publisher
    assert found.to_release_in(referred.session, [referred.matter.id], publisher.user_id) == {}
    with pytest.raises(Refused, match="not_referred"):
        service.release_reply(referred.session, referred.matter, made, publisher, NOW)
