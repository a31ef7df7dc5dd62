"""What else waits, each kind for who has it in hand and until it is done: what other rooms have no test of here."""

from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.words import Kind
from consult.db import new_id
from consult.people.words import Role
from consult.policy import Actor
from consult.programme import promises
from consult.responses.data_requests import service as data_requests
from consult.responses.referrals import service as referrals
from consult.responses.referrals.service import Passing, Reply
from consult.stages import Stage
from consult.submissions.inputs import Sender
from consult.submissions.models import Submission
from consult.submissions.sender import calls
from consult.submissions.words import CallOutcome, ContactKind
from consult.work import queues
from consult.work.words import Queue
from consult.workspace import sending
from tests.builders import NOW, TODAY
from tests.programme.scene import make_parties
from tests.responses.desk_builder import comment, make_desk
from tests.submissions.comments.test_transcripts import checked, spoken
from tests.submissions.rows import MIDWAY, matter, officer
from tests.workspace.test_drafts import front_of, member, send, written

HOA = Sender("Nông Thị Hoa", contact_kind=ContactKind.TELEPHONE, contact="0912 345 678")


def waits(session: Session, actor: Actor, queue: Queue, now: object = NOW) -> int:
    session.expire_all()
    return sum(one.count for one in queues.waiting(session, actor, now) if one.queue is queue)  # type: ignore[arg-type]


def test_a_request_about_data_and_a_promised_call(session: Session) -> None:
    desk = make_desk(session)
    desk.receive("Một.", sender=HOA)
    sent = session.scalars(select(Submission)).one()
    asked = data_requests.ask(session, desk.matter, sent, "copy", "Xin giúp.", NOW)
    calls.promise(session, desk.matter.id, new_id(), {"notice": "answered", "submission": str(sent.id)}, "", NOW)
    for actor in (desk.officer, desk.leader):
        assert (waits(session, actor, Queue.DATA_REQUESTS), waits(session, actor, Queue.TO_CALL)) == (1, 1)
    data_requests.note_copy(session, desk.matter, asked.number, desk.officer, NOW)
    [call] = calls.waiting(session, desk.matter.id)
    calls.record(session, desk.matter, [call.id], CallOutcome.REACHED, "", desk.officer, NOW)
    assert (waits(session, desk.officer, Queue.DATA_REQUESTS), waits(session, desk.officer, Queue.TO_CALL)) == (0, 0)


def test_a_voice_that_is_to_be_written_down_and_checked(session: Session) -> None:
    consultation = matter(session)
    spoken(session, consultation)
    one = officer(session, consultation)
    assert waits(session, one, Queue.TO_TRANSCRIBE, MIDWAY) == 1
    checked(session, consultation)
    assert waits(session, one, Queue.TO_TRANSCRIBE, MIDWAY) == 0


def test_a_letter_that_is_handed_over_to_be_signed(session: Session) -> None:
    consultation, front = matter(session), front_of(session)
    drafter, sender = member(session, front, Role.DRAFTER), member(session, front, Role.SENDER)
    draft, version = written(session, consultation, front, drafter)
    assert waits(session, sender, Queue.TO_SIGN, MIDWAY) == 0
    sending.hand_over(session, consultation, draft, drafter, MIDWAY)
    assert (waits(session, sender, Queue.TO_SIGN, MIDWAY), waits(session, drafter, Queue.TO_SIGN, MIDWAY)) == (1, 0)
    send(session, consultation, (draft, version), sender)
    assert waits(session, sender, Queue.TO_SIGN, MIDWAY) == 0


def test_what_was_passed_on_and_its_result(session: Session) -> None:
    desk = make_desk(session, Stage.OPEN, text=None, kind=Kind.PROPOSALS, days=60)
    desk.receive(comment("Trạm y tế xuống cấp.", ""))
    desk.release(1)
    desk.answer(1, disposition="referred", text="Thuộc thẩm quyền Sở Y tế.")
    passing = Passing(body_name="Sở Y tế", letter_number="12/SNNMT", sent_on=TODAY)
    made = referrals.pass_on(session, desk.matter, 1, passing, desk.officer, NOW)
    day_after = NOW + timedelta(days=(made.due_on - TODAY).days + 1)
    assert waits(session, desk.officer, Queue.REFERRED_LATE) == 0
    assert waits(session, desk.officer, Queue.REFERRED_LATE, day_after) == 1
    said = Reply(text="Sẽ sửa trạm.", letter="45/SYT", replied_on=TODAY)
    referrals.record_reply(session, desk.matter, made, said, desk.officer, NOW)
    assert waits(session, desk.officer, Queue.REFERRED_LATE, day_after) == 0
    assert waits(session, desk.publisher, Queue.REPLY_TO_RELEASE) == 1


def test_what_a_body_promised_and_is_to_look_at(session: Session) -> None:
    parties = make_parties(session)
    owed = parties.recommended(parties.round(parties.programme()), days=10)
    assert waits(session, parties.of_commune, Queue.PROMISES_OPEN) == 1
    assert waits(session, parties.of_commune, Queue.PROMISES_LATE, NOW + timedelta(days=11)) == 1
    promises.say(session, owed, "move", "Mưa lũ.", date.fromordinal(TODAY.toordinal() + 20), parties.of_commune, NOW)
    assert waits(session, parties.signer, Queue.PROMISES_TO_DECIDE) == 1
    promises.release(session, owed, 1, parties.signer, NOW)
    assert waits(session, parties.signer, Queue.PROMISES_TO_DECIDE) == 0
