"""Consult: public consultation and social critique.

Here is only the door. Whoever imports one room imports no other: programs that run beside the site, tests of a library
and commands of one purpose begin with what they need, and not with everything.
"""

from pkgutil import resolve_name
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from flask import Flask


def create_app(settings: dict[str, Any] | None = None) -> "Flask":
    """The application with `settings` over those of the environment (see config.py).

    What keeps it from starting is told in one sentence to commands and to gunicorn, and raised to all others:
    config.Misconfigured, or what the database or the system said.
    """
    app: Flask = resolve_name("consult.wiring.application:create_app")(settings)
    return app
