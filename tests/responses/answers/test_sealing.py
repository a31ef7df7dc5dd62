"""The seal stands behind everything that arrived in time, and nothing from the site stands behind the seal."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from types import ModuleType

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.matter import policy_facts
from consult.consultations.preparation import publication
from consult.db import writing
from consult.errors import Refused
from consult.ledger import comment_entries
from consult.ledger import entries as written
from consult.ledger import service as ledger
from consult.ledger.models import LedgerEntry
from consult.outbox.models import OutboxMessage
from consult.policy import ANYBODY, Action, decide
from consult.responses.answers.conclusion import conclude, seal
from consult.submissions.acts import service as acts
from consult.submissions.inputs import NewSubmission
from consult.submissions.joining import service as joining
from consult.submissions.models import Submission
from consult.submissions.receiving.service import receive
from consult.submissions.sender import amendment
from consult.submissions.words import Channel
from consult.transparency.row_reading import Tampered
from consult.transparency.verification import log
from consult.transparency.verification.sealed import check_sealed
from tests.application import CODES
from tests.builders import period_of
from tests.responses.desk_builder import SIGNER, Desk, comment, make_desk

A_SECOND = timedelta(seconds=1)


@pytest.fixture
def desk(session: Session) -> Desk:
    """A matter whose public period is over, with two comments in its log."""
    made = make_desk(session)
    made.receive("Một.", "Hai.")
    return made


def end_of(desk: Desk) -> datetime:
    """The first instant after the public period."""
    assert desk.matter.closes_at is not None
    return desk.matter.closes_at


def messages(desk: Desk) -> list[OutboxMessage]:
    """What asks the worker to seal, the oldest first."""
    asked = select(OutboxMessage).where(OutboxMessage.event == "matter_closed_period").order_by(OutboxMessage.run_at)
    return list(desk.session.scalars(asked))


def close(desk: Desk) -> datetime:
    """The worker seals as soon as it may; gives when that was."""
    at = end_of(desk) + clock.STILL_ON_THE_WAY
    seal(desk.session, messages(desk), at)
    return at


def send(desk: Desk, arrived_at: datetime, now: datetime, key: str, **given: object) -> None:
    """A comment that arrived at one instant and is written at another."""
    new = NewSubmission((comment("Gửi phút chót."),), arrived_at, f"{key:-<32}", **given)  # type: ignore[arg-type]
    receive(desk.session, desk.matter, new, now, SIGNER, CODES)


def kinds(desk: Desk) -> list[str]:
    """What the log says, in its order."""
    own = LedgerEntry.consultation_id == desk.matter.id
    return list(desk.session.scalars(select(LedgerEntry.kind).where(own).order_by(LedgerEntry.index)))


def replayed(desk: Desk, verifier: ModuleType) -> int:
    """How many comments an outsider reads in the log; raises when an entry does not follow from those before it."""
    own = LedgerEntry.consultation_id == desk.matter.id
    told, leaves = verifier.check_entries(
        desk.session.scalars(select(LedgerEntry.body).where(own).order_by(LedgerEntry.index)).all()
    )
    replay = verifier.Replay(leaves)
    for entry in told:
        replay.take(entry)
    return len(replay.comments)


def test_what_arrived_in_the_last_second_stands_before_the_seal(desk: Desk, verifier: ModuleType) -> None:
    end = end_of(desk)
    seal(desk.session, messages(desk), end)
    send(desk, end - A_SECOND, end + timedelta(minutes=9), "slow")
    close(desk)
    assert kinds(desk)[-2:] == ["received", "sealed"]
    assert replayed(desk, verifier) == 3
    check_sealed(log.entries(desk.session, desk.matter.id))


def test_a_message_that_did_not_wait_is_put_off_and_not_lost(desk: Desk) -> None:
    end = end_of(desk)
    (asked,) = messages(desk)
    asked.run_at = end
    seal(desk.session, [asked], end)
    put_off = messages(desk)[-1]
    assert put_off is not asked and put_off.run_at == end + clock.STILL_ON_THE_WAY
    seal(desk.session, [put_off], put_off.run_at)
    assert desk.matter.sealed_at == put_off.run_at


def test_nothing_is_concluded_while_something_may_be_on_its_way(desk: Desk) -> None:
    desk.answer(1, 2)
    desk.release(1, 2)
    with pytest.raises(Refused, match="still_on_the_way"):
        conclude(desk.session, desk.matter, desk.publisher, end_of(desk) + timedelta(minutes=10))
    conclude(desk.session, desk.matter, desk.publisher, end_of(desk) + clock.STILL_ON_THE_WAY)


def _send(desk: Desk, moment: datetime) -> None:
    send(desk, moment, moment, "back")


def _join(desk: Desk, moment: datetime) -> None:
    joining.join(desk.session, desk.matter, 1, joining.NewJoining(f"{'join':-<32}", moment), moment, SIGNER, CODES)


def _amend(desk: Desk, moment: datetime) -> None:
    submission = desk.session.scalars(select(Submission)).one()
    amendment.amend(desk.session, desk.matter, submission, 1, comment("Khác."), moment, moment)


def _withdraw(desk: Desk, moment: datetime) -> None:
    submission = desk.session.scalars(select(Submission)).one()
    amendment.withdraw(desk.session, desk.matter, submission, [1], moment, moment)


@pytest.mark.parametrize("act", [_send, _join, _amend, _withdraw])
def test_a_clock_that_was_set_back_opens_nothing_that_is_sealed(
    desk: Desk, act: Callable[[Desk, datetime], None]
) -> None:
    acts.release(desk.session, desk.matter, [1, 2], desk.officer, end_of(desk))
    close(desk)
    before = kinds(desk)
    with pytest.raises(Refused, match="too_late"):
        act(desk, end_of(desk) - A_SECOND)
    assert kinds(desk) == before


def test_the_policy_sees_what_is_sealed_in_a_glance_and_in_full(desk: Desk) -> None:
    moment = end_of(desk) - A_SECOND
    for sealed, reason in ((False, None), (True, "too_late")):
        if sealed:
            close(desk)
        for matter in (desk.matter, policy_facts.by_id(desk.session.connection(), desk.matter.id)):
            assert decide(ANYBODY, Action.SEND_COMMENT, matter, moment) == reason


def test_paper_that_lay_here_in_time_is_still_typed_in(desk: Desk, verifier: ModuleType) -> None:
    at = close(desk)
    given = {
        "channel": Channel.POST,
        "received_at": end_of(desk) - timedelta(days=1),
        "received_reason": "Dấu bưu điện",
    }
    send(desk, at, at, "paper", **given)
    assert kinds(desk)[-1] == "received" and replayed(desk, verifier) == 3
    check_sealed(log.entries(desk.session, desk.matter.id))


def test_a_longer_period_is_open_again_until_its_own_seal(desk: Desk, verifier: ModuleType) -> None:
    at, period = close(desk), period_of(desk.session, desk.matter)
    longer = clock.local_day(at + timedelta(days=40))
    publication.extend(desk.session, desk.matter, period.id, longer, "Theo đề nghị của các xã.", desk.publisher, at)
    send(desk, at + A_SECOND, at + A_SECOND, "again")
    close(desk)
    assert kinds(desk).count("sealed") == 2 and replayed(desk, verifier) == 3
    check_sealed(log.entries(desk.session, desk.matter.id))


@pytest.mark.parametrize("kind", ["received", "joined"])
def test_both_verifiers_name_what_stands_behind_the_seal(desk: Desk, verifier: ModuleType, kind: str) -> None:
    acts.release(desk.session, desk.matter, [1, 2], desk.officer, end_of(desk))
    at = close(desk)
    first = select(LedgerEntry.body).where(LedgerEntry.comment_number == 2).order_by(LedgerEntry.index).limit(1)
    last = json.loads(desk.session.scalars(first).one())
    received = {name: last[name] for name in ("anchor", "channel", "commitments", "day", "part_of")}
    late = written.Act("received", {**received, "submission": 2, "submission_kind": "comment"}, 3)
    with writing(desk.session, desk.matter.id):
        ledger.append(desk.session, desk.matter.id, [comment_entries.joined(1, 1) if kind == "joined" else late], at)
    index = len(kinds(desk)) - 1
    with pytest.raises(Tampered, match=f"entry {index}: it comes after the log was sealed"):
        check_sealed(log.entries(desk.session, desk.matter.id))
    with pytest.raises(verifier.BadEntry, match="after the log was sealed"):
        replayed(desk, verifier)
