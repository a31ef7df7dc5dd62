"""Who was sent away after a backup does not come back in with it."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.administration.accounts import roles, service
from consult.ledger.closing_list import ClosingList
from consult.people.models import Membership, User
from consult.people.words import OrganisationKind, Role
from consult.policy import Actor
from tests.administration.condition.test_condition import stamp
from tests.builders import make_actor, make_organisation, make_user
from tests.faults import Kept

NAME = "Trần Văn Bình"
Done = Callable[[Session, User, Actor], None]


def close(session: Session, user: User, administrator: Actor) -> None:
    service.close(session, user.id, administrator, clock.now())


def reopen(session: Session, user: User, administrator: Actor) -> None:
    service.reopen(session, user.id, administrator, clock.now())


def end(session: Session, user: User, administrator: Actor) -> None:
    roles.end(session, user.memberships[0].id, None, administrator, clock.now())


@pytest.fixture
def officer(app: Flask, app_session: Session) -> User:
    stamp(app)
    return make_user(app_session, make_organisation(app_session, OrganisationKind.DEPARTMENT), [Role.OFFICER], NAME)


@pytest.fixture
def administrator(app_session: Session, officer: User) -> Actor:
    return make_actor(app_session, officer.memberships[0].organisation, Role.ADMINISTRATOR)


def set_back(app: Flask, session: Session, folder: Path, *done: Callable[[], None]) -> None:
    session.commit()
    before = Kept.of(app, folder)
    for act in done:
        act()
        session.commit()
        while app.extensions["consult.worker"].work_once(clock.now() + timedelta(minutes=1)):
            pass
    session.close()
    before.go_back()


def works(session: Session) -> bool:
    session.rollback()
    session.expire_all()
    held = session.scalars(select(Membership).join(User, User.id == Membership.user_id).where(User.name == NAME)).one()
    return held.user.disabled_at is None and held.in_force(clock.now())


@pytest.mark.parametrize("done", [close, end])
def test_it_ends_again(
    app: Flask, app_session: Session, officer: User, administrator: Actor, tmp_path: Path, done: Done
) -> None:
    set_back(app, app_session, tmp_path, lambda: done(app_session, officer, administrator))
    assert works(app_session)
    app_session.rollback()
    assert app.extensions["consult.close_again"](clock.now()).accesses == 1
    assert not works(app_session)
    app_session.rollback()
    assert app.extensions["consult.close_again"](clock.now()).accesses == 0


def test_an_account_that_was_opened_again_stays_open_and_its_role_waits_for_a_second_administrator(
    app: Flask, app_session: Session, officer: User, administrator: Actor, tmp_path: Path
) -> None:
    acts = [lambda: close(app_session, officer, administrator), lambda: reopen(app_session, officer, administrator)]
    set_back(app, app_session, tmp_path, *acts)
    assert app.extensions["consult.close_again"](clock.now()).accesses == 1
    account = app_session.scalars(select(User).where(User.name == NAME)).one()
    assert account.disabled_at is None and not works(app_session)


def test_the_last_administrator_stays(app: Flask, app_session: Session, officer: User, tmp_path: Path) -> None:
    """Whoever closed it may have had their own account of after the backup: somebody has to let the others in."""
    body = officer.memberships[0].organisation
    first = make_user(app_session, body, [Role.ADMINISTRATOR], "Người thứ nhất")
    app_session.commit()
    later: list[Actor] = []

    def takes_over() -> None:
        later.append(make_actor(app_session, body, Role.ADMINISTRATOR))

    set_back(app, app_session, tmp_path, takes_over, lambda: close(app_session, first, later[0]))
    assert [one.kind for one in ClosingList(app.config["CHECKPOINTS_FOLDER"]).all()] == ["account_closed"]
    assert app.extensions["consult.close_again"](clock.now()).accesses == 0
