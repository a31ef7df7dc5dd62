"""A new epoch: a log that was set back goes on, says what was lost, and outsiders verify it."""

from types import ModuleType

import pytest

from tests.pages import Browser
from tests.transparency.set_back import AFTER, SetBack, verified

REASON = "Máy chủ hỏng, khôi phục từ bản sao lưu đêm."


@pytest.fixture
def begun(restored: SetBack) -> SetBack:
    """The same in its second epoch."""
    code, said = restored.command("ledger", "new-epoch", restored.slug, "--reason", REASON, given="y\n")
    assert code == 0 and "Các mục từ 2 đến 2 của kỳ nhật ký thứ 1 đã mất" in said, said
    return restored


def test_no_epoch_without_being_sure_and_without_ground(restored: SetBack) -> None:
    asked = ("ledger", "new-epoch", restored.slug, "--reason")
    assert restored.command(*asked, REASON, given="n\n")[0] == 130
    assert restored.command(*asked, " ", "--yes")[0] == 1
    restored.send(AFTER, 503)
    assert restored.command(*asked, REASON, "--yes")[0] == 0
    code, said = restored.command(*asked, REASON, "--yes")
    assert code == 1 and "không có căn cứ" in said


def test_entries_go_on_and_outsiders_are_told_what_was_lost(begun: SetBack, verifier: ModuleType) -> None:
    sent = begun.send(AFTER)
    assert begun.app.test_client().get("/readyz").get_json()["log"] is True
    origin = sent["ledger"]["origin"]
    assert origin == f"{begun.lost['ledger']['origin']}/2"
    # Two signed checkpoints of one size are of two logs by their names.
    assert sent["ledger"]["checkpoint"].split("\n")[0] != begun.lost["ledger"]["checkpoint"].split("\n")[0]
    lines = verified(verifier, begun, receipt=sent)
    assert any("entries 2 to 2 of epoch 1, 1 in all, were lost before it" in line and REASON in line for line in lines)
    assert any("receipt: comment 2 is entry 3" in line for line in lines)
    lost = verified(verifier, begun, receipt=begun.lost, checkpoint=begun.lost["ledger"]["checkpoint"])
    assert any("was entry 2 of epoch 1, was lost, and has not been brought back" in line for line in lost)
    assert any("those from 2 on were lost, as entry 2 says" in line for line in lost)
    page = Browser(begun.app).get(f"/nhat-ky/{begun.slug}/")
    assert "Kỳ nhật ký thứ 2 bắt đầu" in page.text
    assert begun.command("ledger", "verify", begun.slug)[0] == 0


def test_a_fork_without_an_epoch_is_refused(restored: SetBack, verifier: ModuleType) -> None:
    """What the site did before, and does still when an operator says that nothing is lost: it signs on."""
    guard = restored.app.extensions["consult.log_guard"]
    [own] = guard.store.logs()
    (guard.store.folder / f"{own}.checkpoint").unlink()
    restored.send(AFTER, 503)
    assert restored.command("ledger", "keep-here", "--yes")[0] == 0
    forked = restored.send(AFTER)["ledger"]
    assert forked["checkpoint"].split("\n")[:2] == begun_lines(restored)
    with pytest.raises(verifier.Failed, match="two histories"):
        verified(verifier, restored, receipt=restored.lost)
    # Whoever holds the other checkpoint proves the fork, and the log goes on only in a new epoch that names it.
    known = restored.folder / "known"
    known.write_text(restored.lost["ledger"]["checkpoint"])
    asked = ("ledger", "new-epoch", restored.slug, "--reason", REASON, "--yes")
    assert restored.command(*asked)[0] == 1
    code, said = restored.command(*asked, "--checkpoint", str(known))
    assert code == 0 and "khác với điểm kiểm tra đã ký" in said
    assert any("had other entries than these" in line for line in verified(verifier, restored))


def begun_lines(back: SetBack) -> list[str]:
    return list(back.lost["ledger"]["checkpoint"].split("\n")[:2])
