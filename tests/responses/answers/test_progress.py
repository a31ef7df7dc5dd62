"""Answers as the public sees them, a comment's way, and when an answer is overdue."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.matter import calendar
from consult.consultations.matter.answer_terms import AnswerTerm, term_of
from consult.consultations.matter.calendar import DayUnit, Holidays, Roll
from consult.people.words import OrganisationKind
from consult.reading.comments import detail
from consult.responses.answers.due_state import overdue_expression
from consult.responses.answers.progress import Step
from consult.responses.answers.published import published_answers
from consult.responses.desk.assignment import assign
from consult.stages import Stage
from consult.submissions.acts import service as acts
from consult.submissions.inputs import CritiqueInput, Sender
from consult.submissions.models import Comment, Submission
from consult.submissions.words import CommentActKind, SubmissionKind
from tests.builders import NOW, make_organisation
from tests.responses.desk_builder import Desk, comment, make_desk


def _comment(desk: Desk, number: int) -> Comment:
    return desk.session.scalars(
        select(Comment).where(Comment.consultation_id == desk.matter.id, Comment.number == number)
    ).one()


def _way(desk: Desk, number: int, now: datetime = NOW) -> list[Step]:
    return detail.one_comment(desk.session, desk.matter, number, now).steps


def test_the_way_of_a_comment(session: Session) -> None:
    desk = make_desk(session, Stage.OPEN)
    (number,) = desk.receive("Một.")
    assert [(one.code, one.state) for one in _way(desk, number)] == [
        ("way.received", "past"),
        ("way.in_hand", "next"),
        ("way.answered", "next"),
    ]
    assign(session, desk.matter, [number], desk.unit.id, desk.people["officer"].id, desk.officer, NOW)
    in_hand = _way(desk, number)[1]
    assert (in_hand.state, in_hand.by, in_hand.at) == ("now", "Phòng Môi trường", NOW)
    desk.answer(number)
    assert [(one.code, one.state, one.by) for one in _way(desk, number)[1:]] == [
        ("way.in_hand", "past", "Phòng Môi trường"),
        ("way.answered", "past", "Phòng Môi trường"),
    ]


def test_the_way_tells_how_late_the_answer_is(session: Session) -> None:
    desk = make_desk(session)
    (number,) = desk.receive("Một.")
    term = term_of(session, desk.matter)
    assert term is not None and desk.matter.closes_at is not None
    due = term.due(SubmissionKind.COMMENT, NOW - timedelta(days=30))
    assert due is not None
    assert [one.state for one in _way(desk, number, calendar.end_of(due) - timedelta(seconds=1))][1] == "next"
    late = _way(desk, number, clock.start_of_day(due + timedelta(days=3)))[1]
    assert (late.code, late.state, late.days_late, late.by) == ("way.in_hand", "late", 3, desk.body.name)


def test_passing_on_is_not_told(session: Session) -> None:
    desk = make_desk(session, Stage.OPEN)
    waiting, passed = desk.receive("Chờ.", "Tố cáo.")
    acts.pass_on(session, desk.matter, [passed], "", desk.officer, NOW)
    assert [one.code for one in _way(desk, passed)] == [one.code for one in _way(desk, waiting)]


def test_what_ended_otherwise_says_so(session: Session) -> None:
    desk = make_desk(session, Stage.OPEN)
    invalid, whole = desk.receive("Thử.", "Hai việc.")
    act = acts.propose(session, desk.matter, invalid, CommentActKind.INVALID, "trial", desk.officer, NOW)
    acts.confirm(session, desk.matter, act.id, desk.leader, NOW)
    acts.split(session, desk.matter, whole, [comment("A."), comment("B.")], desk.officer, NOW)
    assert _way(desk, invalid)[-1].code == "outcome.invalid"
    assert _way(desk, whole)[-1].code == "outcome.split"


def test_an_answer_to_what_nobody_may_read_goes_to_the_sender(session: Session) -> None:
    desk = make_desk(session)
    shown, hidden = desk.receive("Một.", "Hai.")
    acts.release(session, desk.matter, [shown], desk.officer, NOW)
    for number in (shown, hidden):
        desk.answer(number, text=f"Trả lời {number}.", change="Điều 2")
    ids = {number: _comment(desk, number).id for number in (shown, hidden)}
    told = published_answers(session, desk.matter, ids.values())
    assert [told[ids[number]].text for number in (shown, hidden)] == [f"Trả lời {shown}.", None]
    assert (told[ids[hidden]].change, told[ids[hidden]].disposition.value) == (None, "accepted")
    sent = published_answers(session, desk.matter, [ids[hidden]], to_sender=True)
    assert sent[ids[hidden]].text == f"Trả lời {hidden}."


def test_a_correction_is_not_public_before_it_is_published(session: Session) -> None:
    desk = make_desk(session)
    (number,) = desk.receive("Một.")
    acts.release(session, desk.matter, [number], desk.officer, NOW)
    response = desk.answer(number, text="Lần một.")
    desk.draft(number, text="Lần hai.", response_id=response.id)
    key = _comment(desk, number).id
    assert published_answers(session, desk.matter, [key])[key].text == "Lần một."


def test_drafts_are_nobodys_answer(session: Session) -> None:
    desk = make_desk(session)
    (number,) = desk.receive("Một.")
    desk.approve(desk.draft(number))
    assert published_answers(session, desk.matter, [_comment(desk, number).id]) == {}


TERM = AnswerTerm(15, DayUnit.WORKING_DAY, Roll.NONE, date(2026, 10, 30), Holidays())


@pytest.mark.parametrize(
    ("kind", "received", "due"),
    [
        (SubmissionKind.COMMENT, datetime(2026, 10, 20, tzinfo=UTC), date(2026, 11, 20)),
        (SubmissionKind.FORMAL, datetime(2026, 11, 2, tzinfo=UTC), date(2026, 11, 23)),
        (SubmissionKind.CRITIQUE, datetime(2026, 10, 20, tzinfo=UTC), date(2026, 11, 10)),
    ],
)
def test_from_when_the_term_runs(kind: SubmissionKind, received: datetime, due: date) -> None:
    assert TERM.due(kind, received) == due
    assert TERM.overdue(kind, received, due) == 0
    assert TERM.overdue(kind, received, due + timedelta(days=1)) == 1


@pytest.mark.parametrize("days", [0, 10, 20, 21, 22, 23, 24, 25, 40])
def test_overdue_in_a_statement_is_overdue_in_python(session: Session, days: int) -> None:
    desk = make_desk(session, opened_before=30, days=20)
    front = make_organisation(session, OrganisationKind.FRONT_COMMITTEE)
    critique = CritiqueInput("written", {}, "Cần sửa.")
    sender = Sender(organisation_id=front.id)
    opens = desk.matter.opens_at
    assert opens is not None
    for day in (0, 1, 5):
        desk.receive("Một.", at=opens + timedelta(days=day))
    for day in (0, 3, 10, 24):
        at = opens + timedelta(days=day)
        desk.receive("Hai.", at=at, kind=SubmissionKind.CRITIQUE, critique=critique, sender=sender)
    term, today = term_of(session, desk.matter), clock.local_day(opens) + timedelta(days=days)
    assert term is not None
    rows = session.execute(
        select(Submission.kind, Comment.received_at, overdue_expression(term, today)).join(
            Submission,
            (Submission.consultation_id == Comment.consultation_id) & (Submission.id == Comment.submission_id),
        )
    )
    for kind, received_at, overdue in rows:
        assert bool(overdue) == (term.overdue(kind, received_at, today) > 0), (kind, received_at)
