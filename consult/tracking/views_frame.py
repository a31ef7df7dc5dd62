"""What the pages of a look-up code share: finding what it leads to, and how that stands."""

from typing import Any

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from consult.consultations.models import Consultation
from consult.errors import NotFound
from consult.submissions import anchors
from consult.submissions.models import Joiner, Submission
from consult.submissions.receiving import lookup_codes
from consult.submissions.views_frame import site_codes
from consult.tracking import lookup, views_joined
from consult.tracking import service as standing
from consult.web import context, limits, tickets
from consult.web.catalogue import say

blueprint = Blueprint("status", __name__)
SCOPE = "status"
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


def shown(
    submission: Submission | Joiner, code: str, status_code: int = 200, wrong: bool = False
) -> ResponseReturnValue:
    """The page for who has the look-up code alone."""
    if isinstance(submission, Joiner):
        return views_joined.page(submission, code, status_code, wrong=wrong)
    consultation = lookup.matter_of(context.session(), submission)
    comments = [one.seen_by_all for one in stand(consultation, submission)]
    return page("show", consultation, submission, code, comments, status_code, wrong=wrong)


def stand(consultation: Consultation, submission: Submission) -> list[standing.Stands]:
    """How each comment of a submission stands, for its sender."""
    return standing.of_submission(context.session(), consultation, submission)


def page(
    name: str,
    consultation: Consultation,
    submission: Submission,
    code: str,
    comments: Any,
    status_code: int,
    **given: Any,
) -> ResponseReturnValue:
    """The page `name` of a submission."""
    body = render_template(
        f"tracking/{name}.html",
        consultation=consultation,
        submission=submission,
        code=lookup_codes.shown(lookup_codes.typed(code)),
        comments=comments,
        ticket=tickets.issue(SCOPE, context.arrived_at()),
        label=label,
        **given,
    )
    return body, status_code


def label(one: standing.Stands) -> str:
    """What a comment is about, in words."""
    return anchors.label_of(one.document, one.document_title, one.path, one.page, say)
