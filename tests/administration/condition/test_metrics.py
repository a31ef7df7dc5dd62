"""Numbers for Prometheus: for who knows the token, in its format, with no label of anybody's."""

import re
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session

import config
from consult.administration.condition.metric_text import Gauge, text_of
from consult.errors import Refused
from consult.stages import Stage
from consult.submissions.receiving.counted import counted
from consult.traces import measurements
from tests.application import Begin
from tests.builders import make_consultation

TOKEN = "0123456789-0123456789-abc"
LINE = re.compile(r'consult_[a-z_]+(\{([a-z]+="(?:[^"\\]|\\.)*",?)+\})? -?[0-9.e+-]+')


@pytest.fixture
def measured(settings: dict[str, Any], app: Flask, begin: Begin) -> Flask:
    """A site whose numbers are asked for."""
    return begin({**app.config, "METRICS_TOKEN": TOKEN})


def numbers(app: Flask) -> str:
    """The numbers of the site now."""
    counts = measurements._counts[0]
    assert counts is not None
    counts.found.until = 0.0
    answer = app.test_client().get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
    assert answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/plain; version=0.0.4")
    return answer.text


def test_without_a_setting_there_is_no_such_address(app: Flask) -> None:
    assert app.test_client().get("/metrics").status_code == 404


def test_who_does_not_know_the_token_is_told_nothing(measured: Flask) -> None:
    for given in ({}, {"Authorization": "Bearer x"}, {"Authorization": TOKEN}, {"Authorization": "Bearer ở đây"}):
        encoded = {name: value.encode().decode("latin-1") for name, value in given.items()}
        answer = measured.test_client().get("/metrics", headers=encoded)
        assert (answer.status_code, answer.text) == (401, "")


def test_a_token_that_would_be_guessed_is_refused() -> None:
    for said in ("ngan", "x" * 19, "co dau cach trong chuoi nay"):
        with pytest.raises(config.Misconfigured):
            config.settings({"CONSULT_ENV": "test", "CONSULT_METRICS_TOKEN": said})


def test_every_line_is_one_and_routes_are_rules(measured: Flask, app_session: Session) -> None:
    matter = make_consultation(app_session, Stage.OPEN)
    asked = measured.test_client()
    for path in (f"/lay-y-kien/{matter.slug}/", f"/lay-y-kien/{matter.slug}/", "/khong/co/dau/"):
        asked.get(path).close()
    said = numbers(measured)
    wrong = [line for line in said.splitlines() if not line.startswith("# ") and not LINE.fullmatch(line)]
    assert not wrong and matter.slug not in said and "khong" not in said
    assert 'consult_request_seconds_count{route="/lay-y-kien/<slug>/",status="2xx"} 2' in said
    assert 'consult_request_seconds_count{route="none",status="4xx"} 1' in said
    assert 'consult_page_cache_total{result="kept"} 1' in said
    for name in ("outbox_waiting", "given_up", "ledger_entries", "disk_free_bytes", 'condition{part="disk"}'):
        assert f"consult_{name}" in said, name
    rules = {rule.rule for rule in measured.url_map.iter_rules()} | {"none"}
    assert set(re.findall(r'route="([^"]+)"', said)) <= rules


def test_buckets_hold_all_that_took_no_longer() -> None:
    about = ("route", "/"), ("status", "2xx")
    totals = {
        ("request_seconds_bucket", (("le", "0.05"), *about)): 3.0,
        ("request_seconds_bucket", (("le", "+Inf"), *about)): 1.0,
        ("request_seconds_sum", about): 12.5, ("submissions", (("reason", 'a"b\n'), ("result", "refused"))): 2.0,
    }  # fmt: skip
    said = text_of(totals, [Gauge("disk_bytes", "Room.", 5.25)])
    counts = re.findall(r'le="([^"]+)"} (\d+)', said)
    assert counts[0] == ("0.01", "0") and counts[1] == ("0.05", "3") and counts[-1] == ("+Inf", "4")
    assert 'consult_submissions_total{reason="a\\"b\\n",result="refused"} 2' in said
    assert said.endswith("# TYPE consult_disk_bytes gauge\nconsult_disk_bytes 5.25\n")


def test_submissions_are_counted_by_what_came_of_them(measured: Flask) -> None:
    def late() -> None:
        raise Refused("too_late")

    counted(lambda: None)()
    with pytest.raises(Refused):
        counted(late)()
    said = numbers(measured)
    assert 'consult_submissions_total{reason="",result="accepted"} 1' in said
    assert 'consult_submissions_total{reason="too_late",result="refused"} 1' in said
