"""What a look-up code leads to, for pages and programs alike; codes that lead nowhere are counted."""

from consult.errors import NotFound
from consult.submissions.models import Joiner, Submission
from consult.submissions.receiving import lookup_codes
from consult.submissions.views_frame import site_codes
from consult.tracking import lookup
from consult.web import context, limits

MISSES_OF_ADDRESS = "60 per 10 minutes"
MISSES_EVERYWHERE = "2000 per hour"
"""Codes that lead nowhere although their check digits are right: of a hundred slips of the pen ninety-nine have wrong
ones and count for nothing, so that a hall with one address may copy its codes as badly as it likes. Beyond either limit
a code alone shows nothing, whether it leads somewhere or not; together with the secret number it goes on opening what
it is for (`views_opening.py`). docs/operating.md works out what guessing comes to under these limits."""


def found(code: str) -> Submission | Joiner:
    """What the code leads to; raises NotFound, and Refused when too many were asked for that there are not."""
    well_formed = lookup_codes.well_formed(lookup_codes.typed(code))
    if well_formed:
        require_left()
    try:
        return lookup.find_any(context.session(), code, site_codes())
    except NotFound:
        if well_formed:
            count_miss()
        raise


def require_left() -> None:
    """Raises Refused when too many codes were asked for that lead nowhere."""
    limits.require_left("look_up_misses", limits.line(), MISSES_OF_ADDRESS)
    limits.require_left("look_up_misses_everywhere", "", MISSES_EVERYWHERE)


def count_miss() -> None:
    """One more code that leads nowhere."""
    limits.hit("look_up_misses", limits.line(), MISSES_OF_ADDRESS)
    limits.hit("look_up_misses_everywhere", "", MISSES_EVERYWHERE)
