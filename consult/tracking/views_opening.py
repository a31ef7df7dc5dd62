"""Opening what the secret number guards: every try is counted, and who has typed it once has a pass for the hour."""

from collections.abc import Callable
from typing import TypeVar

from flask import request
from flask.typing import ResponseReturnValue

from consult.collections.answers import by_code
from consult.errors import NotFound, Refused
from consult.submissions.models import Joiner, Submission
from consult.submissions.receiving import lookup_codes
from consult.submissions.views_frame import site_codes
from consult.tracking import counted_lookup, lookup, passes, views_collected
from consult.tracking.views_frame import SCOPE, blueprint, shown
from consult.web import context, errors, limits, tickets

TRIES = (("second_code_hour", "30 per hour"), ("second_code_day", "100 per day"))
TRIES_EVERYWHERE = "1000 per day"
"""Who knows a look-up code alone must not lock its owner out: tries count by code and network, and by code alone only
far beyond that. The secret number is one of a million. Guessing from one network finds it with a chance of a hundred in
a million (one in ten thousand) a day, from everywhere together of one in a thousand a day: a fiftieth in the twenty
days of a period. The look-up code must be known first (docs/operating.md); to keep the owner out takes ten networks."""
TRIES_OF_ADDRESS = "200 per hour"


FIELD = "ma_bi_mat"
Found = TypeVar("Found")


def own(code: str) -> tuple[Submission | Joiner, bool]:
    """The submission for its sender, and whether the page it was asked from had been open for too long.

    Every try at a code is counted before it is looked at, or the right one would still be told beyond the limit. Of an
    address only the wrong ones count: a hall shares one, and everybody there takes their receipt home.
    A pass is no try.
    """
    tickets.check_origin()
    found = _with_pass(code) or _with_secret(code)
    try:
        tickets.read(request.form.get("ticket", ""), SCOPE, context.arrived_at())
    except tickets.TicketExpired:
        return found, True
    return found, False


def pass_for(code: str) -> str:
    """What the forms of a page carry instead of the secret number that was typed to open it."""
    return passes.issue(lookup_codes.typed(code), context.arrived_at())


@blueprint.errorhandler(Refused)
def refused(error: Refused) -> ResponseReturnValue:
    """A wrong secret number is asked for again on the same page; every other refusal is told as everywhere."""
    if error.reason != "wrong_second_code":
        return errors.refused(error)
    code = (request.view_args or {})["code"]
    typed = lookup_codes.typed(request.form.get(FIELD, ""))
    if by_code.may_be(code):
        return views_collected.page(code, 422, wrong=lookup_codes.why_no_secret(typed))
    return shown(counted_lookup.found(code), code, 422, wrong=lookup_codes.why_no_secret(typed))


def _with_pass(code: str) -> Submission | Joiner | None:
    given = request.form.get(FIELD, "")
    if not passes.opens(given, lookup_codes.typed(code), context.arrived_at()):
        return None
    return lookup.find_any(context.session(), code, site_codes())


def _with_secret(code: str) -> Submission | Joiner:
    return counted(code, lambda typed: lookup.open_any(context.session(), code, typed, site_codes()))


def counted(code: str, opens: Callable[[str], Found]) -> Found:
    """What the secret number that was typed opens, every try counted before it is looked at. Raises what `opens` does,
    and Refused("too_many")."""
    digits, address = lookup_codes.typed(code), request.remote_addr or ""
    for name, limit in TRIES:
        limits.hit(name, f"{digits} {limits.network(address)}", limit)
    limits.hit("second_code_everywhere", digits, TRIES_EVERYWHERE)
    limits.require_left("second_code_address", address, TRIES_OF_ADDRESS)
    try:
        return opens(request.form.get(FIELD, ""))
    except (NotFound, Refused):
        limits.hit("second_code_address", address, TRIES_OF_ADDRESS)
        raise
