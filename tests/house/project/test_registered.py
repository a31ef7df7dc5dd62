"""What sites of tests register once for all of them is what Flask would register on each."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from werkzeug.routing import Map, Rule

from consult.wiring.routes import LateRoute
from tests.application import end, make_app
from tests.database import SqliteDatabases
from tests.registered import FUNCTIONS, REGISTERING, SPOKEN, SharedMap

Site = Callable[[], Flask]


@pytest.fixture
def site(sqlite_databases: SqliteDatabases, tmp_path: Path) -> Iterator[Site]:
    """Begins further sites, each with all of its own."""
    begun: list[Flask] = []

    def begins() -> Flask:
        begun.append(make_app(sqlite_databases.fresh(), tmp_path / str(len(begun))))
        return begun[-1]

    yield begins
    for app in begun:
        end(app)


def named(found: Any) -> Any:
    """Functions by where they stand and their names: those that a site makes for itself are of no other."""
    if isinstance(found, dict):
        return {key: named(value) for key, value in found.items() if value}
    if isinstance(found, list | tuple):
        return [named(one) for one in found]
    return (getattr(found, "__module__", ""), getattr(found, "__qualname__", type(found).__qualname__))


def text_of(rule: Rule) -> Any:
    """All that a route says of itself, and what it learns from its map."""
    return (
        type(rule), rule.rule, rule.endpoint, sorted(rule.methods or ()), rule.defaults, rule.subdomain, rule.host,
        rule.strict_slashes, rule.merge_slashes, rule.redirect_to, rule.provide_automatic_options,
        rule._parts, rule._trace, {name: type(found) for name, found in rule._converters.items()}, rule.arguments,
    )  # fmt: skip


def registered(app: Flask) -> dict[str, Any]:
    """All that blueprints add to an application, part by part."""
    return {
        "routes": [text_of(rule) for rule in app.url_map.iter_rules()],
        "blueprints": list(app.blueprints.items()),
        "views": list(named(app.view_functions).items()),
        "own views": {key: view for key, view in app.view_functions.items() if "." in key},
        "handlers": named(app.error_handler_spec),
        **{kind: named(getattr(app, kind)) for kind in FUNCTIONS},
        **{kind: named(dict(getattr(app.jinja_env, kind))) for kind in SPOKEN},
        "commands": sorted(app.cli.commands),
        "everything else": sorted(vars(app)),
        "beside": sorted(app.extensions),
        "at the end": named([app.teardown_appcontext_funcs, app.shell_context_processors]),
    }


def test_a_later_site_has_what_flask_registers(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    site()
    later = registered(site())
    monkeypatch.setattr(Flask, "url_map_class", Map)
    monkeypatch.setattr(Flask, "register_blueprint", REGISTERING)
    alone = site()
    assert type(alone.url_map) is Map
    own = registered(alone)
    assert len(own["routes"]) > 500
    for part, found in own.items():
        assert later[part] == found, part


def test_a_route_of_one_site_is_no_other_ones(site: Site) -> None:
    first, second = site(), site()
    for app in (first, second):
        assert app.test_client().get("/healthz").status_code == 200
    first.view_functions["own"] = lambda: ""
    first.url_map.add(first.url_rule_class("/cua-rieng/", endpoint="own"))
    for app in (second, site()):
        assert "own" not in {rule.endpoint for rule in app.url_map.iter_rules()} | set(app.view_functions)
    assert first.url_map.bind("localhost").match("/cua-rieng/") == ("own", {})
    assert first.url_map.bind("localhost").match("/healthz")[0] == second.url_map.bind("localhost").match("/healthz")[0]


def test_what_one_site_hangs_before_its_requests_no_other_has(site: Site) -> None:
    first, second = site(), site()
    name = next(name for name in first.blueprints if name in first.after_request_funcs)
    first.after_request_funcs[name].append(lambda answer: answer)
    first.error_handler_spec[name][404][LookupError] = lambda error: ""
    first.view_functions[next(iter(first.view_functions))] = lambda: ""
    first.jinja_env.globals["own"] = "own"
    third = registered(site())
    assert third == registered(second) != registered(first)


def test_routes_of_one_text_are_what_they_would_be_alone() -> None:
    for text in ("/lay-y-kien/<slug>/y-kien/<int:number>/", "/tep/<any(csv, json):suffix>", "/a//b/<path:rest>"):
        for kind, map_of in ((Rule, Map), (LateRoute, SharedMap), (LateRoute, SharedMap)):
            addresses = map_of([kind(text, endpoint="page", defaults={"more": 1}, methods=["GET"])])
            [route] = addresses.iter_rules()
            values = {"slug": "một", "number": 2, "suffix": "csv", "rest": "x/y", "more": 1, "q": "ă"}
            found = route._parts, route._trace, sorted(route._converters), route.arguments, route.build(values)
            if kind is Rule:
                alone = found
            assert found == alone


def test_maps_that_find_their_ways_differently_share_no_route() -> None:
    plain, strict = (SharedMap([LateRoute("/<int:n>/", endpoint="n")], strict_slashes=slashes) for slashes in (0, 1))
    again = SharedMap([LateRoute("/<int:n>/", endpoint="n")], strict_slashes=0)
    first, other, same = (next(one.iter_rules()) for one in (plain, strict, again))
    assert first is same and first is not other and first.strict_slashes != other.strict_slashes
