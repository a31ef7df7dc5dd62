"""A database that was set back signs nothing: no two checkpoints of one size under one name."""

import shutil

from consult import clock
from consult.administration.backups.next_steps import next_steps
from consult.administration.condition import kept_results
from consult.administration.condition.findings import State
from consult.transparency.site_log.service import SLUG as SITE_LOG_SLUG
from consult.transparency.site_log.service import SiteLogRound
from tests.application import end
from tests.keys.site import site
from tests.pages import Browser
from tests.transparency.set_back import AFTER, BEFORE, SetBack, send


def test_nothing_is_received_nor_signed_and_reading_goes_on(restored: SetBack) -> None:
    assert restored.send(AFTER, 503) == {"reason": "log_behind"}
    client = restored.app.test_client()
    log = client.get(f"/api/v1/consultations/{restored.slug}/ledger")
    assert (log.status_code, log.get_json()) == (503, {"reason": "log_behind"})
    ready = client.get("/readyz")
    assert ready.status_code == 503 and ready.get_json()["ready"] is False and ready.get_json()["log"] is False
    browser = Browser(restored.app)
    assert "Gửi trước" not in browser.get(f"/lay-y-kien/{restored.slug}/").text
    page = browser.get(f"/nhat-ky/{restored.slug}/")
    assert "Trang đang tạm dừng tiếp nhận" in page.text and not page.find("//pre[contains(., '— ')]")
    # What was given once is given again: it is no new signature.
    assert restored.send(BEFORE)["comments"] == [1]
    with restored.session as session:
        assert session.connection().exec_driver_sql("SELECT count(*) FROM comment").scalar() == 1


def test_what_was_typed_into_the_form_comes_back(restored: SetBack) -> None:
    browser = Browser(restored.app)
    form = browser.get(f"/lay-y-kien/{restored.slug}/gop-y/")
    checked = form.walk({"comments.0.text": AFTER}, button="Xem lại trước khi gửi")
    answer = browser.send(checked, checked.form("Gửi"), "Gửi", 503)
    assert "Trang đang tạm dừng tiếp nhận" in answer.text
    assert answer.form("Gửi lại").values()["comments.0.text"] == AFTER


def test_a_copy_with_another_place_does_not_sign_by_itself(restored: SetBack) -> None:
    """The same database and keys on another machine: what is kept is elsewhere, until somebody says otherwise."""
    url = restored.app.config["DATABASE_URL"]
    copy = site(url, restored.folder / "copy", keys=restored.app.config["KEYS_FOLDER"])
    assert send(copy, restored.slug, AFTER, 503) == {"reason": "log_elsewhere"}
    assert copy.test_client().get("/readyz").get_json()["log"] is False
    runner = copy.test_cli_runner()
    assert runner.invoke(args=["ledger", "keep-here"], input="n\n").exit_code == 130
    assert runner.invoke(args=["ledger", "keep-here", "--yes"]).exit_code == 0
    send(copy, restored.slug, AFTER)
    end(copy)


def test_what_is_kept_and_is_gone_is_no_first_time(restored: SetBack) -> None:
    """One of the kept files, then the whole place: nothing is signed until an operator says so."""
    folder = restored.app.extensions["consult.log_guard"].store.folder
    restored.command("ledger", "new-epoch", restored.slug, "--reason", "Khôi phục", "--yes")
    for reason in ("log_lost", "log_elsewhere"):
        restored.send(f"{AFTER} {reason}")
        if reason == "log_lost":
            [file] = folder.glob("*.checkpoint")
            file.unlink()
        else:
            shutil.rmtree(folder)
        again = site(restored.app.config["DATABASE_URL"], restored.folder / "again", CHECKPOINTS_FOLDER=folder)
        for app in (restored.app, again):
            assert send(app, restored.slug, AFTER, 503) == {"reason": reason}
            log = app.test_client().get(f"/api/v1/consultations/{restored.slug}/ledger")
            assert (log.status_code, log.get_json()) == (503, {"reason": reason})
        check = next(one for one in again.extensions["consult.checks"] if one.name == "log")
        with restored.session as session:
            assert f"log_{check.look(session, clock.now()).reason}" == reason
        end(again)
        assert restored.command("ledger", "keep-here", given="n\n")[0] == 130
        assert restored.command("ledger", "keep-here", "--yes")[0] == 0
    restored.send(AFTER)


def test_a_place_on_the_disk_of_the_database_is_told(restored: SetBack) -> None:
    restored.command("ledger", "new-epoch", restored.slug, "--reason", "Khôi phục", "--yes")
    check = next(one for one in restored.app.extensions["consult.checks"] if one.name == "log")
    with restored.session as session:
        found = check.look(session, clock.now())
        one_machine = session.connection().dialect.name == "sqlite"
    assert (found.state, found.reason) == (State.WELL, "same_disk" if one_machine else "well")


def test_verifying_a_log_that_was_set_back_does_not_end_well(restored: SetBack) -> None:
    """All rows agree with a log that lacks what was signed: who verified after a restore was told that all was well."""
    for which in (restored.slug, "--all"):
        code, told = restored.command("ledger", "verify", which)
        assert code != 0 and f"ledger new-epoch {restored.slug} --reason" in told, told
    # The rows were held against the log all the same, and nothing of them is broken.
    kept = kept_results.last(restored.app.config["CONDITION_FOLDER"], kept_results.VERIFIED)
    assert kept["broken"] == []
    assert restored.command("ledger", "new-epoch", restored.slug, "--reason", "Khôi phục", "--yes")[0] == 0
    assert restored.command("ledger", "verify", "--all")[0] == 0


def test_what_is_typed_after_a_restore_names_every_log(restored: SetBack) -> None:
    """The log of the site, and those of programmes, were in no step."""
    assert restored.command("ledger", "new-epoch", restored.slug, "--reason", "Khôi phục", "--yes")[0] == 0
    with restored.session as session:
        SiteLogRound(restored.app.extensions["consult.signer"]).note(session, clock.now())
    named = [step.split()[-1] for step in next_steps(restored.app.config["DATABASE_URL"], False) if "verify" in step]
    assert sorted(named) == sorted([restored.slug, SITE_LOG_SLUG])
