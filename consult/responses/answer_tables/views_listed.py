"""The comments of the desk's list from which a page was reached, for what is done with all of them."""

from dataclasses import replace

from flask import request

from consult.consultations.models import Consultation
from consult.responses.answer_tables.service import MOST_ROWS
from consult.responses.desk.listing import case_list, forms_filters, forms_place, views_page
from consult.responses.desk.listing.case_filters import CaseFilters
from consult.responses.views_frame import handler, term, today
from consult.web import context


def filters(consultation: Consultation) -> CaseFilters:
    """What the list was narrowed by, without its page."""
    asked = forms_filters.filters(forms_place.fields_kept(request.args))
    return replace(views_page.narrowed_by(consultation, asked), page=1)


def numbers(consultation: Consultation) -> list[int]:
    """The numbers that it leaves, so many as a table may have rows."""
    return case_list.all_numbers(
        context.session(), consultation, filters(consultation), handler(consultation), term(consultation), today(),
        context.arrived_at(), MOST_ROWS,
    )  # fmt: skip


def count(consultation: Consultation) -> int:
    """How many comments it leaves."""
    found = case_list.listed(
        context.session(), consultation, filters(consultation), handler(consultation), term(consultation), today()
    )
    return found.total
