"""The routes of the site, which learn to write their addresses when they are first asked for one.

Werkzeug writes and compiles two functions for each route that is registered, nine tenths of the time that making the
site takes, and that before every command too. Most routes are never asked.
"""

from collections.abc import Callable

from werkzeug.routing import Rule

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
