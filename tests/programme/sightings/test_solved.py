"""Whether it is really solved: asked once of each who left a mail, weeks after the end; a "no" opens the case again."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from consult.errors import Invalid, NotFound, Refused
from consult.files.store import FileStore
from consult.ledger.models import LedgerEntry
from consult.outbox.models import OutboxMessage
from consult.outbox.service import emit
from consult.people.words import OrganisationKind
from consult.programme import promises
from consult.programme.sightings import cases, solved
from consult.programme.sightings.models import SightingCase, SolvedWord
from consult.programme.sightings.solved import SolvedQuestions
from consult.programme.words import Ending
from consult.submissions.words import CommentActKind
from consult.transparency.row_reading import Tampered
from consult.transparency.verification import service as verification
from tests.builders import NOW, TODAY, make_organisation
from tests.programme.sightings.scene import HOA, Seen, make_seen
from tests.responses.desk_builder import SIGNER

LAN = "lan@example.test"
LATER = NOW + timedelta(weeks=4)


@pytest.fixture
def seen(session: Session) -> Seen:
    """A desk that takes sightings."""
    return make_seen(session)


@pytest.fixture
def ended(seen: Seen) -> SightingCase:
    """A case that two reported who left a mail, and one who did not; it ended today."""
    case = seen.case(seen.see(mail=HOA), seen.see(mail=LAN), seen.see())
    seen.end(case)
    return case


def asked(session: Session, now: datetime = LATER, weeks: int = 4) -> list[SolvedWord]:
    """Who is asked by then."""
    SolvedQuestions(weeks).ask(session, now)
    return list(session.scalars(select(SolvedWord).order_by(SolvedWord.id)))


def kinds(session: Session) -> list[str]:
    """The kinds of what the log has, in its order."""
    return list(session.scalars(select(LedgerEntry.kind).order_by(LedgerEntry.index)))


def test_each_who_left_a_mail_is_asked_once_weeks_after_the_end(session: Session, ended: SightingCase) -> None:
    assert asked(session, LATER - timedelta(days=1)) == [] == asked(session, weeks=0)
    assert len(asked(session)) == 2 == len(asked(session, LATER + timedelta(days=1)))
    told = select(OutboxMessage).where(OutboxMessage.event == "solved_asked")
    assert len(session.scalars(told).all()) == 2


def test_who_took_it_back_or_goes_another_way_is_not_asked(session: Session, seen: Seen, ended: SightingCase) -> None:
    number = min(one.comment.number for one in ended.sightings)
    seen.set_apart(number)
    assert len(asked(session)) == 1


def test_yes_is_noted_and_leaves_it_ended(session: Session, ended: SightingCase) -> None:
    [one, _two] = asked(session)
    assert not solved.say(session, one, True, "", LATER)
    assert ended.promise.ending is Ending.DONE and kinds(session)[-1] == "promise_ended"
    with pytest.raises(Refused, match="said_already"):
        solved.say(session, one, False, "", LATER)


def test_no_opens_it_again_with_a_new_day_and_both_bodies_are_told(
    session: Session, seen: Seen, ended: SightingCase
) -> None:
    one, two = asked(session)
    assert solved.say(session, one, False, "Vẫn đổ.", LATER)
    promise = ended.promise
    assert (promise.ended_on, promise.ending) == (None, None)
    assert promise.due_on == TODAY + timedelta(weeks=4) + solved.AGAIN and kinds(session)[-1] == "case_reopened"
    told = session.scalars(select(OutboxMessage).where(OutboxMessage.event == "promises_told")).all()
    again = {one.payload["organisation"] for one in told if one.payload["what"] == "reopened"}
    assert again == {str(seen.commune.id), str(seen.desk.body.id)}
    # Whoever says so too opens nothing a second time.
    assert not solved.say(session, two, False, "", LATER)
    assert kinds(session).count("case_reopened") == 1


def test_after_its_second_end_they_are_asked_again(session: Session, seen: Seen, ended: SightingCase) -> None:
    solved.say(session, asked(session)[0], False, "", LATER)
    seen.end(ended, LATER)
    assert len(asked(session, LATER + timedelta(weeks=4))) == 4


def test_a_long_line_is_refused_and_nothing_is_kept(session: Session, ended: SightingCase) -> None:
    one = asked(session)[0]
    with pytest.raises(Invalid) as wrong:
        solved.say(session, one, False, "a" * (solved.LONGEST_LINE + 1), LATER)
    assert wrong.value.errors == {"line": "too_long"} and one.said_at is None


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE solved_word SET due_on = '2030-01-01' WHERE due_on IS NOT NULL",
        "UPDATE solved_word SET due_on = NULL",
        "UPDATE promise SET ended_on = '2020-01-01', ending = 'done'",
        "UPDATE sighting_case SET latitude = 20.0",
        "UPDATE sighting_case SET place = 'Khác'",
        "DELETE FROM case_sighting",
    ],
)
def test_the_log_of_the_matter_holds_and_what_is_changed_is_named(
    session: Session, seen: Seen, ended: SightingCase, tmp_path: Path, change: str
) -> None:
    solved.say(session, asked(session)[0], False, "", LATER)
    files = FileStore(tmp_path)
    assert list(verification.verify(session, seen.desk.matter, files, SIGNER))
    session.execute(text(change))
    session.expire_all()
    with pytest.raises(Tampered):
        list(verification.verify(session, seen.desk.matter, files, SIGNER))


def test_who_was_asked_says_nothing_of_what_is_no_sighting_of_theirs_any_more(
    session: Session, seen: Seen, ended: SightingCase
) -> None:
    one, two = asked(session)
    numbers = {one.comment.submission_id: one.comment.number for one in ended.sightings}
    cases.part(session, ended, numbers[one.submission_id], seen.desk.officer, LATER)
    seen.set_apart(numbers[two.submission_id])
    for word in (one, two):
        assert not solved.is_asked(session, word)
        with pytest.raises(NotFound):
            solved.say(session, word, False, "", LATER)
    assert ended.promise.ending is Ending.DONE


def test_what_they_said_goes_with_their_words(session: Session, seen: Seen, ended: SightingCase) -> None:
    one, two = asked(session)
    solved.say(session, one, True, "Nhà tôi ở cạnh đó.", LATER)
    solved.say(session, two, True, "Đã hết.", LATER)
    number = next(each.comment.number for each in ended.sightings if each.comment.submission_id == one.submission_id)
    emit(session, "data_erased", LATER, seen.desk.matter.id, comments=[number], files=[])
    session.commit()
    told = session.scalars(select(OutboxMessage).where(OutboxMessage.event == "data_erased")).all()
    solved.after_erased(session, told, LATER)
    session.refresh(one)
    assert (one.line, two.line) == ("", "Đã hết.")


def test_what_was_opened_again_ends_on_a_later_day_than_before(
    session: Session, seen: Seen, ended: SightingCase
) -> None:
    one, _two = asked(session)
    solved.say(session, one, False, "", LATER)
    with pytest.raises(Invalid) as wrong:
        promises.say(session, ended.promise, "done", "Đã dọn.", one.ended_on, seen.officer, LATER)
    assert wrong.value.errors == {"day": "not_after_end"}
    assert seen.end(ended, LATER).ending is Ending.DONE


def test_a_day_long_before_leaves_nobody_unasked(session: Session, seen: Seen) -> None:
    case = seen.case(seen.see(mail=HOA))
    long_before = TODAY - timedelta(days=300)
    said = promises.say(session, case.promise, "done", "Đã dọn.", long_before, seen.officer, NOW)
    promises.release(session, case.promise, said.number, seen.desk.leader, NOW)
    assert len(asked(session, NOW)) == 1


def test_what_a_body_owes_for_which_nobody_works_ends_who_follows_it(session: Session, seen: Seen) -> None:
    enterprise = make_organisation(session, OrganisationKind.INVESTOR, name="Công ty không có tài khoản")
    case = seen.case(seen.see(), by_id=enterprise.id)
    said = promises.say(session, case.promise, "done", "Đã dọn.", TODAY, seen.desk.officer, NOW)
    with pytest.raises(Refused, match="not_sender"):
        promises.release(session, case.promise, said.number, seen.desk.second_officer, NOW)
    promises.release(session, case.promise, said.number, seen.desk.leader, NOW)
    assert case.promise.ending is Ending.DONE
    other = seen.case(seen.see())
    with pytest.raises(NotFound):
        promises.say(session, other.promise, "done", "Đã dọn.", TODAY, seen.desk.officer, NOW)


def test_whose_report_is_invalid_is_not_asked_and_opens_nothing_again(
    session: Session, seen: Seen, ended: SightingCase
) -> None:
    first, second, _silent = sorted(ended.sightings, key=lambda one: one.comment.number)
    seen.desk.by_two(first.comment.number, CommentActKind.INVALID, "off_topic")
    [word] = asked(session)
    seen.desk.by_two(second.comment.number, CommentActKind.INVALID, "off_topic")
    with pytest.raises(NotFound):
        solved.say(session, word, False, "Vẫn còn", LATER)
    assert ended.promise.ended_on is not None
