"""A backup from before something was closed shows it to nobody: it is closed again as it was the first time, and no
visitor comes in until it is."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from consult import clock
from consult.consultations.models import Consultation
from consult.db import new_id, writing
from consult.ledger import service as ledger
from consult.ledger.closing_list import Closing, ClosingList
from consult.outbox.chores import try_each
from consult.people.models import User
from consult.submissions.acts import service as acts
from consult.submissions.closed_again import noting
from consult.submissions.comments import comment_state
from consult.submissions.comments.outcome import READABLE, Visibility
from consult.submissions.joining.service import NewJoining, join
from consult.submissions.sender import amendment
from consult.submissions.words import CommentActKind
from consult.transparency.verification.service import verify
from consult.web.requests.maintenance import Maintenance, Switch
from tests.application import CODES, sign_in
from tests.faults import Kept
from tests.pages import Browser
from tests.responses.desk_builder import SIGNER, Desk
from tests.submissions.closed_again.worked import work

UPGRADE = ["db", "upgrade", "--lost", "ledger"]
Act = Callable[[Desk, int], None]


def withheld(desk: Desk, number: int) -> None:
    desk.by_two(number, CommentActKind.WITHHELD, "insult")


def redacted(desk: Desk, number: int) -> None:
    desk.by_two(number, CommentActKind.REDACTED, "personal_data", text="Lời … cạnh bãi rác")


def withdrawn(desk: Desk, number: int) -> None:
    with writing(desk.session, desk.matter.id):
        amendment.take_back(
            desk.session, desk.matter, comment_state.read(desk.session, desk.matter.id, [number]), desk.now
        )


def joined(desk: Desk, number: int) -> None:
    join(desk.session, desk.matter, number, NewJoining("a" * 32, desk.now), desk.now, SIGNER, CODES)


def unnamed(desk: Desk, number: int) -> None:
    [one] = comment_state.read(desk.session, desk.matter.id, [number])
    amendment.hide_name(desk.session, one.comment.submission, desk.now)


def nothing(_desk: Desk, _number: int) -> None:
    """What is so already."""


def apart(desk: Desk, number: int) -> None:
    acts.quarantine(desk.session, desk.matter, number, "Có dấu hiệu tố cáo", desk.officer, desk.now)


def passed_on(desk: Desk, number: int) -> None:
    acts.pass_on(desk.session, desk.matter, [number], "Tố cáo", desk.officer, desk.now)


def hour(app: Flask) -> None:
    """What it does every hour."""
    worker = app.extensions["consult.worker"]
    try_each(worker.open_session, worker.site_chores, clock.now())


def state(desk: Desk, number: int) -> comment_state.CommentState:
    desk.session.rollback()
    desk.session.expire_all()
    [one] = comment_state.read(desk.session, desk.session.scalars(select(Consultation.id)).one(), [number])
    return one


def standing(desk: Desk, number: int) -> tuple[object, ...]:
    """What became of a comment, who may read it, under whose name, and by whose acts."""
    one = state(desk, number)
    made = [(act.kind, act.reason, act.by_id, act.confirmed_by_id) for act in one.acts]
    return one.outcome, one.visibility, one.author_left, one.comment.submission.public_name, made


def set_back(app: Flask, desk: Desk, tmp_path: Path, done: Act, number: int, signed: bool = True) -> str:
    """The site whose database is as it was before something was `done` to a comment; gives the name of its matter. If
    its log was `signed` after that, it takes nothing now."""
    desk.session.commit()
    before, slug = Kept.of(app, tmp_path), desk.matter.slug
    done(desk, number)
    work(app, desk.session)
    if signed:
        ledger.signed(desk.session, desk.matter.id, desk.now, SIGNER)
    desk.session.close()
    before.go_back()
    return slug


def announced(app: Flask) -> Maintenance | None:
    switch: Switch = app.extensions["consult.maintenance"]
    return switch.state()


@pytest.mark.parametrize(
    ("before", "done"),
    [(nothing, withheld), (nothing, withdrawn), (joined, withdrawn), (nothing, unnamed)],
    ids=["withheld", "withdrawn", "left to those who joined", "unnamed"],
)
def test_it_is_closed_as_it_was_the_first_time(app: Flask, desk: Desk, tmp_path: Path, before: Act, done: Act) -> None:
    before(desk, 1)
    kept: list[object] = []

    def closes(desk: Desk, number: int) -> None:
        done(desk, number)
        kept.extend(standing(desk, number))

    slug = set_back(app, desk, tmp_path, closes, 1)
    run = app.test_cli_runner().invoke
    assert "(số nội dung: 1)" in run(args=UPGRADE).output
    comment_of = f"/lay-y-kien/{slug}/y-kien/1/"
    for path in (comment_of, f"/en{comment_of}", f"/api/v1/consultations/{slug}/comments", "/"):
        answer = app.test_client().get(path)
        assert answer.status_code == 503 and "phảigỡ" not in answer.text and "Phảigiấu" not in answer.text
    begun = run(args=["ledger", "new-epoch", slug, "--reason", "Khôi phục", "--yes"])
    assert begun.exit_code == 0 and "(số ý kiến: 1)" in begun.output, begun.output
    assert list(standing(desk, 1)) == kept
    assert announced(app) is None
    assert app.test_client().get(comment_of).status_code == 200
    matter = desk.session.scalars(select(Consultation)).one()
    assert list(verify(desk.session, matter, app.extensions["consult.files"], SIGNER))
    desk.session.rollback()
    work(app, desk.session)
    hour(app)
    assert "đã gỡ" not in run(args=UPGRADE).output.lower() and list(standing(desk, 1)) == kept


def test_what_was_redacted_is_withheld_by_the_same_two(app: Flask, desk: Desk, tmp_path: Path) -> None:
    """The words that were shown instead are lost: the desk decides them again."""
    officers = desk.officer.user_id, desk.second_officer.user_id
    set_back(app, desk, tmp_path, redacted, 1, signed=False)
    app.test_cli_runner().invoke(args=UPGRADE)
    decided = state(desk, 1).deciding_act
    assert decided is not None
    assert (decided.kind, decided.reason) == (CommentActKind.WITHHELD, "personal_data")
    assert (decided.by_id, decided.confirmed_by_id) == officers and announced(app) is None


@pytest.mark.parametrize("done", [apart, passed_on])
def test_what_was_set_apart_is_set_apart_at_once(app: Flask, desk: Desk, tmp_path: Path, done: Act) -> None:
    """It leaves no entry, and was shown to nobody: nobody is kept out until the log takes one."""
    set_back(app, desk, tmp_path, done, 2)
    app.test_cli_runner().invoke(args=UPGRADE)
    assert state(desk, 2).visibility is Visibility.QUARANTINED and announced(app) is None
    hour(app)
    assert len(state(desk, 2).acts) == 1


def test_those_who_work_there_come_in(app: Flask, desk: Desk, tmp_path: Path) -> None:
    slug = set_back(app, desk, tmp_path, withheld, 1)
    app.test_cli_runner().invoke(args=UPGRADE)
    browser = Browser(app)
    closed = browser.get(f"/lay-y-kien/{slug}/", status=503)
    assert "vừa được khôi phục" in closed.text and "giữ phiếu tiếp nhận" in closed.text
    assert browser.get("/dang-nhap/").status == 200
    assert app.test_client().get("/readyz").get_json()["log"] is False
    sign_in(browser, desk.session.scalars(select(User).where(User.id == desk.officer.user_id)).one())
    assert browser.get(f"/xu-ly/{slug}/y-kien/1/").status == 200


def test_what_two_people_opened_again_stays_open(app: Flask, desk: Desk, tmp_path: Path) -> None:
    def closed_and_opened(desk: Desk, number: int) -> None:
        withheld(desk, number)
        work(app, desk.session)
        desk.by_two(number, CommentActKind.RELEASED)

    set_back(app, desk, tmp_path, closed_and_opened, 1, signed=False)
    app.test_cli_runner().invoke(args=UPGRADE)
    assert state(desk, 1).visibility is Visibility.PUBLIC and announced(app) is None


def test_what_is_opened_after_it_was_closed_again_stays_open(app: Flask, desk: Desk, tmp_path: Path) -> None:
    set_back(app, desk, tmp_path, withheld, 1, signed=False)
    app.test_cli_runner().invoke(args=UPGRADE)
    assert state(desk, 1).visibility is Visibility.WITHHELD
    desk.matter = desk.session.scalars(select(Consultation)).one()
    desk.by_two(1, CommentActKind.RELEASED)
    # Before the worker has noted that.
    hour(app)
    assert state(desk, 1).visibility is Visibility.PUBLIC and announced(app) is None


def test_what_people_of_after_the_backup_decided_the_desk_decides_again(app: Flask, desk: Desk) -> None:
    """The site is closed until then, though its log takes entries."""
    one = state(desk, 1)
    strangers = new_id(), new_id()
    listed = ClosingList(app.config["CHECKPOINTS_FOLDER"])
    line = Closing("kept_back", desk.matter.id, one.comment.id, new_id(), clock.now().isoformat(), "insult", strangers)
    listed.note([line])
    hour(app)
    assert (said := announced(app)) is not None and said.closed and said.restored
    assert state(desk, 1).visibility in READABLE
    desk.by_two(1, CommentActKind.WITHHELD, "insult")
    desk.session.rollback()
    hour(app)
    assert announced(app) is None


def test_maintenance_that_somebody_announced_is_theirs_to_end(app: Flask, desk: Desk, tmp_path: Path) -> None:
    switch: Switch = app.extensions["consult.maintenance"]
    set_back(app, desk, tmp_path, withheld, 1)
    switch.turn_on(Maintenance(clock.now(), closed=True))
    app.test_cli_runner().invoke(args=UPGRADE)
    assert (said := announced(app)) is not None and not said.restored


def test_what_the_database_never_had_is_passed_over(app: Flask, desk: Desk) -> None:
    at, ids = clock.now().isoformat(), (new_id(), new_id())
    listed = ClosingList(app.config["CHECKPOINTS_FOLDER"])
    kinds = ("kept_back", "withdrawn", "author_left", "set_apart", "name_hidden", "of_a_later_release")
    listed.note([Closing(kind, desk.matter.id, *ids, at) for kind in kinds])
    listed.note([Closing("kept_back", new_id(), *ids, at), Closing("withheld", None, *ids, at)])
    hour(app)
    assert announced(app) is None and state(desk, 1).visibility is Visibility.PUBLIC


def test_releases_of_what_was_never_closed_are_not_listed(
    app: Flask, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(noting, "AT_ONCE", 1)
    desk.release(2)
    work(app, desk.session)
    assert ClosingList(app.config["CHECKPOINTS_FOLDER"]).all() == []
