"""What came of an opinion that a branch gathered, for who has the look-up code of its tear-off or slip."""

from flask import render_template
from flask.typing import ResponseReturnValue

from consult.collections.answers import by_code
from consult.collections.answers.service import Told
from consult.collections.views_frame import place_of
from consult.errors import NotFound
from consult.submissions.receiving import lookup_codes
from consult.submissions.views_frame import site_codes
from consult.tracking import counted_lookup
from consult.tracking.views_frame import SCOPE
from consult.web import context, tickets


def shown(code: str, notice: str = "") -> ResponseReturnValue | None:
    """The page of one opinion; None for a code that is of no collection, which is looked for elsewhere. Raises Refused
    when too many were asked for that there are not, and NotFound for one of them."""
    return page(code, notice=notice) if by_code.may_be(code) else None


def found(code: str) -> Told | None:
    """The opinion that a code leads to, with what came of it; None of one that was withdrawn."""
    counted_lookup.require_left()
    try:
        return by_code.find(context.session(), code, site_codes())
    except NotFound:
        counted_lookup.count_miss()
        raise


def page(code: str, status: int = 200, **values: str) -> ResponseReturnValue:
    """The page for who has the look-up code alone."""
    told = found(code)
    collection = told.opinion.gathering.branch.collection if told is not None else None
    body = render_template(
        "tracking/collected.html",
        sheet=[told, *by_code.beside(context.session(), told)] if told is not None else [],
        collection=collection,
        place_of=place_of(collection) if collection is not None else None,
        code=lookup_codes.shown(lookup_codes.typed(code)),
        ticket=tickets.issue(SCOPE, context.arrived_at()),
        **{"wrong": "", "notice": "", **values},
    )
    return body, status
