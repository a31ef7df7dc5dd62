"""What the pages of a village share: who came in by its link, and what stands on each of them."""

from typing import Any
from uuid import UUID

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from consult.errors import Refused
from consult.programme.surveys import planning
from consult.programme.surveys.entering import answers
from consult.programme.surveys.models import SurveyVillage
from consult.programme.surveys.villages import links
from consult.programme.views_frame import today
from consult.submissions.receiving import link_keys
from consult.submissions.views_frame import site_codes
from consult.web import context, tickets
from consult.web.arrival.link_marks import LinkMarks

MARKS = LinkMarks("villages", "village_misses")
AT = "/thu-thap/khao-sat/<uuid:village_id>/"


def village_of_key(key: str) -> SurveyVillage:
    """The village whose key was typed or scanned. Raises NotFound, and Refused("too_many") once too many were asked for
    that there are not."""
    return MARKS.found(lambda: links.by_key(context.session(), key, site_codes()))


def village_of_request(village_id: UUID) -> SurveyVillage:
    """The village of this address, for a browser that came in by its link. For every other, whether there is such a
    village or not, raises Refused("village_link_needed")."""
    found = links.by_id(context.session(), village_id)
    if found is None or found.key_ended_at is not None or not MARKS.holds(found.id, found.key_number):
        raise Refused("village_link_needed")
    return found


def come_in(answer: Response, village: SurveyVillage) -> Response:
    """The answer with the mark that this browser came in by the link of the village."""
    return MARKS.come_in(answer, village.id, village.key_number)


def link_of(key: str) -> str:
    """Where a village comes in with its key, below the root of the site."""
    return url_for("village.enter", key=link_keys.shown(key))


def scope_of(village: SurveyVillage) -> str:
    """For what a ticket of its form is."""
    return f"village:{village.id}"


def page(name: str, village: SurveyVillage, status: int = 200, **values: Any) -> ResponseReturnValue:
    """The page `name` for a village."""
    html = render_template(
        f"programme/surveys/villages/{name}.html", village=village, survey=village.survey,
        here={"village_id": village.id}, questions=planning.questions_asked(village.survey),
        why_closed=_why_closed(village), **values,
    )  # fmt: skip
    return html, status


def new_ticket(village: SurveyVillage) -> str:
    """A ticket for another paper."""
    return tickets.issue(scope_of(village), context.arrived_at())


def _why_closed(village: SurveyVillage) -> str:
    try:
        answers.require_begun(village.survey, today())
    except Refused as refused:
        return refused.reason
    return ""
