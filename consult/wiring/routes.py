"""The routes of the site, which learn to write their addresses when they are first asked for one.

Werkzeug writes and compiles two functions for each route that is registered, nine tenths of the time that making the
site takes, and that before every command too. Most routes are never asked.

And how matters stand in all of them (`consultations/slugs.py`).
"""

from collections.abc import Callable
from typing import Any

from flask import Flask, current_app
from werkzeug.routing import Rule

from consult.consultations import slugs

Builder = Callable[..., tuple[str, str]]


class LateRoute(Rule):
    """A route whose functions for addresses are compiled when they are first called."""

    def _compile_builder(self, append_unknown: bool = True) -> Builder:
        compiling = super()._compile_builder
        compiled: list[Builder] = []

        def build(rule: Rule, /, **values: object) -> tuple[str, str]:
            if not compiled:
                compiled.append(compiling(append_unknown))
            return compiled[0](rule, **values)

        return build


def name_matters(app: Flask) -> None:
    """Has every view of `app` find a matter by its address, and every address it writes lead there."""
    app.url_value_preprocessor(_read)
    app.url_defaults(_write)
    app.jinja_env.filters["in_address"] = slugs.in_address


def _read(_endpoint: str | None, values: dict[str, Any] | None) -> None:
    if values and "slug" in values:
        values["slug"] = slugs.meant(values["slug"])


def _write(endpoint: str, values: dict[str, Any]) -> None:
    # In a query a slug stands as it is: nothing reads it back from there.
    if values.get("slug") in slugs.RESERVED and current_app.url_map.is_endpoint_expecting(endpoint, "slug"):
        values["slug"] = slugs.in_address(values["slug"])
