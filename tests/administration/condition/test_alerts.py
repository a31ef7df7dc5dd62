"""What the operators are told of by mail: once when a part turns bad, once when it is good again, never in a storm."""

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from consult import clock
from consult.administration.condition import alerts, kept_results
from consult.administration.condition.alert_round import AlertRound, NotSent
from consult.administration.condition.alerts import MOST_MAILS, Alert, Memory, Part, decided
from consult.administration.condition.checks import checks_of
from consult.administration.condition.common_alerts import FILE, CommonAlerts
from consult.administration.condition.findings import Check, Finding, State, attention, broken, unknown, well
from consult.files.places.folder import FolderPlace
from consult.ledger.checkpoint_store import CheckpointStore
from consult.ledger.guard import Guard
from consult.notices.operator_alerts import AlertMails, words_of
from consult.wiring import chores
from tests.builders import NOW

NOON = clock.start_of_day(clock.local_day(NOW)) + timedelta(hours=12)
FULL, WELL = broken("disk", "full", free=1, share=1), well("disk", free=9000, share=50)
MINUTES = timedelta(minutes=5)


def run(memory: Memory, *steps: tuple[datetime, Finding]) -> tuple[list[Alert], Memory]:
    """The mails of several looks, each delivered."""
    mails = []
    for at, found in steps:
        alert, memory = decided(alerts.read(alerts.written(memory)), [found], at)
        mails += [alert] if alert else []
    return mails, memory


def test_one_mail_when_it_turns_bad_and_one_when_it_is_good_again() -> None:
    later = [NOON + MINUTES * number for number in range(6)]
    found = [WELL, FULL, FULL, FULL, WELL, WELL]
    mails, _ = run(Memory(), *zip(later, found, strict=True))
    assert [(one.bad, one.good, one.daily) for one in mails] == [((FULL,), (), False), ((), ("disk",), False)]


def test_what_gets_worse_is_told_again_and_what_stands_goes_along() -> None:
    little, old = attention("disk", "little", free=900, share=5), broken("backup", "old", hours=40)
    _, memory = run(Memory(), (NOON, little))
    alert, memory = decided(memory, [FULL, old], NOON + MINUTES)
    assert alert is not None and alert.bad == (FULL, old) and not alert.standing
    alert, _ = decided(memory, [WELL, old], NOON + 2 * MINUTES)
    assert alert is not None and (alert.bad, alert.good, alert.standing) == ((), ("disk",), (old,))


def test_what_is_hidden_by_something_broken_is_neither_bad_nor_good() -> None:
    _, memory = run(Memory(), (NOON, FULL))
    assert decided(memory, [unknown("disk", "hidden")], NOON + MINUTES)[0] is None
    assert decided(Memory(), [unknown("disk", "hidden")], NOON)[0] is None
    assert decided(Memory(), [unknown("disk", "failed", why="OSError")], NOON)[0] is not None


def test_what_turns_again_and_again_waits_for_the_morning() -> None:
    steps = [(NOON + MINUTES * number, FULL if number % 2 == 0 else WELL) for number in range(21)]
    mails, memory = run(Memory(), *steps)
    assert len(mails) == 3 and memory.parts["disk"].state == State.BROKEN
    morning = NOON + timedelta(hours=19)
    alert, memory = decided(memory, [FULL], morning)
    assert alert is not None and alert.daily and (*alert.bad, *alert.standing) == (FULL,)
    assert decided(memory, [FULL], morning + MINUTES)[0] is None, "once a day at most"


def test_no_more_than_a_few_mails_leave_in_a_day() -> None:
    mails, memory, names = [], Memory(), [f"part{number}" for number in range(20)]
    for number in range(len(names)):
        found = [broken(name, "full") for name in names[: number + 1]]
        alert, memory = decided(memory, found, NOON + MINUTES * number)
        mails += [alert] if alert else []
    assert len(mails) == MOST_MAILS
    alert, _ = decided(memory, [broken(name, "full") for name in names], NOON + timedelta(hours=20))
    assert alert is not None and alert.daily and len(alert.bad) == len(names) - MOST_MAILS


def test_what_only_wants_to_be_looked_at_is_told_again_on_mondays_alone() -> None:
    wanting = attention("holidays", "missing", years="2027")
    days = [NOON + timedelta(days=number) for number in range(8)]
    mails, _ = run(Memory(), *((day, wanting) for day in days))
    told = [clock.local_day(day).weekday() == 0 for day in days[1:]]
    assert [one.daily for one in mails] == [False, *[True for monday in told if monday]]


class Outbox:
    """A way to mail that can be down."""

    def __init__(self) -> None:
        self.sent: list[Alert] = []
        self.down = False

    def send(self, alert: Alert, _now: datetime) -> None:
        """Takes one, unless it is down."""
        if self.down:
            raise NotSent("not_taken", "SiteFault")
        self.sent.append(alert)


def test_what_could_not_be_mailed_is_tried_again_and_told_once(tmp_path: Path) -> None:
    outbox = Outbox()
    looking = AlertRound((), tmp_path / "condition", outbox.send, wanted=True)
    outbox.down = True
    with pytest.raises(NotSent):
        looking.tell([FULL], NOON)
    outbox.down = False
    other = AlertRound((), tmp_path / "condition", outbox.send, wanted=True)
    assert other.tell([FULL], NOON + MINUTES) and not looking.tell([FULL], NOON + 2 * MINUTES)
    assert [one.bad for one in outbox.sent] == [(FULL,)]


def test_where_it_cannot_be_kept_what_was_told_nothing_is_mailed(tmp_path: Path) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.write_text("")
    outbox = Outbox()
    with pytest.raises(OSError):
        AlertRound((), in_the_way / "condition", outbox.send, wanted=True).tell([FULL], NOON)
    assert not outbox.sent


def test_the_worker_looks_where_somebody_wants_to_be_told(tmp_path: Path, session: Session) -> None:
    outbox, checks = Outbox(), (Check("disk", lambda _session, _now: FULL),)
    AlertRound(checks, tmp_path, outbox.send, wanted=False).look(session, NOON)
    assert not outbox.sent
    AlertRound(checks, tmp_path, outbox.send, wanted=True).look(session, NOON)
    assert len(outbox.sent) == 1


def test_a_mail_names_what_is_wrong_and_what_to_do(settings: dict[str, Any]) -> None:
    words = words_of(Alert((FULL,), ("worker",), (broken("backup", "old", hours=40),)), settings)
    assert words.subject == "Cần xử lý: Chỗ trống trên đĩa"
    for said in ("MỚI CẦN XỬ LÝ", "Chỗ trống trên đĩa (hỏng): ", "ĐÃ TỐT TRỞ LẠI", "Dịch vụ consult-worker", "Sao lưu"):
        assert said in words.body
    assert words_of(Alert((), ("disk",), ()), settings).subject == "Đã tốt trở lại: Chỗ trống trên đĩa"


def test_every_address_gets_one_and_nobody_to_tell_is_said(settings: dict[str, Any], tmp_path: Path) -> None:
    given = {**settings, "ALERT_MAIL": ("mot@vidu.vn", "hai@vidu.vn"), "MAIL_FOLDER": tmp_path / "mail"}
    AlertMails(given).send(Alert((FULL,), (), ()), NOW)
    said = sorted(path.read_text() for path in (tmp_path / "mail").glob("*.eml"))
    assert len(said) == 2 and sum("mot@vidu.vn" in one for one in said) == 1
    for nobody in ({"ALERT_MAIL": ()}, {"ENVIRONMENT": "production"}):
        with pytest.raises(NotSent, match="nobody"):
            AlertMails({**given, **nobody}).send(Alert((FULL,), (), ()), NOW)


def test_two_machines_remember_what_each_of_them_told(
    app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rounds: list[AlertRound] = []
    for machine in ("first", "second"):
        monkeypatch.setitem(app.config, "INSTANCE", tmp_path / machine)
        rounds.append(chores._alerts_of(app))
        rounds[-1].send = lambda _alert, _now: None
    assert [one.tell([found], NOW) for one, found in zip(rounds, (FULL, WELL), strict=True)] == [True, False]
    assert not rounds[0].tell([FULL], NOW), "that the other one has room is no news of this one"


MAIL, MAILED = broken("mail", "given_up", count=2, days=7, error="SiteFault"), well("mail")
CHECKS = tuple(Check(name, lambda _s, _n: WELL, own=name == "disk") for name in ("disk", "mail"))


def machines(tmp_path: Path) -> tuple[Outbox, list[AlertRound]]:
    """Two machines of a site, with one place that both see."""
    outbox, place = Outbox(), FolderPlace(tmp_path / "shared")
    each = [
        AlertRound(CHECKS, tmp_path / name, outbox.send, True, CommonAlerts(place, name))
        for name in ("first", "second")
    ]
    return outbox, each


def test_what_two_machines_share_is_told_once_and_its_end_when_neither_sees_it(tmp_path: Path) -> None:
    outbox, (first, second) = machines(tmp_path)
    steps = [(first, MAIL), (second, MAIL), (first, MAILED), (second, MAIL), (first, MAILED), (second, MAILED)]
    told = [one.tell([WELL, found], NOON + MINUTES * at) for at, (one, found) in enumerate(steps)]
    assert told == [True, False, False, False, False, True]
    assert [(one.bad, one.good, one.common) for one in outbox.sent] == [((MAIL,), (), True), ((), ("mail",), True)]


def test_what_is_a_machines_own_is_told_by_each(tmp_path: Path) -> None:
    outbox, each = machines(tmp_path)
    assert [one.tell([FULL, MAILED], NOON) for one in each] == [True, True]
    assert [(one.bad, one.common) for one in outbox.sent] == [((FULL,), False)] * 2


def test_a_machine_that_looks_no_more_is_forgotten(tmp_path: Path) -> None:
    outbox, (first, second) = machines(tmp_path)
    second.tell([MAIL], NOON)
    assert not first.tell([MAILED], NOON + MINUTES)
    assert first.tell([MAILED], NOON + timedelta(hours=2)) and outbox.sent[-1].good == ("mail",)


def test_what_a_machine_noted_for_next_year_keeps_nobody_from_being_told(tmp_path: Path) -> None:
    """Its clock was put right since, or it is gone."""
    outbox, (first, second) = machines(tmp_path)
    second.tell([MAIL], NOON + timedelta(days=365))
    assert first.tell([MAILED], NOON) and outbox.sent[-1].good == ("mail",)
    later = tuple((NOON + timedelta(days=days)).isoformat() for days in range(300, 306))
    alert, _ = decided(Memory(parts={"disk": Part(turns=later)}, sent=later), [FULL], NOON)
    assert alert is not None and alert.bad == (FULL,)


def test_what_another_release_wrote_otherwise_keeps_nobody_from_being_told(tmp_path: Path) -> None:
    outbox, (first, _second) = machines(tmp_path)
    at = {"at": NOON.isoformat()}
    odd = [{"check": "mail", "state": "melted"}, {"part": "mail"}, 7]
    said = {"machines": {"second": at | {"bad": odd}, "third": at | {"bad": None}}}
    FolderPlace(tmp_path / "shared").write(FILE, json.dumps(said).encode())
    assert first.tell([MAIL], NOON) and outbox.sent[-1].bad == (MAIL,)


def test_a_machine_whose_folder_all_machines_see_remembers_both(tmp_path: Path) -> None:
    outbox = Outbox()
    one = AlertRound(CHECKS, tmp_path, outbox.send, True, CommonAlerts(FolderPlace(tmp_path), "first"))
    assert [one.tell([FULL, MAIL], NOON + MINUTES * at) for at in range(3)] == [True, False, False]


@pytest.mark.parametrize("shared", [True, False])
def test_maintenance_is_a_machines_own_where_its_switch_is(app: Flask, tmp_path: Path, shared: bool) -> None:
    given, held = {**app.config, "SHARED": shared}, app.extensions
    of = [held[f"consult.{name}"] for name in ("database", "signer", "keys", "damages")]
    [found] = [one for one in checks_of(given, *of, Guard(CheckpointStore(tmp_path))) if one.name == "maintenance"]
    assert found.own is not shared


def test_while_the_common_place_is_away_each_tells_alone_and_its_end_too(tmp_path: Path) -> None:
    outbox, (first, second) = machines(tmp_path)
    (tmp_path / "shared").write_text("in the way")
    assert [one.tell([MAIL], NOON) for one in (first, second)] == [True, True]
    (tmp_path / "shared").unlink()
    assert [one.tell([MAILED], NOON + MINUTES) for one in (first, second)] == [True, True]
    assert [one.common for one in outbox.sent] == [False] * 4
    assert first.tell([MAIL], NOON + 2 * MINUTES) and not second.tell([MAIL], NOON + 2 * MINUTES)


def test_a_mail_for_the_whole_site_says_so(settings: dict[str, Any]) -> None:
    common, own = (words_of(Alert((MAIL,), (), (), common=one), settings).body for one in (True, False))
    assert "phần chung của cả trang" in common and "phần chung" not in own


def test_the_command_tells_and_fails_when_it_cannot(app: Flask) -> None:
    outbox = Outbox()
    app.extensions["consult.alerts"].send = outbox.send
    run_it = app.test_cli_runner().invoke
    outbox.down = True
    said = run_it(args=["check", "--alert"])
    assert said.exit_code == 75 and "máy chủ thư không nhận" in said.output and "[hỏng]" in said.output
    outbox.down = False
    said = run_it(args=["check", "--alert"])
    assert (said.exit_code, said.output) == (0, "Đã gửi thư báo cho người vận hành.\n")
    assert run_it(args=["check", "--alert"]).output == "Không có gì mới để báo.\n"
    kept = kept_results.last(app.config["CONDITION_FOLDER"], kept_results.ALERTS)
    assert kept["parts"]["schema"]["told"] == "broken"
