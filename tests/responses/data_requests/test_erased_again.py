"""A backup from before an erasure brings nothing back: what was erased is erased again before the site serves."""

from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select, text, update
from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.models import Consultation
from consult.db import new_id, writing
from consult.ledger import service as ledger
from consult.ledger.erasure_list import LIST, Erasure, ErasureList
from consult.ledger.models import LedgerEntry
from consult.outbox.chores import try_each
from consult.responses.answers import public_sums
from consult.responses.answers.blockers import in_the_way
from consult.responses.answers.published import published_answers
from consult.responses.data_requests import blanking, closing, erasure, service
from consult.responses.data_requests.words import Checked, RequestKind
from consult.submissions.comments import comment_state, taken_back
from consult.submissions.comments.outcome import Visibility
from consult.submissions.models import Comment, CommentVersion, Submission
from consult.submissions.sender import amendment
from consult.submissions.words import CommentActKind
from consult.transparency.verification.service import Tampered, verify
from tests.administration.condition.test_condition import stamp
from tests.builders import DRAFT
from tests.faults import Kept
from tests.pages import Browser
from tests.responses.desk_builder import SIGNER, Desk, comment

SAID = "Lời rấtxoá dài về bãi rác cạnh nhà văn hoá xóm"
OTHER = "Người khác nói chuyện khác hẳn về ngày thu gom"


@pytest.fixture
def number(app: Flask, desk: Desk) -> int:
    """A public comment of a person with a name, beside one of somebody else."""
    app.extensions["consult.signer"] = SIGNER
    stamp(app)
    app.extensions["consult.files"].put(DRAFT.encode())
    [found] = desk.receive(SAID)
    [other] = desk.receive(OTHER)
    desk.release(found, other)
    return found


def erase(desk: Desk, number: int, scope: list[str]) -> None:
    """As two people of the desk do it."""
    session, matter = desk.session, desk.matter
    request = service.take_down(session, matter, number, RequestKind.ERASURE, "", Checked.CODES, desk.officer, desk.now)
    erasure.propose(session, matter, request.number, scope, desk.officer, desk.now)
    erasure.confirm(session, matter, request.number, desk.second_officer, desk.now)


def work(app: Flask, session: Session) -> None:
    """What the worker has to do."""
    session.rollback()
    while app.extensions["consult.worker"].work_once(clock.now() + timedelta(minutes=1)):
        pass


def texts(session: Session) -> set[str]:
    session.rollback()
    session.expire_all()
    return set(session.scalars(select(CommentVersion.text)))


def test_an_earlier_backup_brings_nothing_back(app: Flask, desk: Desk, number: int, tmp_path: Path) -> None:
    desk.session.commit()
    before = Kept.of(app, tmp_path)
    erase(desk, number, ["sender", "words"])
    work(app, desk.session)
    listed = ErasureList(app.config["CHECKPOINTS_FOLDER"])
    [noted] = listed.all()
    assert noted.scope == ("sender", "words") and "rấtxoá" not in listed.path.read_text()
    desk.session.close()
    before.go_back()
    assert SAID in texts(desk.session)
    mark = taken_back.mark(desk.session, desk.session.scalars(select(Consultation.id)).one())
    # By whatever tool it was restored: `db upgrade` comes before the start of the site.
    upgrade = ["db", "upgrade", "--lost", "ledger"]
    done = app.test_cli_runner().invoke(args=upgrade)
    assert done.exit_code == 0 and "xóa lại dữ liệu của 1 lần xóa" in done.output, done.output
    assert texts(desk.session) == {"", OTHER}
    sent = desk.session.scalars(select(Submission).order_by(Submission.number)).first()
    assert sent is not None and (sent.sender_name, sent.identity_salt, sent.contact) == ("", None, "")
    # Archives and tables of the time of the backup are given to nobody.
    assert taken_back.mark(desk.session, sent.consultation_id) > mark
    matter = desk.session.scalars(select(Consultation)).one()
    page = Browser(app).get(f"/lay-y-kien/{matter.slug}/y-kien/{number}/")
    assert "rấtxoá" not in page.html
    assert list(verify(desk.session, matter, app.extensions["consult.files"], SIGNER))
    desk.session.rollback()
    work(app, desk.session)
    assert "xóa lại" not in app.test_cli_runner().invoke(args=upgrade).output
    assert listed.all() == [noted]


@pytest.mark.parametrize("before_it", ["released", "answered", "withheld"])
def test_it_ends_as_it_ended_the_first_time(
    app: Flask, desk: Desk, number: int, tmp_path: Path, before_it: str
) -> None:
    """First said by pages, files and programs, while the log takes nothing; then by the log, as the first time."""
    if before_it == "answered":
        desk.answer(number)
    if before_it == "withheld":
        desk.by_two(number, CommentActKind.WITHHELD, "personal_data")
    desk.session.commit()
    before, slug = Kept.of(app, tmp_path), desk.matter.slug
    erase(desk, number, ["words"])
    work(app, desk.session)
    # Somebody has seen the log as it was then, so it takes nothing after the restore.
    ledger.signed(desk.session, desk.matter.id, desk.now, SIGNER)
    first = standing(desk, number)
    desk.session.close()
    before.go_back()
    run = app.test_cli_runner().invoke
    run(args=["db", "upgrade", "--lost", "ledger"])
    work(app, desk.session)
    browser = Browser(app)
    told = browser.client.get(f"/api/v1/consultations/{slug}/comments").json["comments"][number - 1]
    assert (told["visibility"], told["visibility_reason"], told["text"]) == ("withheld", "sender_asked", None)
    assert "theo đề nghị của người gửi" in browser.get(f"/lay-y-kien/{slug}/y-kien/{number}/").text
    in_between(app, desk, number, browser)
    begun = run(args=["ledger", "new-epoch", slug, "--reason", "Khôi phục", "--yes"])
    assert begun.exit_code == 0 and "(số lần xóa: 1)" in begun.output, begun.output
    assert standing(desk, number) == first
    matter = desk.session.scalars(select(Consultation)).one()
    assert list(verify(desk.session, matter, app.extensions["consult.files"], SIGNER))
    assert app.extensions["consult.erase_again"](clock.now()) == 0


def test_the_worker_closes_it_when_the_log_heals(app: Flask, desk: Desk, number: int, tmp_path: Path) -> None:
    """An entry that is put right, or a place that is mounted again, needs no command: neither does what waited."""
    desk.session.commit()
    before = Kept.of(app, tmp_path)
    erase(desk, number, ["words"])
    work(app, desk.session)
    first = standing(desk, number)
    desk.session.close()
    before.go_back()
    matter = desk.session.scalars(select(Consultation.id)).one()
    app.extensions["consult.log_guard"].store.begin()
    body = desk.session.scalars(select(LedgerEntry.body).where(LedgerEntry.index == 0)).one()
    _written(desk.session, body.replace("{", "{ ", 1))
    assert app.extensions["consult.erase_again"](clock.now()) == 1
    assert in_the_way(desk.session, matter).unlogged == (number,)
    _written(desk.session, body)
    worker = app.extensions["consult.worker"]
    try_each(worker.open_session, worker.site_chores, clock.now())
    assert standing(desk, number) == first and not in_the_way(desk.session, matter).unlogged
    matter_row = desk.session.get_one(Consultation, matter)
    assert list(verify(desk.session, matter_row, app.extensions["consult.files"], SIGNER))


def test_what_was_put_right_since_is_not_erased_by_the_hour(app: Flask, desk: Desk, number: int) -> None:
    erase(desk, number, ["sender"])
    work(app, desk.session)
    desk.session.execute(update(Submission).values(contact="0912345678"))
    desk.session.commit()
    worker = app.extensions["consult.worker"]
    try_each(worker.open_session, worker.site_chores, clock.now())
    assert set(desk.session.scalars(select(Submission.contact))) == {"0912345678"}


def _written(session: Session, body: str) -> None:
    session.execute(update(LedgerEntry).where(LedgerEntry.index == 0).values(body=body))
    session.commit()


def in_between(app: Flask, desk: Desk, number: int, browser: Browser) -> None:
    """Until the log says it again: whoever asks who may read a comment is told the same, by rows or by statements."""
    matter = desk.session.scalars(select(Consultation)).one()
    [one] = comment_state.read(desk.session, matter.id, [number])
    assert one.visibility is Visibility.WITHHELD
    seen = public_sums.visibility(desk.session, matter.id)
    assert (seen["public"], seen["withheld"]) == (1, {"sender_asked": 1})
    assert all(found.text is None for found in published_answers(desk.session, matter, [one.comment.id]).values())
    assert "Tiếp thu." not in browser.get(f"/lay-y-kien/{matter.slug}/y-kien/{number}/").text
    told = browser.client.get(f"/api/v1/consultations/{matter.slug}/comments").text
    table = browser.client.get(f"/lay-y-kien/{matter.slug}/tong-hop.csv").text
    assert "Tiếp thu." not in told + table
    sentences = list(verify(desk.session, matter, app.extensions["consult.files"], SIGNER))
    assert any(said.startswith("1 ý kiến đã được xóa lại") for said in sentences)
    desk.session.rollback()
    # What the site does again at each start changes nothing more.
    assert app.extensions["consult.erase_again"](clock.now()) == 0


def test_where_nobody_knows_who_erased_it_the_desk_closes_it(app: Flask, desk: Desk, number: int) -> None:
    """So it is with lists of an earlier release; what was erased is read by nobody until then."""
    sent = desk.session.scalars(select(Comment.submission_id).where(Comment.number == number)).one()
    desk.session.commit()
    listed = ErasureList(app.config["CHECKPOINTS_FOLDER"])
    listed.note([Erasure("submission", desk.matter.id, sent, ("words",), clock.now().isoformat())])
    assert app.extensions["consult.erase_again"](clock.now()) == 1
    assert standing(desk, number)[1] is Visibility.WITHHELD
    desk.by_two(number, CommentActKind.WITHHELD, "sender_asked")
    said = list(verify(desk.session, desk.matter, app.extensions["consult.files"], SIGNER))
    assert not any("đã được xóa lại" in one for one in said)
    assert app.extensions["consult.erase_again"](clock.now()) == 0


def test_what_its_sender_says_later_is_no_part_of_it(app: Flask, desk: Desk, number: int) -> None:
    """It has its own words and its own entries, by which the log holds."""
    [one] = comment_state.read(desk.session, desk.matter.id, [number])
    sent = one.comment.submission
    blanking.words(desk.session, sent, [one.comment])
    closing.withhold_ahead(desk.session, desk.matter, [one], None, desk.now)
    desk.session.commit()
    with writing(desk.session, desk.matter.id):
        [one] = comment_state.read(desk.session, desk.matter.id, [number])
        amendment.add_version(desk.session, desk.matter, one, comment("Lời khác."), desk.now)
    assert list(verify(desk.session, desk.matter, app.extensions["consult.files"], SIGNER))


def test_what_still_has_its_words_is_withheld_by_no_act_without_entry(app: Flask, desk: Desk, number: int) -> None:
    [one] = comment_state.read(desk.session, desk.matter.id, [number])
    closing.withhold_ahead(desk.session, desk.matter, [one], None, desk.now)
    desk.session.commit()
    with pytest.raises(Tampered):
        list(verify(desk.session, desk.matter, app.extensions["consult.files"], SIGNER))


def standing(desk: Desk, number: int) -> tuple[object, ...]:
    """What became of a comment, who may read it, and by whose acts."""
    desk.session.rollback()
    desk.session.expire_all()
    [one] = comment_state.read(desk.session, desk.session.scalars(select(Consultation.id)).one(), [number])
    return one.outcome, one.visibility, [(act.kind, act.reason, act.by_id, act.confirmed_by_id) for act in one.acts]


def test_only_what_was_erased_is_erased_again(app: Flask, desk: Desk, number: int, tmp_path: Path) -> None:
    desk.session.commit()
    before = Kept.of(app, tmp_path)
    erase(desk, number, ["sender"])
    work(app, desk.session)
    desk.session.close()
    before.go_back()
    assert app.extensions["consult.erase_again"](clock.now()) == 1
    assert texts(desk.session) == {SAID, OTHER}


def test_what_the_database_never_had_and_what_nobody_knows_is_passed_over(app: Flask, desk: Desk) -> None:
    listed = ErasureList(app.config["CHECKPOINTS_FOLDER"])
    at = clock.now().isoformat()
    listed.note(
        [Erasure(kind, desk.matter.id, new_id(), ("words",), at) for kind in ("submission", "of_a_later_release")]
    )
    assert app.extensions["consult.erase_again"](clock.now()) == 0


def test_a_line_that_a_power_cut_left_half_costs_no_other(tmp_path: Path) -> None:
    listed = ErasureList(tmp_path / "kept")
    first, second = (Erasure("submission", new_id(), new_id(), ("words",), "2026-11-30") for _ in range(2))
    assert listed.all() == []
    listed.note([first])
    with (tmp_path / "kept" / LIST).open("a") as file:
        file.write('{"kind": "submi')
    listed.note([first, second])
    assert listed.all() == [first, second] and listed.path.stat().st_mode & 0o077 == 0


def test_a_list_that_takes_nothing_is_tried_again(app: Flask, desk: Desk, number: int) -> None:
    """The place outside may be on a share that is away: the worker goes on until it has noted it."""
    erase(desk, number, ["words"])
    folder = Path(app.config["CHECKPOINTS_FOLDER"])
    (folder / LIST).mkdir(parents=True)
    work(app, desk.session)
    undone = desk.session.execute(
        text("SELECT attempts, done_at, last_error FROM outbox_message WHERE event = 'data_erased'")
    ).one()
    assert undone.attempts == 1 and undone.done_at is None and "IsADirectoryError" in undone.last_error
    desk.session.rollback()
    (folder / LIST).rmdir()
    app.extensions["consult.worker"].work_once(clock.now() + timedelta(hours=1))
    assert len(ErasureList(folder).all()) == 1
