"""Both sums of the database are those that the outsiders' verifier works out from the log alone."""

from datetime import timedelta
from types import ModuleType
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.words import Disclosure
from consult.db import new_id
from consult.ledger.models import LedgerEntry
from consult.outbox.models import OutboxMessage
from consult.responses.answers import public_sums
from consult.responses.answers.conclusion import conclude, seal
from consult.stages import Stage
from consult.submissions.acts import service as acts
from consult.submissions.inputs import CommentInput
from consult.submissions.models import Comment, CommentAct, Submission
from consult.submissions.sender.amendment import amend, withdraw
from consult.submissions.words import CommentActKind
from tests.builders import NOW
from tests.responses.desk_builder import Desk, comment, make_desk


def submission_of(desk: Desk, number: int) -> Submission:
    """What the comment was sent in."""
    return desk.session.scalars(
        select(Submission)
        .join(Comment, Comment.submission_id == Submission.id)
        .where(Comment.consultation_id == desk.matter.id, Comment.number == number)
    ).one()


def _decide(desk: Desk, number: int, kind: CommentActKind, reason: str, **details: Any) -> None:
    act = acts.propose(desk.session, desk.matter, number, kind, reason, desk.officer, desk.now, details)
    acts.confirm(desk.session, desk.matter, act.id, desk.leader, desk.now)


def _everything(desk: Desk) -> None:
    """Twelve comments, to which everything happens that can; two go on waiting."""
    session, matter = desk.session, desk.matter
    numbers = desk.receive(*(f"Ý kiến {number}." for number in range(1, 11)))
    if matter.disclosure is Disclosure.ON_RELEASE:
        acts.release(session, matter, numbers[:3], desk.officer, desk.now)
    desk.answer(numbers[0], numbers[1], disposition="not_accepted", text="Vì trái luật.")
    _decide(desk, numbers[1], CommentActKind.WITHHELD, "insult")
    withdraw(session, matter, submission_of(desk, numbers[0]), [numbers[0]], desk.now, desk.now)
    _decide(desk, numbers[2], CommentActKind.REDACTED, "personal_data", text="[…]")
    _decide(desk, numbers[3], CommentActKind.INVALID, "off_topic")
    _decide(desk, numbers[4], CommentActKind.INVALID, "trial")
    acts.split(session, matter, numbers[5], [comment("A."), comment("B.")], desk.officer, desk.now)
    if matter.disclosure is not Disclosure.AT_ONCE:
        acts.pass_on(session, matter, [numbers[6]], "", desk.officer, desk.now)
        acts.quarantine(session, matter, numbers[7], "", desk.officer, desk.now)
    amend(session, matter, submission_of(desk, 9), numbers[8], CommentInput("Nói lại."), desk.now, desk.now)
    response = desk.answer(numbers[9], text="Lần một.")
    desk.draft(numbers[9], text="Lần hai.", response_id=response.id)
    desk.approve(response)


@pytest.mark.parametrize("disclosure", list(Disclosure))
def test_the_log_gives_the_same_sums(session: Session, verifier: ModuleType, disclosure: Disclosure) -> None:
    desk = make_desk(session, Stage.OPEN, disclosure=disclosure)
    _everything(desk)
    replay = _replayed(desk, verifier)
    outcome, visibility = public_sums.outcome(session, desk.matter.id), public_sums.visibility(session, desk.matter.id)
    assert replay.difference(outcome, visibility) is None
    assert outcome["received"] == visibility["total"] == 12


def test_what_is_sealed_and_concluded_holds(session: Session, verifier: ModuleType) -> None:
    desk = make_desk(session)
    first, second = desk.receive("Một.", "Hai.")
    messages = session.scalars(select(OutboxMessage).where(OutboxMessage.event == "matter_closed_period")).all()
    seal(session, messages, NOW)
    desk.answer(first)
    desk.release(first)
    _decide(desk, second, CommentActKind.INVALID, "says_nothing")
    conclude(session, desk.matter, desk.publisher, NOW + timedelta(seconds=1))
    assert _replayed(desk, verifier).outcome()["answered"] == 1


def _replayed(desk: Desk, verifier: ModuleType) -> Any:
    """The log read as an outsider reads it; raises when an entry does not follow from those before it."""
    texts = desk.session.scalars(
        select(LedgerEntry.body).where(LedgerEntry.consultation_id == desk.matter.id).order_by(LedgerEntry.index)
    ).all()
    entries, leaves = verifier.check_entries(texts)
    replay = verifier.Replay(leaves)
    for entry in entries:
        replay.take(entry)
    replay.require_complete()
    return replay


def test_a_comment_that_was_changed_is_public_no_more_until_it_was_looked_at(session: Session) -> None:
    desk = make_desk(session, Stage.OPEN)
    first, second = desk.receive("Một.", "Hai.")
    acts.release(session, desk.matter, [first, second], desk.officer, NOW)
    amend(session, desk.matter, submission_of(desk, first), first, CommentInput("Nói lại."), NOW, NOW)
    seen = {"in_check": 1, "public": 1, "redacted": 0, "withheld": {}, "quarantined": 0}
    assert public_sums.visibility(session, desk.matter.id) == {"total": 2, **seen}
    assert public_sums.both(session, desk.matter.id)[1] == {"total": 2, **seen}


def test_what_one_person_proposed_counts_nowhere(session: Session) -> None:
    desk = make_desk(session, Stage.OPEN)
    first, second = desk.receive("Một.", "Hai.")
    acts.propose(session, desk.matter, first, CommentActKind.INVALID, "off_topic", desk.officer, NOW)
    acts.propose(session, desk.matter, second, CommentActKind.WITHHELD, "insult", desk.officer, NOW)
    outcome, visibility = public_sums.both(session, desk.matter.id)
    assert (outcome["awaiting"], outcome["invalid"]) == (2, {})
    assert (visibility["in_check"], visibility["withheld"]) == (2, {})


def test_withdrawn_ones_are_among_the_withheld_by_that_reason_alone(session: Session) -> None:
    """docs/ledger.md: a withdrawn text is withheld by the reason `withdrawn`, and final, whatever was said before; and
    withdrawn comes first among what became of a comment."""
    desk = make_desk(session, Stage.OPEN)
    first, second, third = desk.receive("Một.", "Hai.", "Ba.")
    _decide(desk, first, CommentActKind.WITHHELD, "insult")
    _decide(desk, second, CommentActKind.WITHHELD, "insult")
    withdraw(session, desk.matter, submission_of(desk, second), [second], NOW, NOW)
    outcome, visibility = public_sums.both(session, desk.matter.id)
    assert visibility["withheld"] == {"insult": 1, "withdrawn": 1} and visibility["in_check"] == 1
    assert (outcome["withdrawn"], outcome["awaiting"]) == (1, 2)


def test_the_first_that_applies_and_of_one_kind_the_latest(session: Session) -> None:
    """Rows that only a fault of ours would leave behind are still counted once, by the order of docs/ledger.md."""
    desk = make_desk(session, Stage.OPEN)
    [one] = desk.receive("Một.")
    comment_id = session.scalars(select(Comment.id).where(Comment.number == one)).one()
    for minutes, kind, reason in (
        (3, CommentActKind.PASSED_ON, ""),
        (1, CommentActKind.INVALID, "off_topic"),
        (2, CommentActKind.INVALID, "trial"),
    ):
        at = NOW + timedelta(minutes=minutes)
        ids = {"consultation_id": desk.matter.id, "id": new_id(), "comment_id": comment_id}
        session.add(CommentAct(**ids, kind=kind, at=at, effective_at=at, reason=reason, details={}))
    session.commit()
    outcome = public_sums.outcome(session, desk.matter.id)
    assert (outcome["invalid"], outcome["passed_on"], outcome["received"]) == ({"trial": 1}, 0, 1)
