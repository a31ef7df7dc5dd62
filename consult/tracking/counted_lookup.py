"""What a look-up code leads to, for pages and programs alike; codes that lead nowhere are counted by address."""

from consult.errors import NotFound
from consult.submissions.models import Joiner, Submission
from consult.submissions.receiving import lookup_codes
from consult.submissions.views_frame import site_codes
from consult.tracking import lookup
from consult.web import context, limits

MISSES_OF_ADDRESS = "60 per 10 minutes"
"""Codes that lead nowhere although their check digits are right. Of a hundred slips of the pen ninety-nine have wrong
ones and count for nothing, so that a hall with one address may copy its codes as badly as it likes; and what leads
somewhere is shown beyond the limit too. Guessing does not pay: with a hundred thousand receipts one in ninety million
codes is somebody's (13 random digits), and shows where an answer stands, not what was said."""


def found(code: str) -> Submission | Joiner:
    """What the code leads to; raises NotFound, and Refused when one address asks for too many that there are not."""
    try:
        return lookup.find_any(context.session(), code, site_codes())
    except NotFound:
        if lookup_codes.well_formed(lookup_codes.typed(code)):
            limits.hit("look_up_misses", limits.line(), MISSES_OF_ADDRESS)
        raise
