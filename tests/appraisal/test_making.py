"""The package is made beside the site: asked for, shown as it comes, told when it fails, and never given once something
in it was closed; who appraises is told of it by mail, each mailbox once."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.appraisal.package import program
from consult.appraisal.package.beside import PackageHandlers
from consult.appraisal.package.contents import STEPS
from consult.outbox import condition
from consult.outbox.models import OutboxMessage
from consult.outbox.worker import Worker
from consult.people.models import Membership, Unit, User
from consult.submissions.acts import service as acts
from tests.appraisal.test_package import concluded, given
from tests.responses.investor_scene import Project, make_project

Work = Callable[..., datetime]


@pytest.fixture
def project(app: Flask, app_session: Session) -> Iterator[Project]:
    """With everybody, on the real clock."""
    yield make_project(app, app_session)


@pytest.fixture
def work(app: Flask) -> Iterator[Work]:
    """Has the worker do what is due after so many seconds, and waits for what it started beside itself."""
    worker: Worker = app.extensions["consult.worker"]
    making: PackageHandlers = app.extensions["consult.following_packages"]
    moment = [clock.now()]

    def works(seconds: float = 0) -> datetime:
        moment[0] = max(moment[0], clock.now()) + timedelta(seconds=seconds)
        while worker.work_once(moment[0]):
            pass
        if making.program is not None:
            making.program.wait()
        return moment[0]

    yield works
    making.close()


@pytest.fixture
def made_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """What would be made beside the worker is made at once."""
    monkeypatch.setattr(PackageHandlers, "begin", lambda _handlers, order: program.carry_out(order))


def package(project: Project) -> str:
    return f"{project.base}ho-so-tham-dinh/"


def test_it_is_asked_for_made_by_a_program_of_its_own_and_taken(project: Project, work: Work) -> None:
    officer = project.enter("officer")
    page = officer.get(package(project))
    assert "Chưa có hồ sơ nào" in page.text and "ho-so.zip" not in page.text
    assert officer.client.get(f"{package(project)}ho-so.zip").status_code == 303
    waits = page.submit(button="Lập hồ sơ")
    assert "Máy đang lập hồ sơ" in waits.text and not waits.find("//button[contains(., 'ập hồ sơ')]")
    work()
    assert "Hồ sơ lập lúc" in officer.get(package(project)).text
    work(10)
    assert "Máy đang lập" not in officer.get(package(project)).text
    assert given(officer, f"{package(project)}ho-so.zip")[:2] == b"PK"


def test_how_far_it_is_stands_on_the_page(app: Flask, project: Project) -> None:
    making: PackageHandlers = app.extensions["consult.following_packages"]
    officer = project.enter("officer")
    officer.get(package(project)).submit(button="Lập hồ sơ")
    making.packages.begin(project.desk.matter.id, "now")
    making.packages.note_done(project.desk.matter.id, 3, STEPS)
    assert f"Đã xong 3 trên {STEPS} phần." in officer.get(package(project)).text


def test_a_making_that_fails_is_told_and_asked_for_again(
    app: Flask, project: Project, work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    officer = project.enter("officer")
    officer.get(package(project)).submit(button="Lập hồ sơ")
    with monkeypatch.context() as failing:
        failing.setattr(app.extensions["consult.following_packages"], "begin", lambda *told: None)
        work()
        assert "Chưa lập được" not in officer.get(package(project)).text
        for _ in range(10):
            work(3600)
    told = officer.get(package(project))
    project.desk.session.rollback()
    assert "Chưa lập được hồ sơ" in told.text
    (given_up,) = condition.given_up(project.desk.session, clock.now() - timedelta(days=3))
    assert given_up.last_error == "PermanentFailure: package_not_made"
    told.submit(button="Lập hồ sơ")
    work(3600)
    work(3600)
    assert "Chưa lập được" not in officer.get(package(project)).text
    project.desk.session.rollback()
    assert condition.given_up(project.desk.session, clock.now() - timedelta(days=3)) == []


@pytest.mark.usefixtures("made_here")
def test_what_was_closed_since_is_given_to_nobody(project: Project, work: Work) -> None:
    officer, desk = project.enter("officer"), project.desk
    officer.get(package(project)).submit(button="Lập hồ sơ")
    work()
    acts.release(desk.session, desk.matter, [project.plain], desk.officer, clock.now())
    older = officer.get(package(project))
    assert "Từ khi lập hồ sơ này đã có việc mới" in older.text
    given(officer, f"{package(project)}ho-so.zip")
    acts.quarantine(desk.session, desk.matter, project.proposed, "có dấu hiệu tố cáo", desk.officer, clock.now())
    closed = officer.get(package(project))
    assert "không còn dùng được" in closed.text
    for who in ("officer", "appraising officer", "investor officer"):
        answer = project.enter(who).client.get(f"{package(project)}ho-so.zip")
        assert answer.status_code == 303


def mails(session: Session) -> list[OutboxMessage]:
    """Those to who appraises."""
    session.rollback()
    asked = session.scalars(select(OutboxMessage).where(OutboxMessage.event == "mail_requested")).all()
    return [one for one in asked if one.payload["notice"] == "appraisal/package"]


@pytest.mark.usefixtures("made_here")
def test_a_stale_one_is_not_handed_over_and_who_appraises_is_told_once(
    app: Flask, app_session: Session, project: Project, work: Work
) -> None:
    matter, publisher = project.desk.matter, project.enter("publisher")
    app_session.rollback()
    people = app_session.scalars(
        select(Membership).where(Membership.organisation_id == project.issuing.id).order_by(Membership.id)
    ).all()
    leader = app_session.get_one(User, people[0].user_id)
    unit = Unit(organisation_id=project.issuing.id, name="Phòng Môi trường", mailbox=leader.mail, valid_from=None)
    app_session.add(unit)
    people[0].unit = unit
    app_session.commit()
    concluded(app, matter.id)
    app.extensions["consult.worker"].prepare(clock.now())
    work()
    ready = publisher.get(package(project))
    acts.release(project.desk.session, matter, [project.plain], project.desk.officer, clock.now())
    stale = ready.submit(button="Chuyển hồ sơ thẩm định")
    assert stale.status == 409
    assert "Chuyển hồ sơ thẩm định" not in [one.strip() for one in stale.find("//button/text()")]
    work(60)
    publisher.get(package(project)).submit(button="Chuyển hồ sơ thẩm định")
    work(60)
    told = mails(app_session)
    users = {one.user_id for one in people}
    assert len(told) == len(users) and all(one.payload["number"] == 1 for one in told)
    assert leader.mail == unit.mailbox and len({one.payload["user_id"] for one in told}) == len(users)
    again = publisher.get(package(project)).submit(button="Chuyển hồ sơ thẩm định")
    assert again.status == 200, again.text
    work(60)
    assert [one.payload["number"] for one in mails(app_session)].count(2) == len(users)
