"""What both codes of a receipt open, for every page that asks for the second one."""

from flask import request

from consult.errors import NotFound, Refused
from consult.submissions.models import Joiner, Submission
from consult.submissions.receiving import lookup_codes
from consult.submissions.views_frame import site_codes
from consult.tracking import lookup
from consult.tracking.views_frame import SCOPE
from consult.web import context, limits, tickets

TRIES = (("second_code_hour", "30 per hour"), ("second_code_day", "100 per day"))
TRIES_EVERYWHERE = "1000 per day"
"""Who knows a look-up code alone must not lock its owner out: tries count by code and network, and by code alone only
far beyond that. The second code is one of a million. Guessing from one network finds it with a chance of a hundred in
a million (one in ten thousand) a day, from everywhere together of one in a thousand a day: a fiftieth in the twenty
days of a period. The look-up code, 43 random bits, must be known first; to keep the owner out takes ten networks."""
TRIES_OF_ADDRESS = "200 per hour"


def own(code: str) -> tuple[Submission | Joiner, bool]:
    """The submission for its sender, and whether the page it was asked from had been open for too long.

    Every try at a code is counted before it is looked at, or the right one would still be told beyond the limit. Of an
    address only the wrong ones count: a hall shares one, and everybody there takes their receipt home.
    """
    tickets.check_origin()
    digits, address = lookup_codes.typed(code), request.remote_addr or ""
    for name, limit in TRIES:
        limits.hit(name, f"{digits} {limits.network(address)}", limit)
    limits.hit("second_code_everywhere", digits, TRIES_EVERYWHERE)
    limits.require_left("second_code_address", address, TRIES_OF_ADDRESS)
    try:
        found = lookup.open_any(context.session(), code, request.form.get("ma_thu_hai", ""), site_codes())
    except (NotFound, Refused):
        limits.hit("second_code_address", address, TRIES_OF_ADDRESS)
        raise
    try:
        tickets.read(request.form.get("ticket", ""), SCOPE, context.arrived_at())
    except tickets.TicketExpired:
        return found, True
    return found, False
