"""A dialogue over answers that do not satisfy: called, called anew, recorded, and followed by the final answer."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from consult import clock
from consult.errors import Invalid, NoneTaken, NotFound, Refused
from consult.files.signed_files import KeptFile
from consult.responses.answers.publication import publish_answers
from consult.responses.dialogues import service as dialogues
from consult.responses.dialogues.service import Minutes, NewDialogue
from consult.responses.second_words.models import Dialogue
from consult.transparency.replay import Log
from consult.transparency.row_reading import Tampered
from consult.transparency.verification import log as verifying_log
from consult.transparency.verification import second_words as verifying
from consult.workspace.dialogues import to_come
from tests.responses.second_words.scene import TERMS, Answered, make_answered

FILE = KeptFile("a" * 64, "bien-ban.pdf", "application/pdf", 1200)


@pytest.fixture
def scene(session: Session) -> Answered:
    """Two answers that do not satisfy."""
    found = make_answered(session)
    found.say(*found.numbers)
    return found


def record(scene: Answered, held: Dialogue, days: int = 3, **given: object) -> Dialogue:
    """Its minutes: both sides agreed over the first point, and not over the others."""
    over = list(dialogues.points_of(scene.session, held))
    outcomes = {number: (number == over[0], f"Kết quả {number}") for number in over}
    said = Minutes(**{"attendees": "Bà Ký; ông Bình", "outcomes": outcomes, "file": FILE, **given})  # type: ignore[arg-type]
    moment = scene.later(days=days, hours=2)
    return dialogues.record(scene.session, scene.desk.matter, held.number, said, scene.desk.officer, moment)


def test_the_final_answer_follows_the_minutes(scene: Answered) -> None:
    number, response = scene.numbers[0], scene.responses[0]
    held = scene.call(*scene.numbers)
    assert scene.word(number).open_dialogue is held
    scene.desk.now = scene.later(hours=3)
    scene.desk.draft(number, response_id=response.id, text="Trước đối thoại.")
    with pytest.raises(NoneTaken) as none:
        scene.desk.approve(response)
    assert none.value.left == {"dialogue_first": [number]}
    record(scene, held)
    with pytest.raises(NoneTaken) as none:
        scene.desk.approve(response)
    assert none.value.left == {"second_word_came": [number]}
    scene.final(response, scene.later(days=4))
    assert scene.word(number).answered
    (told,) = scene.word(number).dialogues
    assert (told.held, told.point.agreed, told.point.outcome) == (True, True, f"Kết quả {number}")


def test_it_moves_the_day_of_the_final_answer(scene: Answered) -> None:
    before = scene.word(scene.numbers[0]).due
    scene.call(scene.numbers[0], days=10)
    after = scene.word(scene.numbers[0]).due
    assert before is not None and after == TERMS.answer_by(scene.session, scene.later(days=10)) > before
    assert scene.word(scene.numbers[1]).due == before


def test_what_was_late_when_it_was_called_stays_late(scene: Answered) -> None:
    due = scene.word(scene.numbers[0]).due
    assert due is not None
    late = clock.start_of_day(due + timedelta(days=2))
    new = NewDialogue(late + timedelta(days=3), "Sở", "Bà Ký", [scene.numbers[0]])
    dialogues.call(scene.session, scene.desk.matter, scene.letter, new, TERMS, scene.desk.leader, late)
    assert scene.word(scene.numbers[0]).due == due and scene.word(scene.numbers[0]).days_late(late) == 2


def test_called_anew_the_first_is_never_held(scene: Answered) -> None:
    first, second = scene.call(*scene.numbers), scene.call(scene.numbers[0], days=5)
    told = scene.word(scene.numbers[0]).dialogues
    assert [(one.moved, one.waits) for one in told] == [(True, False), (False, True)]
    with pytest.raises(Refused, match="dialogue_moved"):
        record(scene, first)
    assert record(scene, second, days=5).number == 2


def test_what_else_the_first_was_about_waits_for_no_dialogue(scene: Answered) -> None:
    """It was answered "after the dialogue" for ever: the first could not be recorded, and no other was called."""
    first = scene.call(*scene.numbers)
    body = scene.letter.organisation_id
    assert body is not None
    assert [one.number for one, *_rest in to_come(scene.session, {body}, scene.desk.now)] == [1]
    scene.call(scene.numbers[0], days=5)
    other = scene.word(scene.numbers[1])
    assert other.open_dialogue is None and [one.moved for one in other.dialogues] == [True]
    assert [one.number for one, *_rest in to_come(scene.session, {body}, scene.desk.now)] == [2]
    scene.final(scene.responses[1], scene.later(days=1))
    assert scene.word(scene.numbers[1]).answered and first.recorded_at is None


def test_minutes_are_whole_and_recorded_once(scene: Answered) -> None:
    held = scene.call(*scene.numbers)
    with pytest.raises(Refused, match="dialogue_not_begun"):
        record(scene, held, days=1)
    with pytest.raises(Invalid) as wrong:
        record(scene, held, attendees="", outcomes={}, file=None)
    number = scene.numbers[0]
    assert {"attendees", "file", f"agreed-{number}", f"outcome-{number}"} <= set(wrong.value.errors)
    record(scene, held)
    with pytest.raises(Refused, match="dialogue_recorded"):
        record(scene, held)


def test_nothing_is_called_over_what_satisfies_or_is_answered(session: Session) -> None:
    scene = make_answered(session)
    one, two = scene.numbers
    scene.say(one)
    scene.say(two, verdict="satisfied")
    with pytest.raises(Refused, match="no_second_word"):
        scene.call(one, two)
    scene.final(scene.responses[0], scene.later(hours=3))
    with pytest.raises(Refused, match="no_second_word"):
        scene.call(one)


def test_when_and_where_are_needed(scene: Answered) -> None:
    for new, fields in (
        (NewDialogue(None, "", "", []), {"starts_at", "place", "invited", "comment"}),
        (NewDialogue(scene.later(days=-1), "Sở", "Bà Ký", [1]), {"starts_at"}),
        (NewDialogue(scene.later(days=61), "Sở", "Bà Ký", [1]), {"starts_at"}),
    ):
        with pytest.raises(Invalid) as wrong:
            dialogues.call(
                scene.session, scene.desk.matter, scene.letter, new, TERMS, scene.desk.officer, scene.desk.now
            )
        assert set(wrong.value.errors) == fields


def test_a_publisher_or_the_body_itself_calls_none(scene: Answered) -> None:
    new = NewDialogue(scene.later(days=3), "Sở", "Bà Ký", list(scene.numbers))
    for actor in (scene.desk.publisher, scene.sender):
        with pytest.raises((Refused, NotFound)):
            dialogues.call(scene.session, scene.desk.matter, scene.letter, new, TERMS, actor, scene.desk.now)


def test_the_log_fixes_call_and_minutes(scene: Answered) -> None:
    held = record(scene, scene.call(*scene.numbers))
    numbers = {scene.word(one).remark.comment_id: one for one in scene.numbers}
    matter = scene.desk.matter.id
    log = Log(verifying_log.entries(scene.session, matter))
    assert verifying.check_dialogues(scene.session, matter, log, numbers) == 1
    for field, value in (("place", "Nơi khác"), ("minutes_hash", "b" * 64)):
        before = getattr(held, field)
        setattr(held, field, value)
        scene.session.flush()
        with pytest.raises(Tampered):
            verifying.check_dialogues(scene.session, matter, log, numbers)
        setattr(held, field, before)
    scene.session.flush()


def test_a_publication_waits_for_the_dialogue_too(scene: Answered) -> None:
    number, response = scene.numbers[0], scene.responses[0]
    scene.desk.now = scene.later(hours=2)
    scene.desk.draft(number, response_id=response.id, text="Trả lời cuối.")
    scene.desk.approve(response)
    scene.call(number, at=scene.later(hours=1))
    with pytest.raises(NoneTaken) as none:
        publish_answers(scene.session, scene.desk.matter, [response.id], scene.desk.publisher, scene.later(hours=2))
    assert none.value.left == {"dialogue_first": [number]}
