"""Failures that other systems had, at the desk: what two do at the same moment, and rules asked too early."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.matter import queries
from consult.consultations.matter.queries import by_slug
from consult.consultations.preparation import publication
from consult.consultations.revisions import next_revision
from consult.db import Database
from consult.errors import Invalid, NotFound, Refused
from consult.ledger.models import LedgerEntry
from consult.outbox.models import OutboxMessage
from consult.responses.answers import answer_state
from consult.responses.answers.conclusion import seal
from consult.responses.answers.drafting import draft_answer
from consult.responses.answers.published import all_published
from consult.stages import Stage
from consult.submissions.acts import service as acts
from consult.submissions.comments import comment_state
from consult.submissions.comments.listing import public_comments
from consult.submissions.comments.outcome import Visibility
from consult.submissions.models import CommentAct
from consult.submissions.words import Channel, CommentActKind
from tests.builders import DRAFT, NOW, make_publisher, period_of, read_text
from tests.responses.desk_builder import comment, make_desk


def test_a_matter_stopped_since_it_was_read_takes_no_act(database: Database) -> None:
    with database.session() as session, database.session() as other:
        desk = make_desk(session)
        numbers = desk.receive("Một.")
        publisher, before = make_publisher(session), by_slug(session, desk.matter.slug)
        assert before.withdrawn_at is None
        publication.withdraw(other, by_slug(other, before.slug), "Soạn lại.", publisher, NOW)
        with pytest.raises(Refused, match="withdrawn"):
            acts.release(session, before, numbers, desk.officer, NOW)
        with pytest.raises(Refused, match="withdrawn"):
            desk.draft(*numbers)


def test_release_and_withdrawal_of_the_matter_at_once(database: Database) -> None:
    with database.session() as session:
        desk = make_desk(session)
        numbers = desk.receive("Một.", "Hai.")
        publisher = make_publisher(session)
    start = Barrier(2)

    def run(act: Any) -> str:
        with database.session() as own:
            matter = by_slug(own, desk.matter.slug)
            assert matter.withdrawn_at is None
            start.wait(timeout=20)
            try:
                act(own, matter)
            except Refused as refused:
                return refused.reason
            return "done"

    with ThreadPoolExecutor(2) as pool:
        released = pool.submit(run, lambda own, matter: acts.release(own, matter, numbers, desk.officer, NOW))
        stopped = pool.submit(run, lambda own, matter: publication.withdraw(own, matter, "Soạn lại.", publisher, NOW))
        assert stopped.result(timeout=60) == "done"
        with database.session() as session:
            kinds = list(session.scalars(select(LedgerEntry.kind).order_by(LedgerEntry.index)))
        first_to_last = kinds.index("withdrawn_matter")
        assert released.result(timeout=60) == ("done" if "released" in kinds[:first_to_last] else "withdrawn")
        assert "released" not in kinds[first_to_last:]


def test_extension_and_sealing_at_once_leave_one_truth(database: Database) -> None:
    with database.session() as session:
        desk = make_desk(session)
        publisher, end = make_publisher(session), desk.matter.closes_at
        assert end is not None
        period, event = period_of(session, desk.matter), OutboxMessage.event == "matter_closed_period"
        messages = session.scalars(select(OutboxMessage).where(event)).all()
    start = Barrier(2)

    def extend() -> None:
        with database.session() as own:
            matter = by_slug(own, desk.matter.slug)
            start.wait(timeout=20)
            day = (end + timedelta(days=30)).date()
            publication.extend(own, matter, period.id, day, "Theo đề nghị.", publisher, end)

    def close() -> None:
        with database.session() as own:
            start.wait(timeout=20)
            seal(own, messages, end + clock.STILL_ON_THE_WAY)

    with ThreadPoolExecutor(2) as pool:
        for done in (pool.submit(extend), pool.submit(close)):
            done.result(timeout=60)
    with database.session() as session:
        matter = by_slug(session, desk.matter.slug)
        assert matter.sealed_at is None and matter.closes_at is not None and matter.closes_at > end


def test_a_bulk_act_with_one_wrong_number_does_nothing(session: Session) -> None:
    desk = make_desk(session)
    numbers = desk.receive("Một.", "Hai.")
    entries = len(session.scalars(select(LedgerEntry)).all())
    with pytest.raises(NotFound):
        acts.release(session, desk.matter, [*numbers, 999], desk.officer, NOW)
    with pytest.raises(NotFound):
        draft_answer(session, desk.matter, [*numbers, 999], "accepted", "", desk.officer, NOW)
    assert not session.scalars(select(CommentAct)).all() and not answer_state.read(session, desk.matter.id)
    assert len(session.scalars(select(LedgerEntry)).all()) == entries


def test_an_answer_saved_after_its_approval_is_a_new_version_and_the_public_one_stays(session: Session) -> None:
    desk = make_desk(session)
    numbers = desk.receive("Một.")
    response = desk.answer(*numbers, text="Đã tiếp thu.")
    desk.draft(*numbers, response_id=response.id, text="Sửa lại.")
    (public,) = all_published(session, desk.matter, to_sender=True).values()
    assert (public.version, public.text) == (1, "Đã tiếp thu.")
    assert len(answer_state.one(session, desk.matter.id, response.id).versions) == 2


def test_a_redaction_says_nothing_that_no_page_can_show(session: Session) -> None:
    """A stance that is none would have broken every public page with this comment."""
    desk = make_desk(session)
    (number,) = desk.receive("Nhà tôi ở số 1.")
    redacted, details = CommentActKind.REDACTED, {"text": "Nhà tôi ở […].", "stance": "angry"}
    with pytest.raises(Invalid) as refused:
        acts.propose(session, desk.matter, number, redacted, "personal_data", desk.officer, NOW, details)
    assert refused.value.errors == {"stance": "not_a_choice"}
    act = acts.propose(
        session, desk.matter, number, redacted, "personal_data", desk.officer, NOW, {**details, "stance": "question"}
    )
    acts.confirm(session, desk.matter, act.id, desk.second_officer, NOW)
    (seen,) = public_comments(session, desk.matter)
    assert (seen.text, seen.stance) == ("Nhà tôi ở […].", "question")


def test_what_is_looked_at_before_it_is_public_stays_so_through_every_change_of_the_matter(session: Session) -> None:
    """Elsewhere looking at comments first was off after the launch, and nobody had turned it off."""
    desk = make_desk(session, Stage.OPEN)
    matter, end = desk.matter, clock.local_day(period_of(session, desk.matter).closes_at)
    day = end + timedelta(days=9)
    publication.extend(session, matter, period_of(session, matter).id, day, "Theo đề nghị.", desk.publisher, NOW)
    document = queries.document_of(session, matter.id, 1)
    longer = read_text(DRAFT + "\n### Điều 4. Chuyển tiếp\n\nThực hiện theo Quyết định này.\n")
    revision = next_revision.add_revision(session, matter, document, longer, desk.publisher, NOW)
    next_revision.publish_revision(session, matter, revision, desk.publisher, NOW)
    for channel in Channel:
        paper = channel is not Channel.WEB
        given = {"received_at": NOW, "received_reason": "Theo dấu bưu điện."} if paper else {}
        [number] = desk.receive(f"Gửi qua {channel}.", at=NOW, channel=channel, **given)
        parts = acts.split(session, matter, number, [comment("Một."), comment("Hai.")], desk.officer, NOW)
        found = comment_state.read(session, matter.id, [number, *(part.number for part in parts)])
        assert {one.visibility for one in found} == {Visibility.IN_CHECK}, channel
    assert not any(one.text for one in public_comments(session, matter))
