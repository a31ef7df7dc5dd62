"""What is left at the end of a programme: all that is open, and what the programme that follows took over."""

from collections.abc import Sequence

from consult.programme.promise_models import Promise
from consult.programme.reporting import promised
from consult.programme.reporting.numbers import Number, Scope, Section
from consult.programme.words import Ending, ReportKind


def numbers(scope: Scope) -> Sequence[Number]:
    """Of promises of every kind."""
    public = [Promise.public_at.is_not(None)]
    return [
        promised.number(scope, "left_open", [*public, *promised.open_at_end(scope)], adds_up=False),
        promised.number(scope, "taken_over", [*public, *promised.ended_within(scope, Ending.TAKEN_OVER)]),
    ]


SECTION = Section("end", numbers, frozenset({ReportKind.FINAL}))
