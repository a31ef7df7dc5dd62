"""The page of the desk's list, and what its buttons do: to what is ticked, or to all that the filters leave."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from consult import clock
from consult.consultations.models import Consultation
from consult.consultations.revisions.lineages import filed_drafts
from consult.errors import NotFound, Refused, Taken
from consult.policy import Action
from consult.responses.desk import assignment, forms
from consult.responses.desk.listing import case_list, forms_filters, forms_place
from consult.responses.desk.listing.counted_filters import CountedFilters, clause_at, document_at
from consult.responses.desk.listing.filters import CaseFilters
from consult.responses.desk.typing import typed_places
from consult.responses.statistics import bodies
from consult.responses.statistics.dispositions import late_answers
from consult.responses.views_frame import CONFLICT, OK, handler, page, term, today
from consult.submissions import anchors
from consult.submissions.acts import service as acts
from consult.submissions.anchors import NamedPlace
from consult.text import blank, one_line, stored
from consult.web import context
from consult.web.catalogue import say
from consult.web.guard import may

TO_ALL = frozenset({"release", "assign"})


def show(consultation: Consultation, refusal: Refused | None = None) -> ResponseReturnValue:
    """The list as its address asks for it, perhaps with why nothing was done."""
    filters = narrowed_by(consultation, forms_filters.filters(request.args))
    found = case_list.listed(
        context.session(), consultation, filters, handler(consultation), term(consultation), today()
    )
    chosen = request.form.getlist("comment") or forms.ticked(request.args)
    return page(
        "index", consultation, CONFLICT if refusal else OK, listed=found, filters=filters, refusal=refusal,
        chosen=chosen, typed=request.form, others=forms_filters.narrowed(request.args),
        query=forms_place.query_of(request.args), place=_narrowed_to(consultation, filters),
        seen_at=_written(context.arrived_at()), most=forms.MOST_NUMBERS, **hands(consultation),
        **_counted_in_words(consultation, filters.counted),
    )  # fmt: skip


def narrowed_by(consultation: Consultation, filters: CaseFilters) -> CaseFilters:
    """The filters with the provision that a typed place means, and what else has to be found for them."""
    filters = replace(filters, counted=_counted(consultation, filters.counted))
    if not filters.path:
        return filters
    named = typed_places.places(context.session(), consultation, say)
    return replace(filters, place=named.to_narrow_by(filters.path))


def _counted(consultation: Consultation, counted: CountedFilters) -> CountedFilters:
    session = context.session()
    if counted.at and document_at(counted.at) is None:
        counted = replace(counted, clause=clause_at(session, consultation, counted.at))
    if counted.late_answer:
        counted = replace(counted, answers=late_answers(session, consultation, term(consultation)))
    return counted


def do(consultation: Consultation, act: str, numbers: list[int]) -> Taken:
    """Carries out what a button of the list says."""
    session, actor, now = context.session(), context.actor(), context.arrived_at()
    if act == "release":
        return acts.release(session, consultation, numbers, actor, now)
    if act == "assign":
        unit, user = forms.optional_key(request.form, "to_unit"), forms.optional_key(request.form, "to_user")
        return assignment.assign(session, consultation, numbers, unit, user, actor, now)
    if act == "pass_on":
        note, whom = stored(request.form.get("note", ""))[:2_000], one_line(request.form.get("passed_to", ""))[:300]
        # Who may not do it is told nothing of what would be missing.
        if blank(whom) and may(Action.TRIAGE, consultation):
            raise Refused("passed_on_to_whom")
        return acts.pass_on(session, consultation, numbers, note, actor, now, whom)
    raise NotFound


def do_to_all(consultation: Consultation) -> Taken:
    """The same to all that the filters leave. Raises NotFound for what is not undone and needs to be looked at."""
    act = request.form.get("act", "")
    if act not in TO_ALL:
        raise NotFound
    return do(consultation, act, _all_matching(consultation))


def _all_matching(consultation: Consultation) -> list[int]:
    """The comments that the filters leave, as they were when the page was made that the form came from: what came or
    was changed since nobody has seen there. Raises NotFound for a form without such a moment."""
    filters = narrowed_by(consultation, forms_filters.filters(request.args))
    seen_at = _moment(request.form.get("seen_at", ""))
    found = case_list.all_numbers(
        context.session(), consultation, filters, handler(consultation), term(consultation), clock.local_day(seen_at),
        seen_at, forms.how_many(request.form, "up_to"), forms.MOST_NUMBERS,
    )  # fmt: skip
    if not found:
        raise Refused("nothing_chosen")
    return found


def back_to_list(consultation: Consultation, ticked: list[int] | None = None) -> ResponseReturnValue:
    """The way back to the same page of the same list, with the ticks that were set."""
    query = forms_place.query_of(request.args)
    ticks = forms.ticks(ticked or [])
    joined = "&".join(part for part in (query, ticks) if part)
    address = url_for("desk.index", slug=consultation.slug)
    return redirect(f"{address}?{joined}" if joined else address, 303)


def hands(consultation: Consultation) -> dict[str, Any]:
    """To whom comments can be given."""
    session = context.session()
    return {
        "units": [(str(unit.id), unit.name) for unit in assignment.units_of(session, consultation)],
        "people": [
            (str(person.id), person.name)
            for person in assignment.people_of(session, consultation, context.arrived_at())
        ],
    }


def _narrowed_to(consultation: Consultation, filters: CaseFilters) -> str:
    """The provision that the list is narrowed to, in words with its draft; empty when it is not."""
    place = filters.place
    if place is None or not place.revision:
        return ""
    filed = filed_drafts(context.session(), consultation.id)[place.document]
    named = NamedPlace(place.document, filed.title, place.revision, filed.drafts, place.path, place.page)
    return anchors.label_of(named, say)


def _counted_in_words(consultation: Consultation, counted: CountedFilters) -> dict[str, str]:
    """Whose and which place alone the list is narrowed to, in words."""
    body = bodies.named(counted.body, say) if counted.body else ""
    if not counted.at:
        return {"body_words": body, "at_words": ""}
    filed, document = filed_drafts(context.session(), consultation.id), document_at(counted.at)
    if document is not None:
        named = NamedPlace(document, filed[document].title if document in filed else "")
        return {"body_words": body, "at_words": anchors.label_of(named, say)}
    place = anchors.parse(counted.at) if counted.clause else None
    if place is None or place.document not in filed:
        return {"body_words": body, "at_words": counted.at}
    own = filed[place.document]
    named = NamedPlace(place.document, own.title, place.revision or 0, own.drafts, place.path)
    return {"body_words": body, "at_words": anchors.label_of(named, say)}


def _written(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat()


def _moment(text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text)
    except ValueError as bad:
        raise NotFound from bad
    if found.tzinfo is None or found > context.arrived_at():
        raise NotFound
    return found
