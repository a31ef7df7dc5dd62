"""How many submissions were taken, and for which reasons others were not: numbers for who watches the site."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from consult.errors import Invalid, Refused
from consult.traces import measurements

Arguments = ParamSpec("Arguments")
Taken = TypeVar("Taken")


def counted(receive: Callable[Arguments, Taken]) -> Callable[Arguments, Taken]:
    """`receive`, with what came of each submission counted."""

    @wraps(receive)
    def receives(*arguments: Arguments.args, **values: Arguments.kwargs) -> Taken:
        try:
            taken = receive(*arguments, **values)
        except Refused as refused:
            measurements.count("submissions", result="refused", reason=refused.reason)
            raise
        except Invalid:
            measurements.count("submissions", result="refused", reason="invalid")
            raise
        measurements.count("submissions", result="accepted", reason="")
        return taken

    return receives
