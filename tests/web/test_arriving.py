"""The moment of arrival: told by whom we trust, never later than now, never too long ago."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask

from consult.clock import LONGEST_WAY
from consult.web import context
from consult.web.arrival import arrived_at
from consult.web.arrival.arrived_at import REACHED, STARTED, TOOK, instant

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)


def said(seconds_ago: float, took: float | str = "0.000", form: str = "t={:.3f}") -> dict[str, Any]:
    """What nginx says of a request that it passed on so many seconds ago."""
    return {STARTED: form.format(NOW.timestamp() - seconds_ago), TOOK: f"{took}"}


def ago(**environ: Any) -> float:
    """How many seconds ago a request with this environment arrived, behind one proxy."""
    return round((NOW - instant(environ, 1, NOW)).total_seconds(), 3)


def test_it_is_when_the_first_byte_came_to_the_proxy() -> None:
    assert ago(**said(0.5)) == 0.5
    assert ago(**said(0.5, 2.25)) == 2.75
    assert ago(**said(0.5, form="{:.3f}")) == 0.5


def test_it_is_when_the_request_came_to_our_socket_where_no_proxy_tells() -> None:
    assert ago(**{REACHED: NOW.timestamp() - 3}) == 3
    assert ago(**said(1, 1), **{REACHED: NOW.timestamp() - 0.5}) == 2
    # A proxy's clock may be ahead of ours: what has come to our socket has arrived.
    assert ago(**said(-5), **{REACHED: NOW.timestamp() - 0.5}) == 0.5


def test_it_is_now_where_nobody_tells() -> None:
    assert instant({}, 0, NOW) == instant({}, 3, NOW) == NOW


def test_without_a_proxy_of_ours_a_stranger_tells_nothing() -> None:
    assert instant(said(300), 0, NOW) == NOW


@pytest.mark.parametrize("clock_back", [0.001, 1, 3600, 10**8])
def test_it_is_never_in_the_future_when_a_clock_goes_back(clock_back: float) -> None:
    assert ago(**said(-clock_back)) == ago(**{REACHED: NOW.timestamp() + clock_back}) == 0


@pytest.mark.parametrize("late", [600, 601, 3600, 10**9])
def test_a_request_that_drips_in_is_not_older_than_the_longest_way(late: float) -> None:
    longest = LONGEST_WAY.total_seconds()
    assert ago(**said(late)) == ago(**said(0, late)) == ago(**{REACHED: NOW.timestamp() - late}) == longest


@pytest.mark.parametrize(
    "garbage",
    [
        "",
        "t=",
        "now",
        "t=-1",
        "1e9",
        "nan",
        "inf",
        "t=1,t=2",
        "t=١٢",
        "9" * 40,
        "t=1764325407123",
        " ",
        "t=1.2.3",
        "\x00",
    ],
)
def test_garbage_tells_nothing(garbage: str) -> None:
    assert ago(**{STARTED: garbage, TOOK: "5"}) == 0
    if garbage != "9" * 40:
        assert ago(**{STARTED: said(1)[STARTED], TOOK: garbage}) == 1


def test_a_body_that_drips_in_behind_its_head_makes_no_period_longer(app: Flask) -> None:
    begun = context.clock.now() - LONGEST_WAY - timedelta(minutes=30)
    with app.test_request_context(environ_overrides={context.ARRIVED: begun}):
        assert context.arrived_at() >= begun + timedelta(minutes=30)


def test_the_site_is_told(app: Flask) -> None:
    seen: list[datetime] = []

    @app.before_request
    def look() -> None:
        seen.append(context.arrived_at())

    before = context.clock.now() - timedelta(seconds=7)
    app.test_client().get("/healthz", environ_overrides={arrived_at.REACHED: before.timestamp()})
    app.test_client().get("/healthz", environ_overrides={STARTED: f"t={before.timestamp()}"})
    assert abs(seen[0] - before) < timedelta(milliseconds=1) and seen[1] > before + timedelta(seconds=6)
