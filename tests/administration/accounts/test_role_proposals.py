"""A role that makes somebody a second pair of eyes, or an administrator, takes two administrators."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.administration import audit_log
from consult.administration.accounts import role_proposals, roles
from consult.administration.models import RoleProposal, Settlement
from consult.db import Database
from consult.errors import Invalid, NotFound, Refused
from consult.people.models import Membership, Organisation, User
from consult.people.words import DESK_ROLES, ORGANISATION_ROLES, Role
from consult.policy import ANYBODY, Actor
from consult.sign_in.actors import actor_of
from tests.application import sign_in
from tests.builders import NOW, TODAY, make_actor, make_organisation, make_unit, make_user
from tests.pages import Browser
from tests.races import at_once

CONFIRMED, REFUSED, WITHDRAWN = Settlement.CONFIRMED, Settlement.REFUSED, Settlement.WITHDRAWN


def propose(session: Session, user: User, body: Organisation, role: Role, actor: Actor, **days) -> RoleProposal:
    """A role that waits."""
    made = roles.grant(session, user.id, body.id, None, role, days.get("first_day"), days.get("last_day"), actor, NOW)
    assert isinstance(made, RoleProposal)
    return made


def held(session: Session, user: User, later: timedelta = timedelta()) -> list[Role]:
    """What somebody may act as."""
    return [seat.role for seat in actor_of(session, user, NOW + later).seats]


@pytest.mark.parametrize("role", sorted(DESK_ROLES | {Role.ADMINISTRATOR}))
def test_it_gives_nothing_until_another_confirms_it(session: Session, body, one, two, role: Role) -> None:
    user = make_user(session)
    waiting = propose(session, user, body, role, one)
    assert held(session, user) == [] and session.scalars(select(Membership).filter_by(user_id=user.id)).all() == []
    assert role_proposals.waiting(session) == role_proposals.waiting(session, user.id) == [waiting]
    role_proposals.settle(session, [waiting.id], CONFIRMED, two, NOW)
    assert held(session, user) == [role] and role_proposals.waiting(session) == []
    made = session.get_one(Membership, waiting.membership_id)
    assert (made.granted_by_id, waiting.settled_by_id) == (one.user_id, two.user_id)
    noted = [(act.act, act.by_id) for act in reversed(audit_log.acts_on(session, [user.name]))]
    assert noted[-2:] == [("role_proposed", one.user_id), ("role_confirmed", two.user_id)] or len(noted) == 2


@pytest.mark.parametrize("role", sorted(ORGANISATION_ROLES))
def test_who_speaks_for_an_organisation_needs_one(session: Session, body, one, role: Role) -> None:
    user = make_user(session)
    assert isinstance(roles.grant(session, user.id, body.id, None, role, None, None, one, NOW), Membership)
    assert held(session, user) == [role]


def test_neither_who_proposed_nor_whose_role_it_is_confirms_it(session: Session, body, one, two) -> None:
    user = make_user(session)
    waiting = propose(session, user, body, Role.LEADER, one)
    of_two = propose(session, session.get_one(User, two.user_id), body, Role.LEADER, one)
    for proposal, how, actor, reason in (
        (waiting, CONFIRMED, one, "own_proposal"),
        (waiting, REFUSED, one, "own_proposal"),
        (waiting, CONFIRMED, ANYBODY, "own_proposal"),
        (waiting, WITHDRAWN, two, "not_your_proposal"),
        (of_two, CONFIRMED, two, "not_to_yourself"),
    ):
        with pytest.raises(Refused, match=reason):
            role_proposals.settle(session, [proposal.id], how, actor, NOW)
    assert len(role_proposals.waiting(session)) == 2 and held(session, user) == []


@pytest.mark.parametrize(("how", "by"), [(REFUSED, "two"), (WITHDRAWN, "one")])
def test_it_is_refused_or_withdrawn_for_good(session: Session, body, one, two, how, by: str) -> None:
    user = make_user(session)
    waiting = propose(session, user, body, Role.OFFICER, one)
    role_proposals.settle(session, [waiting.id], how, {"one": one, "two": two}[by], NOW)
    with pytest.raises(Refused, match="proposal_settled"):
        role_proposals.settle(session, [waiting.id], CONFIRMED, two, NOW)
    assert held(session, user) == [] and role_proposals.waiting(session) == []


def test_all_of_them_or_none(session: Session, body, one, two) -> None:
    user = make_user(session)
    good, own = propose(session, user, body, Role.OFFICER, one), propose(session, user, body, Role.LEADER, two)
    with pytest.raises(Refused, match="own_proposal"):
        role_proposals.settle(session, [good.id, own.id], CONFIRMED, two, NOW)
    session.expire_all()
    assert len(role_proposals.waiting(session)) == 2 and held(session, user) == []
    with pytest.raises(NotFound):
        role_proposals.settle(session, [body.id], CONFIRMED, two, NOW)
    with pytest.raises(Refused, match="nothing_chosen"):
        role_proposals.settle(session, [], CONFIRMED, two, NOW)


def test_it_counts_from_the_confirmation_to_the_day_proposed(session: Session, body, one, two) -> None:
    user = make_user(session)
    waiting = propose(session, user, body, Role.OFFICER, one, last_day=TODAY + timedelta(days=3))
    role_proposals.settle(session, [waiting.id], CONFIRMED, two, NOW + timedelta(days=2))
    assert [held(session, user, timedelta(days=day)) for day in (1, 2, 4)] == [[], [Role.OFFICER], []]
    late = propose(session, user, body, Role.LEADER, one, last_day=TODAY + timedelta(days=3))
    with pytest.raises(Refused, match="proposal_over"):
        role_proposals.settle(session, [late.id], CONFIRMED, two, NOW + timedelta(days=5))


def test_what_ended_meanwhile_is_not_confirmed(session: Session, body, one, two) -> None:
    unit, user = make_unit(session, body), make_user(session)
    in_unit = roles.grant(session, user.id, body.id, unit.id, Role.OFFICER, None, None, one, NOW)
    in_body = propose(session, user, body, Role.OFFICER, one)
    unit.valid_to = TODAY
    session.commit()
    with pytest.raises(Invalid):
        role_proposals.settle(session, [in_unit.id], CONFIRMED, two, NOW)
    body.valid_to = TODAY
    session.commit()
    with pytest.raises(Refused, match="organisation_ended"):
        role_proposals.settle(session, [in_body.id], CONFIRMED, two, NOW)


def test_a_command_needs_no_second(session: Session, body) -> None:
    user = make_user(session)
    roles.grant(session, user.id, body.id, None, Role.ADMINISTRATOR, None, None, ANYBODY, NOW)
    assert held(session, user) == [Role.ADMINISTRATOR]


@pytest.mark.parametrize(("other", "by"), [(CONFIRMED, 2), (REFUSED, 2), (WITHDRAWN, 0)])
def test_it_is_decided_once(database: Database, other: Settlement, by: int) -> None:
    with database.session() as session:
        body = make_organisation(session)
        people = [make_actor(session, body, Role.ADMINISTRATOR) for _ in range(3)]
        user = make_user(session)
        waiting = propose(session, user, body, Role.OFFICER, people[0]).id

    def settle(how: Settlement, actor: Actor):
        return lambda own: role_proposals.settle(own, [waiting], how, actor, NOW)

    happened = at_once(database, settle(CONFIRMED, people[1]), settle(other, people[by]))
    assert happened == ["done", "proposal_settled"]
    with database.session() as session:
        assert len(session.scalars(select(Membership).filter_by(user_id=user.id)).all()) <= 1


def test_who_administers_alone_is_told_how_to_have_a_second(app: Flask, app_session: Session) -> None:
    body = make_organisation(app_session)
    user = make_user(app_session, name="Nông Thị Hằng")
    browser = Browser(app)
    sign_in(browser, make_user(app_session, body, [Role.ADMINISTRATOR]))
    page = browser.get(f"/quan-tri/nguoi-dung/{user.id}/")
    page = page.submit({"role": "Lãnh đạo phê duyệt", "organisation": body.name}, form="role")
    assert "Đã đề nghị" in page.text and "Cần người quản trị thứ hai" in page.text and "create-admin" in page.text
    page = page.click("Xem các vai trò chờ xác nhận")
    assert "create-admin" in page.text and "(ông/bà)" in page.text
    chosen = {"proposal": page.find("//input[@name = 'proposal']/@value")}
    assert page.submit({}, button="Xác nhận").errors() == ["Vai trò: Xin chọn ít nhất một mục"]
    assert page.submit(chosen, button="Xác nhận").status == 409
    assert "Đã rút lại đề nghị" in page.submit(chosen, button="Rút lại đề nghị của tôi").text
