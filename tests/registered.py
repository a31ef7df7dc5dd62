"""What sites of one process register alike is registered once: nearly all of the time of making a site went into its
hundreds of routes, and every test of pages makes one.

A route that another site has, of the same text and for the same endpoint, is that site's own; what a blueprint adds to
a site is noted when it is first registered, and added to the next ones; and the routes of a site are put in order when
they are first asked for, once for all sites that have the same. What a test adds to its own site no other has.
"""

from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from typing import Any, ClassVar

from flask import Flask
from flask.sansio.blueprints import Blueprint
from werkzeug.routing import Map, Rule, RuleFactory
from werkzeug.routing.matcher import StateMachineMatcher

FUNCTIONS = ("before_request_funcs", "after_request_funcs", "teardown_request_funcs", "url_value_preprocessors",
             "url_default_functions", "template_context_processors")  # fmt: skip
"""Where an application keeps lists of functions by the name of the blueprint that they are for."""
SPOKEN = ("globals", "filters", "tests")
"""What a blueprint may give to all templates."""
REGISTERING: Callable[..., None] = Flask.register_blueprint
"""Flask's own way."""


class SharedMap(Map):
    """The addresses of one site."""

    known: ClassVar[dict[Any, Rule]] = {}
    ordered: ClassVar[dict[Any, tuple[StateMachineMatcher, dict[Any, list[Rule]]]]] = {}
    ordering: ClassVar[Lock] = Lock()

    def __init__(self, *arguments: Any, **options: Any) -> None:
        self.routes: list[Rule] = []
        super().__init__(*arguments, **options)

    def add(self, rulefactory: RuleFactory) -> None:
        """Adds routes, or those of their text that another site has."""
        for rule in rulefactory.get_rules(self):
            rule.bind(self)
            self.take([self.known.setdefault((self.manner(), _text_of(rule)), rule)])

    def take(self, rules: list[Rule]) -> None:
        """Adds routes that were bound to a map of the same manner."""
        self.routes += rules
        self._remap = True

    def manner(self) -> Any:
        """What a route takes from its map: maps that differ in it share nothing."""
        slashes = self.host_matching, self.merge_slashes, self.strict_slashes, self.redirect_defaults
        return *slashes, self.default_subdomain, self.sort_parameters, self.sort_key, tuple(self.converters.items())

    def update(self) -> None:
        """Puts the routes in order, before one is looked for."""
        if not self._remap:
            return
        with self.ordering:
            # The maps that are kept keep their routes: no other ever has the number of one of them.
            key = self.manner(), tuple(id(rule) for rule in self.routes)
            if key not in self.ordered:
                self.ordered[key] = self._in_order()
            self._matcher, self._rules_by_endpoint = self.ordered[key]
            self._remap = False

    def _in_order(self) -> tuple[StateMachineMatcher, dict[Any, list[Rule]]]:
        alone = Map(merge_slashes=self.merge_slashes)
        for rule in self.routes:
            if not rule.build_only:
                alone._matcher.add(rule)
            alone._rules_by_endpoint.setdefault(rule.endpoint, []).append(rule)
        alone.update()
        return alone._matcher, alone._rules_by_endpoint


def _text_of(rule: Rule) -> Any:
    defaults = tuple(sorted((rule.defaults or {}).items()))
    methods = None if rule.methods is None else frozenset(rule.methods)
    return (
        type(rule), rule.rule, rule.endpoint, methods, defaults, rule.subdomain, rule.host, rule.strict_slashes,
        rule.merge_slashes, rule.build_only, rule.alias, rule.redirect_to, rule.websocket,
        getattr(rule, "provide_automatic_options", None),
    )  # fmt: skip


@dataclass(frozen=True)
class Added:
    """What a blueprint added to a site."""

    rules: list[Rule]
    blueprints: dict[str, Blueprint]
    views: dict[str, Any]
    handlers: dict[str | None, dict[int | None, dict[type, Any]]]
    functions: dict[str, dict[str | None, list[Any]]]
    spoken: dict[str, dict[str, Any]]


@dataclass(frozen=True)
class _Before:
    """How much of each there was before."""

    rules: int
    blueprints: set[str]
    views: set[str]
    handlers: set[str | None]
    functions: dict[str, dict[str | None, int]]
    spoken: dict[str, dict[str, Any]]


class SharedBlueprints:
    """The blueprints of all sites of this process."""

    def __init__(self) -> None:
        self.kept: dict[Any, Added] = {}

    def register(self, app: Flask, blueprint: Blueprint, **options: Any) -> None:
        """Registers `blueprint` on `app`, or adds to it what it added to another."""
        if options or blueprint.cli.commands or not isinstance(app.url_map, SharedMap):
            REGISTERING(app, blueprint, **options)
            return
        key = blueprint, app.config["PROVIDE_AUTOMATIC_OPTIONS"], app.url_map.manner()
        if key in self.kept and not self.kept[key].blueprints.keys() & app.blueprints.keys():
            _add(app, app.url_map, self.kept[key])
            return
        before = _before(app, app.url_map)
        REGISTERING(app, blueprint)
        self.kept[key] = _added(app, app.url_map, before)


def _before(app: Flask, addresses: SharedMap) -> _Before:
    return _Before(
        len(addresses.routes),
        set(app.blueprints),
        set(app.view_functions),
        set(app.error_handler_spec),
        {name: {key: len(found) for key, found in getattr(app, name).items()} for name in FUNCTIONS},
        {name: dict(getattr(app.jinja_env, name)) for name in SPOKEN},
    )


def _added(app: Flask, addresses: SharedMap, before: _Before) -> Added:
    return Added(
        addresses.routes[before.rules :],
        {name: found for name, found in app.blueprints.items() if name not in before.blueprints},
        {name: found for name, found in app.view_functions.items() if name not in before.views},
        {name: _copy(found) for name, found in app.error_handler_spec.items() if name not in before.handlers},
        {name: _further(getattr(app, name), before.functions[name]) for name in FUNCTIONS},
        {
            name: {key: value for key, value in getattr(app.jinja_env, name).items() if key not in before.spoken[name]}
            for name in SPOKEN
        },
    )


def _copy(handlers: dict[int | None, dict[type, Any]]) -> dict[int | None, dict[type, Any]]:
    return {code: dict(found) for code, found in handlers.items()}


def _further(lists: dict[str | None, list[Any]], before: dict[str | None, int]) -> dict[str | None, list[Any]]:
    found = {key: functions[before.get(key, 0) :] for key, functions in lists.items()}
    return {key: functions for key, functions in found.items() if functions}


def _add(app: Flask, addresses: SharedMap, added: Added) -> None:
    addresses.take(added.rules)
    app.blueprints.update(added.blueprints)
    app.view_functions.update(added.views)
    for name, handlers in added.handlers.items():
        for code, found in handlers.items():
            app.error_handler_spec[name][code].update(found)
    for kind, lists in added.functions.items():
        for key, functions in lists.items():
            getattr(app, kind)[key].extend(functions)
    for kind, spoken in added.spoken.items():
        getattr(app.jinja_env, kind).update(spoken)
