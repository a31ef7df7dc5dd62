"""What of a matter itself waits: a draft nobody made public, texts to be checked, and an end that nothing keeps off."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.document_models import Revision
from consult.consultations.models import Consultation
from consult.consultations.revisions import matching, next_revision
from consult.consultations.words import Disclosure
from consult.people.words import Role
from consult.policy import Actor
from consult.stages import Stage
from consult.work import queues
from consult.work.waits import Waiting
from consult.work.words import DraftStep, Queue
from tests.application import sign_in
from tests.builders import NOW, make_actor, make_consultation, make_user, period_of
from tests.consultations.revised import add
from tests.pages import Browser
from tests.responses.desk_builder import Desk, make_desk

DRAFTS = {Queue.TO_PREPARE, Queue.MATTER_TO_PUBLISH, Queue.REVISION_TO_PUBLISH}


def told(session: Session, actor: Actor, kinds: set[Queue] = DRAFTS) -> dict[Queue, Waiting]:
    return {one.queue: one for one in queues.waiting(session, actor, NOW) if one.queue in kinds}


def in_preparation(session: Session, desk: Desk) -> Consultation:
    """A matter of the same body with its days, not published."""
    matter = make_consultation(session, Stage.DRAFTING, lead=desk.body)
    period = period_of(session, matter)
    period.opens_at, period.closes_at = NOW + timedelta(days=5), NOW + timedelta(days=35)
    session.commit()
    session.expire(matter)
    return matter


def worker(session: Session, desk: Desk, *roles: Role) -> Actor:
    return make_actor(session, desk.body, *roles, user=make_user(session, desk.body, roles, "Lê Thị Soạn"))


@pytest.mark.parametrize("stage", [Stage.OPEN, Stage.RESPONDING, Stage.CONCLUDED])
def test_a_further_draft_waits_for_who_may_publish_it_until_it_is_public(session: Session, stage: Stage) -> None:
    desk = make_desk(session, stage)
    assert Queue.REVISION_TO_PUBLISH not in told(session, desk.publisher)
    revision = add(session, desk.matter, desk.publisher, now=NOW - timedelta(days=3))
    for actor in (desk.publisher, desk.officer):
        line = told(session, actor)[Queue.REVISION_TO_PUBLISH]
        assert (line.count, line.since, DraftStep.COMPARISON in line.steps) == (1, NOW - timedelta(days=3), True)
    assert Queue.REVISION_TO_PUBLISH not in told(session, desk.leader), "a leader publishes no draft"
    matching.match_revision(session, desk.matter, revision, desk.publisher, NOW)
    assert DraftStep.COMPARISON not in told(session, desk.publisher)[Queue.REVISION_TO_PUBLISH].steps
    revision.warnings = []
    session.commit()
    assert Queue.REVISION_TO_PUBLISH not in told(session, desk.officer), "nothing is left that an officer may do"
    assert told(session, desk.publisher)[Queue.REVISION_TO_PUBLISH].steps == ()
    next_revision.publish_revision(session, desk.matter, revision, desk.publisher, NOW)
    assert Queue.REVISION_TO_PUBLISH not in told(session, desk.publisher)


def test_a_further_draft_waits_for_its_pages(session: Session) -> None:
    desk = make_desk(session, Stage.OPEN)
    revision = add(session, desk.matter, desk.publisher)
    revision.pages_total = 3
    session.commit()
    assert DraftStep.PAGES_WAITING in told(session, desk.officer)[Queue.REVISION_TO_PUBLISH].steps
    revision.pages_failed = "damaged"
    session.commit()
    steps = told(session, desk.officer)[Queue.REVISION_TO_PUBLISH].steps
    assert steps[0] is DraftStep.PAGES_FAILED and DraftStep.PAGES_WAITING not in steps


def test_a_matter_in_preparation_is_in_the_hands_of_who_takes_its_next_step(session: Session) -> None:
    desk = make_desk(session, Stage.OPEN)
    matter = in_preparation(session, desk)
    officer, publisher = worker(session, desk, Role.OFFICER), desk.publisher
    ready = {who.user_id: told(session, who) for who in (officer, publisher)}
    assert Queue.MATTER_TO_PUBLISH in ready[publisher.user_id] and ready[officer.user_id] == {}
    assert ready[publisher.user_id][Queue.MATTER_TO_PUBLISH].since == matter.created_at
    revision = session.scalars(select(Revision).where(Revision.consultation_id == matter.id)).one()
    revision.pages_failed = "damaged"
    session.commit()
    for who in (officer, publisher):
        found = told(session, who)
        assert {*found} == {Queue.TO_PREPARE}
        assert DraftStep.PAGES_FAILED in found[Queue.TO_PREPARE].steps


def test_the_day_after_it_should_have_opened_a_matter_is_to_be_prepared_again(session: Session) -> None:
    desk = make_desk(session, Stage.OPEN)
    in_preparation(session, desk)
    assert {*told(session, desk.publisher)} == {Queue.MATTER_TO_PUBLISH}
    later = queues.waiting(session, desk.publisher, NOW + timedelta(days=6))
    [line] = [one for one in later if one.queue in DRAFTS]
    assert line.queue is Queue.TO_PREPARE and DraftStep.PERIODS in line.steps


def test_what_is_in_check_waits_where_somebody_decides_it(session: Session) -> None:
    desk = make_desk(session, Stage.OPEN)
    one, two = desk.receive("Một.")[0], desk.receive("Hai.")[0]
    assert told(session, desk.officer, {Queue.TO_CHECK})[Queue.TO_CHECK].count == 2
    desk.release(one)
    assert told(session, desk.leader, {Queue.TO_CHECK})[Queue.TO_CHECK].count == 1
    desk.matter.disclosure = Disclosure.WITH_ANSWERS
    session.commit()
    assert told(session, desk.officer, {Queue.TO_CHECK}) == {} and two


def test_a_matter_waits_for_its_end_once_nothing_awaits_an_answer(session: Session) -> None:
    desk = make_desk(session, Stage.RESPONDING)
    number = desk.receive("Một.")[0]
    assert told(session, desk.publisher, {Queue.TO_CONCLUDE}) == {}
    desk.answer(number)
    assert told(session, desk.publisher, {Queue.TO_CONCLUDE})[Queue.TO_CONCLUDE].since == desk.matter.closes_at
    assert told(session, desk.officer, {Queue.TO_CONCLUDE}) == {}
    still_open = make_desk(session, Stage.OPEN)
    assert told(session, still_open.publisher, {Queue.TO_CONCLUDE}) == {}


def test_the_pages_say_what_waits_and_lead_to_it(app_session: Session, browser: Browser) -> None:
    desk = make_desk(app_session, Stage.OPEN, now=clock.now())
    app_session.rollback()
    add(app_session, desk.matter, desk.publisher, now=clock.now())
    app_session.commit()
    sign_in(browser, desk.people["officer"])
    page = browser.get("/xu-ly/")
    assert "Bản dự thảo mới đã tải lên, chờ công bố" in page.text and "đối chiếu với bản trước" in page.text
    [link] = [one for one in page.find("//a/@href") if str(one).endswith("/ban-moi/")]
    assert "chưa công bố" in browser.get(str(link)).text
    managed = browser.get(f"/xu-ly/{desk.matter.slug}/dot/")
    assert "Bản dự thảo lần 2" in managed.text and "chưa công bố" in managed.text
