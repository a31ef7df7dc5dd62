"""Closed by default: every address of the site says who may use it."""

from uuid import UUID

import pytest
from flask import Flask, url_for
from flask.typing import ResponseReturnValue

from consult.web import flood_control
from tests.pages import Browser

OPENROSA = "/thu-thap/odk/"
TILES = "/nhat-ky/<slug>/tlog/", "/nhat-ky/toan-trang/tlog/", "/chuong-trinh/<slug>/nhat-ky/tlog/"
UNSAFE = {"POST", "PUT", "PATCH", "DELETE"}
VALUES = {
    "UnicodeConverter": "x",
    "Number": 1,
    "AnyConverter": "linh-vuc",
    "PathConverter": "x",
    "UUIDConverter": UUID(int=1),
}


def test_every_view_declares_its_access(app: Flask) -> None:
    silent = sorted(
        f"{rule.rule} ({rule.endpoint})"
        for rule in app.url_map.iter_rules()
        if rule.endpoint != "static" and not hasattr(app.view_functions[rule.endpoint], "access")
    )
    assert not silent, "\n".join(silent)


def test_every_address_ends_as_it_promises(app: Flask) -> None:
    """Pages end in a slash or are files by name; an address with both spellings would be cached twice. What programs of
    field collectors ask for is named by OpenRosa, what programs that read any log ask for by C2SP tlog-tiles."""
    odd = sorted(
        rule.rule
        for rule in app.url_map.iter_rules()
        if not rule.rule.endswith("/")
        and "." not in rule.rule.rsplit("/", 1)[1]
        and not rule.rule.startswith(("/api/", "/static/", OPENROSA, *TILES))
        and rule.rule not in {"/healthz", "/readyz", "/metrics"}
    )
    assert not odd, odd


def test_one_address_one_method_one_view(app: Flask) -> None:
    seen: dict[tuple[str, str], str] = {}
    for rule in app.url_map.iter_rules():
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
            assert (rule.rule, method) not in seen, (
                f"{method} {rule.rule}: {rule.endpoint} and {seen[rule.rule, method]}"
            )
            seen[rule.rule, method] = rule.endpoint


def test_reading_and_doing_are_different_addresses_or_methods(app: Flask) -> None:
    both = [
        rule.rule
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or set()) and UNSAFE & (rule.methods or set())
    ]
    assert not both, f"one view both reads and does: {both}"


def test_a_view_without_declared_access_is_refused(app: Flask) -> None:
    def forgotten() -> ResponseReturnValue:
        return "open to all by accident"

    app.add_url_rule("/forgotten/", "forgotten", forgotten)
    page = Browser(app).get("/forgotten/", status=404)
    assert b"by accident" not in page.body


def test_whatever_anybody_may_send_is_counted_at_the_door(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """No address without signing in takes any number of requests: a new one is bounded as soon as it is declared."""
    app.config["SUBMISSIONS_PER_MINUTE"] = 1
    monkeypatch.setattr(flood_control, "MINUTE", 60)
    monkeypatch.setattr(flood_control.Minutes, "count", lambda *_counted: 1_000_000)
    routes = [
        (rule.endpoint, {name: VALUES[type(of).__name__] for name, of in rule._converters.items()})
        for rule in app.url_map.iter_rules()
        if UNSAFE & (rule.methods or set()) and app.view_functions[rule.endpoint].access[0] == "public"  # type: ignore[attr-defined]
    ]
    assert len(routes) > 10
    for endpoint, values in routes:
        with app.test_request_context():
            address = url_for(endpoint, **values)
        told = app.test_client().post(address)
        assert told.status_code == 429, f"{endpoint} takes as many as anybody likes to send: {told.status_code}"
        assert 1 <= int(told.headers["Retry-After"]) <= 60
