"""The pages of one comment keep the place in the list from which they were reached, and lead to its neighbours."""

from dataclasses import dataclass
from typing import Any

from flask import has_request_context, request, url_for

from consult.consultations.models import Consultation
from consult.responses.desk.listing import case_list, forms_filters, forms_place, views_page
from consult.responses.desk.listing.forms_place import FIELD
from consult.responses.views_frame import handler, term, today
from consult.web import context

OF_ONE_COMMENT = ("desk.comment", "desk.acts.", "desk.answers.", "desk.voices.", "desk.questions.", "desk.moving.")


@dataclass(frozen=True)
class Beside:
    """The numbers before and after a comment in its list, and the address of that list."""

    before: int | None
    after: int | None
    address: str


def carry_on(endpoint: str, values: dict[str, Any]) -> None:
    """Gives an address that is made on a page of one comment the place that this page has."""
    if not has_request_context() or FIELD in values or not endpoint.startswith(OF_ONE_COMMENT):
        return
    if kept := forms_place.query_kept(request.args):
        values[FIELD] = kept


def beside(consultation: Consultation, number: int) -> Beside:
    """What stands before and after a comment in the list from which its page was reached, the whole list otherwise."""
    asked = forms_place.fields_kept(request.args)
    filters = views_page.narrowed_by(consultation, forms_filters.filters(asked))
    session, until = context.session(), term(consultation)
    found = case_list.neighbours(session, consultation, filters, handler(consultation), until, today(), number)
    return Beside(*found, list_address(consultation))


def list_address(consultation: Consultation) -> str:
    """The list from which this page was reached, as it was narrowed there."""
    address, query = url_for("desk.index", slug=consultation.slug), forms_place.query_kept(request.args)
    return f"{address}?{query}" if query else address
