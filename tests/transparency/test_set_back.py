"""A database that was set back signs nothing: no two checkpoints of one size under one name."""

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
    checked = form.submit({"comments.0.text": AFTER}, button="Kiểm tra lại")
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
