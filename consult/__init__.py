"""Consult: public consultation and social critique.

Here is only the door. Whoever imports one room imports no other: programs that run beside the site, tests of a library
and commands of one purpose begin with what they need, and not with everything.
"""

import gc
from functools import cache
from pkgutil import resolve_name
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from flask import Flask


def create_app(settings: dict[str, Any] | None = None) -> "Flask":
    """The application with `settings` over those of the environment (see config.py).

    What keeps it from starting is told in one sentence to commands and to gunicorn, and raised to all others:
    config.Misconfigured, or what the database or the system said.
    """
    app: Flask = _rooms()(settings)
    return app


@cache
def _rooms() -> Any:
    """The house with every room, imported once. All of it lasts as long as the process: a fifth of the time of a start
    would go into looking, again and again, whether any of it may be forgotten."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        return resolve_name("consult.wiring.application:create_app")
    finally:
        gc.freeze()
        if collecting:
            gc.enable()
