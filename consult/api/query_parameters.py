"""What programs write into queries: numbers within bounds, and cursors, which count what was given before."""

import re

from flask import request

from consult.api.routes import HIGHEST, Parameter
from consult.api.schema_parts import whole
from consult.errors import Invalid

CURSOR = Parameter("cursor", {"type": "string", "pattern": "^[0-9]{1,15}$"}, "the `next` of the page before")
_NUMBER = re.compile(r"[0-9]{1,15}")
LAST = 2**31 - 1
"""The largest number that a row may have: behind it there is nothing, and a database may not be asked for more."""


def number(name: str, description: str, least: int = 0, most: int = HIGHEST, required: bool = True) -> Parameter:
    """A whole number in the query."""
    return Parameter(name, whole(least, most), description, required)


def asked(parameter: Parameter, default: int | None = None) -> int:
    """The number that a request gives for `parameter`. Raises Invalid when it is missing, none, or out of bounds."""
    given = request.args.get(parameter.name)
    if given is None and default is not None:
        return default
    if not given:
        raise Invalid({parameter.name: "required"})
    if not _NUMBER.fullmatch(given):
        raise Invalid({parameter.name: "not_a_number"})
    found = int(given)
    if not parameter.schema["minimum"] <= found <= parameter.schema["maximum"]:
        raise Invalid({parameter.name: "out_of_range"})
    return found


def cursor(after: int) -> str:
    """The cursor of what comes after the number `after`."""
    return str(after)


def after() -> int:
    """The number after which the page begins that a request asks for; 0 for the first. Raises Invalid."""
    given = request.args.get("cursor", "0")
    if not _NUMBER.fullmatch(given):
        raise Invalid({"cursor": "unknown_cursor"})
    return min(int(given), LAST)
