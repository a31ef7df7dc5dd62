"""What a body says of the answers to its letter, and the final answer that is owed to what does not satisfy."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from consult import clock
from consult.errors import Invalid, NoneTaken, Refused
from consult.responses.answers import blockers
from consult.responses.answers.conclusion import conclude
from consult.responses.answers.publication import publish_answers
from consult.responses.letters.listing import UNSATISFIED, listed
from consult.responses.remarks import service as remarks
from consult.responses.remarks.said import Said
from consult.responses.second_words.words import Verdict
from consult.submissions.models import CommentAct
from consult.submissions.words import CommentActKind
from consult.transparency.replay import Log
from consult.transparency.row_reading import Tampered
from consult.transparency.verification import log as verifying_log
from consult.transparency.verification import second_words as verifying
from consult.work import queues
from consult.work.words import Queue
from tests.responses.second_words.scene import TERMS, WHY, Answered, make_answered


def waits(scene: Answered) -> tuple[int, ...]:
    """The comments that keep the matter from being concluded for this reason."""
    return blockers.in_the_way(scene.session, scene.desk.matter.id).unsatisfied


def test_what_does_not_satisfy_waits_until_a_later_version_is_public(session: Session) -> None:
    scene = make_answered(session)
    one, two = scene.numbers
    scene.say(one)
    scene.say(two, verdict="satisfied", text="")
    word = scene.word(one)
    assert word.waits and word.due is not None and word.due > clock.local_day(scene.desk.now)
    assert not scene.word(two).waits and scene.word(two).due is None
    assert waits(scene) == (one,)
    scene.final(scene.responses[0], scene.later(hours=2))
    assert scene.word(one).answered and waits(scene) == ()


def test_reasons_are_needed_for_what_does_not_satisfy(session: Session) -> None:
    scene = make_answered(session)
    for verdict, text, field in (("unsatisfied", " ", "remark"), ("", WHY, "verdict"), ("remark", "", "remark")):
        with pytest.raises(Invalid) as wrong:
            scene.say(scene.numbers[0], verdict=verdict, text=text)
        assert set(wrong.value.errors) == {field}


def test_the_term_is_over_after_its_last_working_day(session: Session) -> None:
    scene = make_answered(session)
    last = TERMS.say_until(session, scene.desk.now)
    on_it = clock.start_of_day(last) + timedelta(hours=23)
    scene.say(scene.numbers[0], at=on_it)
    with pytest.raises(Refused, match="second_word_late"):
        scene.say(scene.numbers[1], at=on_it + timedelta(hours=1))


def test_it_is_said_once(session: Session) -> None:
    scene = make_answered(session)
    scene.say(scene.numbers[0])
    with pytest.raises(Refused, match="remark_signed"):
        scene.say(scene.numbers[0], verdict="satisfied")


def test_who_wrote_does_not_sign(session: Session) -> None:
    scene = make_answered(session)
    number, now = scene.numbers[0], scene.later(hours=1)
    remarks.write(session, scene.desk.matter, scene.letter, number, "unsatisfied", WHY, TERMS, scene.sender, now)
    with pytest.raises(Refused, match="own_draft"):
        remarks.sign(session, scene.desk.matter, scene.letter, [number], TERMS, scene.sender, now)


def test_what_is_said_of_the_whole_holds_for_whatever_is_not_said_apart(session: Session) -> None:
    scene = make_answered(session)
    one, two = scene.numbers
    by_point, now = {two: Said(Verdict.SATISFIED, "")}, scene.later(hours=1)
    whole = Said(Verdict.UNSATISFIED, WHY)
    written = remarks.write_all(session, scene.desk.matter, scene.letter, by_point, whole, TERMS, scene.drafter, now)
    assert written == [one, two]
    remarks.sign(session, scene.desk.matter, scene.letter, written, TERMS, scene.sender, now)
    assert (scene.word(one).remark.on_whole, scene.word(two).remark.on_whole) == (True, False)
    assert scene.word(one).waits and scene.word(two).satisfied


def test_the_whole_taken_back_takes_what_was_written_of_it(session: Session) -> None:
    scene = make_answered(session)
    one, two = scene.numbers
    common = (session, scene.desk.matter, scene.letter)
    now = scene.later(hours=1)
    remarks.write_all(*common, {}, Said(Verdict.UNSATISFIED, WHY), TERMS, scene.drafter, now)
    remarks.write_all(*common, {two: Said(None, "Đã rõ.")}, None, TERMS, scene.drafter, now)
    session.expire_all()
    found = {one.comment.number: one.remark for one in remarks.answered_points(*common, TERMS)}
    assert found[one] is None and found[two] is not None and found[two].verdict is None


def test_a_version_from_before_the_second_word_is_no_final_answer(session: Session) -> None:
    scene = make_answered(session)
    number, response = scene.numbers[0], scene.responses[0]
    scene.desk.draft(number, response_id=response.id, text="Sửa lỗi chữ.")
    scene.desk.approve(response)
    scene.say(number)
    with pytest.raises(NoneTaken) as none:
        publish_answers(session, scene.desk.matter, [response.id], scene.desk.publisher, scene.later(hours=2))
    assert none.value.left == {"second_word_came": [number]}


def test_a_remark_alone_owes_nothing(session: Session) -> None:
    scene = make_answered(session)
    scene.say(scene.numbers[0], verdict="remark")
    assert waits(scene) == () and not scene.word(scene.numbers[0]).unsatisfied


def test_a_matter_is_not_concluded_meanwhile_unless_the_rule_says_so(session: Session) -> None:
    scene = make_answered(session)
    scene.say(scene.numbers[0])
    matter, publisher, now = scene.desk.matter, scene.desk.publisher, scene.later(hours=3)
    with pytest.raises(Refused, match="second_words_wait"):
        conclude(session, matter, publisher, now)
    conclude(session, matter, publisher, now, final_answers=False)
    assert matter.concluded_at == now
    scene.final(scene.responses[0], scene.later(hours=4))
    assert scene.word(scene.numbers[0]).answered


def test_what_its_sender_withdrew_is_owed_no_final_answer(session: Session) -> None:
    scene = make_answered(session)
    scene.say(scene.numbers[0])
    at, remark = scene.later(hours=2), scene.word(scene.numbers[0]).remark
    key = {"consultation_id": remark.consultation_id, "comment_id": remark.comment_id}
    session.add(CommentAct(**key, kind=CommentActKind.WITHDRAWN, at=at, effective_at=at))
    session.flush()
    assert waits(scene) == ()


def test_it_waits_for_officers_and_leaders_with_the_letters_that_are_listed(session: Session) -> None:
    scene = make_answered(session)
    scene.say(*scene.numbers)
    for actor in (scene.desk.officer, scene.desk.leader):
        (line,) = [
            one for one in queues.waiting(session, actor, scene.later(hours=2)) if one.queue is Queue.SECOND_WORDS
        ]
        assert line.count == 1
    found = listed(session, scene.desk.matter, UNSATISFIED, 1, None, clock.local_day(scene.desk.now))
    assert [row.final_due for row in found.rows] == [scene.word(scene.numbers[0]).due]
    scene.final(scene.responses[0], scene.later(hours=2))
    scene.final(scene.responses[1], scene.later(hours=2))
    assert not listed(session, scene.desk.matter, UNSATISFIED, 1, None, clock.local_day(scene.desk.now)).rows


def test_the_log_fixes_what_was_said(session: Session) -> None:
    scene = make_answered(session)
    scene.say(scene.numbers[0])
    scene.say(scene.numbers[1], verdict="remark")
    numbers = {scene.word(one).remark.comment_id: one for one in scene.numbers}
    matter = scene.desk.matter.id
    log = Log(verifying_log.entries(session, matter))
    assert verifying.check_remarks(session, matter, log, numbers) == 2
    scene.word(scene.numbers[0]).remark.verdict = Verdict.SATISFIED
    session.flush()
    with pytest.raises(Tampered):
        verifying.check_remarks(session, matter, log, numbers)
