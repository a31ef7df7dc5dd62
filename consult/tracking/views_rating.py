"""Whether an answer answered: said once, by both codes of a receipt."""

from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from consult.errors import Invalid, Refused
from consult.responses.ratings import service as ratings
from consult.submissions.models import Joiner, Submission
from consult.submissions.receiving import lookup_codes
from consult.submissions.views_frame import site_codes
from consult.text import one_line
from consult.tracking import counted_lookup, lookup, views_opening
from consult.tracking import service as tracking
from consult.tracking.views_frame import SCOPE, blueprint, stand
from consult.web import context, tickets
from consult.web.guard import public

CHOICES = {"ro": True, "chua_ro": False}


@blueprint.get("/tra-cuu/<code>/danh-gia/")
@public(asks=("xong",))
def rating(code: str) -> ResponseReturnValue:
    """The form, for who has the look-up code; what was said before is not shown."""
    return _page(counted_lookup.found(code), code, done="xong" in request.args)


@blueprint.post("/tra-cuu/<code>/danh-gia/")
@public(alone="a rating of one's own, which nobody can find again")
def rate(code: str) -> ResponseReturnValue:
    """Keeps the rating."""
    found, expired = views_opening.own(code)
    typed = request.form.to_dict()
    if expired:
        return _page(found, code, typed, status=409)
    try:
        number, clear = _chosen(found, typed)
        marks = lookup_codes.rating_marks(lookup_codes.typed(code), _secret(code, typed), number, site_codes())
        matter = lookup.matter_of(context.session(), found)
        ratings.rate(context.session(), matter, marks, clear, one_line(typed.get("line", "")))
    except Invalid as invalid:
        return _page(found, code, typed, invalid.errors, status=422)
    except Refused as refused:
        return _page(found, code, typed, refused=refused, status=409)
    return redirect(url_for("status.rating", code=code, xong="1"), 303)


def _chosen(found: Submission | Joiner, typed: dict[str, str]) -> tuple[int, bool]:
    """The comment whose answer is rated, and whether it was clear. Raises Invalid."""
    numbers = {str(one.number): one.number for one in _answered(found)}
    errors = {}
    if typed.get("number") not in numbers:
        errors["number"] = "choose_one"
    if typed.get("clear") not in CHOICES:
        errors["clear"] = "choose_one"
    if errors:
        raise Invalid(errors)
    return numbers[typed["number"]], CHOICES[typed["clear"]]


def _answered(found: Submission | Joiner) -> list[tracking.CommentStatus]:
    """The comments of a receipt that have an answer."""
    matter = lookup.matter_of(context.session(), found)
    told = tracking.of_joiner(context.session(), matter, found) if isinstance(found, Joiner) else stand(matter, found)
    return [one for one in told if one.outcome == "answered"]


def _secret(code: str, typed: dict[str, str]) -> str:
    """The secret number as it was typed: a pass opens the page without it, but would leave another mark each time.
    Raises Refused("wrong_second_code")."""
    secret = typed.get(views_opening.FIELD, "")
    lookup.open_any(context.session(), code, secret, site_codes())
    return lookup_codes.typed(secret)


def _page(
    found: Submission | Joiner,
    code: str,
    typed: dict[str, str] | None = None,
    errors: dict[str, str] | None = None,
    refused: Refused | None = None,
    done: bool = False,
    status: int = 200,
) -> tuple[str, int]:
    values: dict[str, Any] = {"typed": typed or {}, "errors": errors or {}, "refused": refused, "done": done}
    body = render_template(
        "tracking/rating.html",
        consultation=lookup.matter_of(context.session(), found),
        code=lookup_codes.shown(lookup_codes.typed(code)),
        answered=_answered(found),
        expired=status == 409 and refused is None,
        ticket=tickets.issue(SCOPE, context.arrived_at()),
        limit=ratings.LONGEST_LINE,
        **values,
    )
    return body, status
