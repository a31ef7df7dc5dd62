"""Routes write their addresses as werkzeug's own do, and are made ready for it when they are first asked."""

from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from werkzeug.routing import AnyConverter, BaseConverter, Map, Rule, UUIDConverter
from werkzeug.routing.converters import NumberConverter

from consult.wiring.routes import LateRoute


def value_for(converter: BaseConverter) -> Any:
    """Something that may stand in an address in this place."""
    if isinstance(converter, AnyConverter):
        return min(converter.items)
    if isinstance(converter, UUIDConverter):
        return UUID(int=7)
    return 7 if isinstance(converter, NumberConverter) else "một & hai"


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The routes whose functions werkzeug has compiled, in the order it did."""
    found: list[str] = []
    compiling = Rule._compile_builder

    def counted(rule: Rule, append_unknown: bool = True) -> Any:
        found.append(rule.rule)
        return compiling(rule, append_unknown)

    monkeypatch.setattr(Rule, "_compile_builder", counted)
    return found


def test_a_site_begins_without_making_addresses_ready(compiled: list[str], app: Flask) -> None:
    # Flask makes its own route for files before it can be told otherwise.
    assert set(compiled) == {"/static/<path:filename>"}


def test_a_route_is_made_ready_once(compiled: list[str]) -> None:
    rule = LateRoute("/no-site-has-this/<slug>/", endpoint="matter")
    addresses = Map([rule]).bind("localhost")
    assert compiled == []
    assert [addresses.build("matter", {"slug": slug}) for slug in ("mot", "hai")] == [
        "/no-site-has-this/mot/",
        "/no-site-has-this/hai/",
    ]
    assert compiled == [rule.rule]


def test_every_address_is_as_werkzeug_writes_it(app: Flask) -> None:
    rules = [rule for rule in app.url_map.iter_rules() if isinstance(rule, LateRoute)]
    assert len(rules) > 200
    for rule in rules:
        own = Rule(rule.rule, endpoint=rule.endpoint, methods=rule.methods, defaults=rule.defaults)
        Map([own], converters=app.url_map.converters)
        values = {name: value_for(converter) for name, converter in rule._converters.items()}
        for given in (values, {**values, "trang": 2, "tìm": ["a", "b"]}):
            for unknown in (False, True):
                assert rule.build(given, unknown) == own.build(given, unknown), rule.rule
