"""What the pages of a look-up code share: finding what it leads to, and how that stands."""

from typing import Any

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from consult.consultations.models import Consultation
from consult.submissions import anchors
from consult.submissions.anchors import NamedPlace
from consult.submissions.models import Comment, Joiner, Submission
from consult.submissions.receiving import lookup_codes
from consult.submissions.receiving.commitments import name_corrected
from consult.tracking import lookup, views_joined
from consult.tracking import service as tracking
from consult.web import context, tickets
from consult.web.catalogue import say

blueprint = Blueprint("status", __name__)
SCOPE = "status"
NOTICES = frozenset(
    {
        "expired",
        "replied",
        "data_asked",
        "contact_forgotten",
        "typing_checked",
        "amended",
        "withdrawn",
        "author_left",
        "name_hidden",
        "joining_withdrawn",
        "pass_over",
        "mail_link",
    }
)
"""What a page says was done before it, by the code in its address."""


def shown(
    submission: Submission | Joiner, code: str, status_code: int = 200, wrong: str = "", notice: str = ""
) -> ResponseReturnValue:
    """The page for who has the look-up code alone."""
    if isinstance(submission, Joiner):
        return views_joined.page(submission, code, status_code, wrong=wrong, notice=notice)
    consultation = lookup.matter_of(context.session(), submission)
    comments = [one.seen_by_code for one in stand(consultation, submission)]
    return page("show", consultation, submission, code, comments, status_code, wrong=wrong, notice=notice)


def stand(consultation: Consultation, submission: Submission) -> list[tracking.CommentStatus]:
    """How each comment of a submission stands, for its sender."""
    return tracking.of_submission(context.session(), consultation, submission)


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
        name_corrected=name_corrected(submission),
        code=lookup_codes.shown(lookup_codes.typed(code)),
        comments=comments,
        ticket=tickets.issue(SCOPE, context.arrived_at()),
        label=label,
        **given,
    )
    return body, status_code


def place_words(comment: Comment) -> str:
    """What a comment is about, in words; of the draft that it was sent to."""
    document = comment.document.number if comment.document is not None else 0
    revision = comment.revision.number if comment.revision is not None else 0
    page_number = comment.page.number if comment.page is not None else None
    return anchors.label_of(NamedPlace(document, "", revision, 1, comment.path, page_number), say)


def label(one: tracking.CommentStatus) -> str:
    """What a comment is about, in words."""
    return anchors.label_of(one, say)
