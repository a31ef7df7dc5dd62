"""Somebody always administers the site, also the day after tomorrow; and nobody alone makes a role last longer."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.administration import corrections
from consult.administration.accounts import role_proposals, roles
from consult.administration.accounts import service as accounts
from consult.administration.bodies import changes
from consult.administration.bodies import service as bodies
from consult.administration.condition import setup_checks
from consult.administration.models import Settlement
from consult.errors import Refused
from consult.people.models import Membership, Organisation, User
from consult.people.organisations import NewOrganisation
from consult.people.words import Level, OrganisationKind, Role
from consult.policy import ANYBODY, Actor
from consult.sign_in.actors import actor_of
from tests.administration.bodies.documents import DECISION
from tests.application import sign_in
from tests.builders import NOW, TODAY, make_organisation, make_unit, make_user
from tests.pages import Browser

TOMORROW, LATER = TODAY + timedelta(days=1), TODAY + timedelta(days=30)


def role_of(session: Session, actor: Actor) -> Membership:
    """The role of an administrator."""
    return session.scalars(select(Membership).filter_by(user_id=actor.user_id)).one()


def account_of(session: Session, actor: Actor) -> User:
    """Whose account somebody acts with."""
    return session.get_one(User, actor.user_id)


def leader(session: Session, body: Organisation, one: Actor, two: Actor) -> Membership:
    """A leader until some days from now, as two administrators wanted it."""
    user = make_user(session)
    made = roles.grant(session, user.id, body.id, None, Role.LEADER, None, TODAY + timedelta(days=3), one, NOW)
    role_proposals.settle(session, [made.id], Settlement.CONFIRMED, two, NOW)
    return session.scalars(select(Membership).filter_by(user_id=user.id)).one()


def test_two_administrators_do_not_end_each_other_on_a_day(session: Session, one: Actor, two: Actor) -> None:
    roles.end(session, role_of(session, two).id, TOMORROW, one, NOW)
    for last_day in (None, TOMORROW, LATER):
        with pytest.raises(Refused, match="last_administrator"):
            roles.end(session, role_of(session, one).id, last_day, two, NOW)
    assert role_of(session, one).until is None


def test_who_administers_until_a_day_does_not_outlast_who_does_for_good(session: Session, body, one, two) -> None:
    made = make_user(session)
    waiting = roles.grant(session, made.id, body.id, None, Role.ADMINISTRATOR, None, LATER, one, NOW)
    role_proposals.settle(session, [waiting.id], Settlement.CONFIRMED, two, NOW)
    dated = actor_of(session, made, NOW)
    roles.end(session, role_of(session, two).id, None, one, NOW)
    first = account_of(session, one)
    with pytest.raises(Refused, match="last_administrator"):
        roles.end(session, role_of(session, one).id, None, dated, NOW)
    with pytest.raises(Refused, match="last_administrator"):
        accounts.close(session, first.id, dated, NOW)
    seen = {"name": first.name, "office": first.office, "mail": first.mail}
    with pytest.raises(Refused, match="last_administrator"):
        new = {**seen, "mail": "khac@example.vn"}
        corrections.account_corrected(session, first.id, seen, new, "Ghi sai.", dated, NOW)
    roles.end(session, role_of(session, dated).id, TOMORROW, one, NOW)


def test_a_body_that_is_followed_leaves_administrators(session: Session, body, one: Actor, two: Actor) -> None:
    """Until the day their roles end with the old body, and those of the new one are there already."""
    new = NewOrganisation("Sở Môi trường", OrganisationKind.DEPARTMENT, Level.PROVINCE)
    changes.succeed(session, body.id, new, TOMORROW, DECISION, one, NOW)
    assert setup_checks.administrators(session, NOW).reason == "well"
    for held in session.scalars(select(Membership).filter_by(user_id=two.user_id)).all():
        roles.end(session, held.id, None, one, NOW)
    left = session.scalars(select(Membership).filter_by(user_id=one.user_id, until=None)).one()
    with pytest.raises(Refused, match="last_administrator"):
        roles.end(session, left.id, None, two, NOW)


def test_the_day_of_the_last_administrator_is_told_before_it_comes(session: Session, body, one, two) -> None:
    assert setup_checks.administrators(session, NOW).reason == "well"
    for actor, days in ((one, 5), (two, 9)):
        role_of(session, actor).until = clock.start_of_day(TODAY + timedelta(days=days + 1))
    session.commit()
    found = setup_checks.administrators(session, NOW)
    last = TODAY + timedelta(days=9)
    assert (found.reason, found.details) == ("ends", {"day": f"{last.day}/{last.month}/{last.year}"})


def test_nobody_alone_makes_a_role_last_longer_by_ending_it(session: Session, body, one, two) -> None:
    held = leader(session, body, one, two)
    until = held.until
    roles.end(session, held.id, TODAY + timedelta(days=3650), one, NOW + timedelta(days=1))
    assert held.until == until
    roles.end(session, held.id, TOMORROW, one, NOW)
    assert held.until == clock.start_of_day(TODAY + timedelta(days=2))


def test_nobody_alone_gives_back_what_another_took_with_the_account(session: Session, body, one, two) -> None:
    held = leader(session, body, one, two)
    roles.grant(session, held.user_id, body.id, None, Role.SENDER, None, None, one, NOW)
    until = held.until
    accounts.close(session, held.user_id, two, NOW)
    accounts.reopen(session, held.user_id, one, NOW)
    assert [seat.role for seat in actor_of(session, held.user, NOW).seats] == [Role.SENDER]
    [waiting] = role_proposals.waiting(session, held.user_id)
    assert (waiting.role, waiting.until, waiting.proposed_by_id) == (Role.LEADER, until, one.user_id)
    with pytest.raises(Refused, match="own_proposal"):
        role_proposals.settle(session, [waiting.id], Settlement.CONFIRMED, one, NOW)
    with pytest.raises(Refused, match="open_already"):
        accounts.reopen(session, held.user_id, one, NOW)


def test_an_account_opens_again_when_what_it_worked_for_is_gone(session: Session, body, one, two) -> None:
    other = make_organisation(session, name="Sở cũ")
    unit = make_unit(session, body)
    user = make_user(session, other, [Role.OFFICER])
    session.add(Membership(user_id=user.id, organisation_id=body.id, unit_id=unit.id, role=Role.LEADER, since=NOW))
    session.commit()
    accounts.close(session, user.id, two, NOW)
    changes.end(session, other.id, TODAY, DECISION, one, NOW)
    bodies.end_unit(session, unit.id, TODAY, one, NOW)
    accounts.reopen(session, user.id, one, NOW)
    assert user.disabled_at is None and actor_of(session, user, NOW).seats == ()
    assert role_proposals.waiting(session, user.id) == []


def test_an_administrator_whose_account_opens_again_waits_for_a_second(session: Session, body, one, two) -> None:
    accounts.close(session, two.user_id, one, NOW)
    accounts.reopen(session, two.user_id, one, NOW)
    assert actor_of(session, account_of(session, two), NOW).seats == ()
    accounts.close(session, two.user_id, one, NOW)
    accounts.reopen(session, two.user_id, ANYBODY, NOW)
    assert [one.role for one in role_proposals.waiting(session)] == [Role.ADMINISTRATOR]


def test_the_question_names_the_day_and_an_impossible_one_is_not_asked(app: Flask, app_session: Session) -> None:
    office = make_organisation(app_session, name="Sở")
    browser = Browser(app)
    sign_in(browser, make_user(app_session, office, [Role.ADMINISTRATOR]))
    user = make_user(app_session, office, [Role.LEADER, Role.OFFICER], name="Nông Thị Hằng")
    held, dated = user.memberships
    today = clock.local_day(clock.now())
    dated.until = clock.start_of_day(today + timedelta(days=5))
    app_session.commit()
    path = f"/quan-tri/vai-tro/{held.id}/cham-dut/"
    sent = browser.get(path).forms()[-1].values()
    last = today + timedelta(days=20)
    for typed in ("31/02/2027", "khi nào xong"):
        page = browser.post(path, {**sent, "last_day": typed}, status=422)
        assert page.heading == "Nông Thị Hằng" and page.errors()
    page = browser.post(path, {**sent, "last_day": last.isoformat()}, status=409)
    assert f"sau khi hết ngày {last.day}/{last.month}/{last.year}" in page.text and "kể từ lúc này" not in page.text
    assert "Đã chấm dứt vai trò" in page.submit(button="Chấm dứt vai trò").text
    app_session.rollback()
    app_session.expire_all()
    assert held.until == clock.start_of_day(last + timedelta(days=1))
    ends = today + timedelta(days=4)
    sent = browser.get(f"/quan-tri/vai-tro/{dated.id}/cham-dut/").forms()[-1].values()
    page = browser.post(f"/quan-tri/vai-tro/{dated.id}/cham-dut/", {**sent, "last_day": last.isoformat()}, status=409)
    assert f"sau khi hết ngày {ends.day}/{ends.month}/{ends.year}" in page.text
