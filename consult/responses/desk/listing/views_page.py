"""The page of the desk's list, and what its buttons do: to what is ticked, or to all that the filters leave."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from consult import clock
from consult.consultations.models import Consultation
from consult.consultations.revisions.lineages import filed_drafts
from consult.errors import Invalid, NotFound, Refused, Taken
from consult.policy import Action
from consult.responses.desk import assignment, forms, left_behind
from consult.responses.desk.in_sight.hinted import wants_a_look
from consult.responses.desk.listing import case_list, forms_filters, forms_place, views_list_acts
from consult.responses.desk.listing.case_filters import LEFT, CaseFilters
from consult.responses.desk.listing.counted_filters import CountedFilters, clause_at, document_at
from consult.responses.desk.listing.list_rows import CaseLine
from consult.responses.desk.typing import typed_places
from consult.responses.statistics import bodies
from consult.responses.statistics.dispositions import late_answers
from consult.responses.tags import reading
from consult.responses.views_frame import handler, knows_senders, page, status_of, term, today, told
from consult.submissions import anchors
from consult.submissions.anchors import NamedPlace
from consult.submissions.comments.visible import is_in_check
from consult.web import context
from consult.web.catalogue import say
from consult.web.guard import may

NAMED = {"unit": "to_unit", "user": "to_user"}
"""What the fields of the page are called where the verbs have another name."""
TO_ALL = frozenset({"release", "assign", "transfer", "tag", "untag"})


def show(consultation: Consultation, wrong: Invalid | Refused | None = None) -> ResponseReturnValue:
    """The list as its address asks for it, perhaps with why nothing was done."""
    filters = narrowed_by(consultation, forms_filters.filters(request.args))
    found = case_list.listed(
        context.session(), consultation, filters, handler(consultation), term(consultation), today()
    )
    chosen = request.form.getlist("comment") or forms.ticked(request.args)
    returned = told(wrong)
    returned["errors"] = {NAMED.get(name, name): code for name, code in returned["errors"].items()}
    return page(
        "index", consultation, status_of(wrong), listed=found, filters=filters, **tags_of(consultation, found.lines),
        to_look_at=_to_look_at(consultation, found.lines),
        chosen=chosen, typed=request.form, others=forms_filters.narrowed(request.args),
        query=forms_place.query_of(request.args), place=_narrowed_to(consultation, filters),
        seen_at=_written(context.arrived_at()), most=forms.MOST_NUMBERS, left=_left(consultation),
        **hands(consultation), **_counted_in_words(consultation, filters.counted), **returned,
    )  # fmt: skip


def tags_of(consultation: Consultation, lines: Sequence[CaseLine]) -> dict[str, Any]:
    """The tags of a matter, and those of each line, for who knows senders: a tag may tell who said something."""
    if not knows_senders(consultation):
        return {"tags": [], "tagged": {}}
    session, ids = context.session(), [line.id for line in lines if not line.closed]
    return {
        "tags": reading.counted(session, consultation.id),
        "tagged": reading.of_comments(session, consultation.id, ids),
    }


def _to_look_at(consultation: Consultation, lines: Sequence[CaseLine]) -> set[UUID]:
    """Which lines nobody has released yet hold what should be looked at before, for who releases them."""
    if not may(Action.TRIAGE, consultation):
        return set()
    waiting = (line for line in lines if is_in_check(line.visibility) and not line.closed)
    return {line.id for line in waiting if wants_a_look(line)}


def narrowed_by(consultation: Consultation, filters: CaseFilters) -> CaseFilters:
    """The filters with the provision that a typed place means, and what else has to be found for them; by tags for
    those alone who know senders."""
    if filters.tag and not knows_senders(consultation):
        filters = replace(filters, tag=0)
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


def do_to_all(consultation: Consultation) -> Taken:
    """The same to all that the filters leave. Raises NotFound for what is not undone and needs to be looked at."""
    act = request.form.get("act", "")
    if act not in TO_ALL:
        raise NotFound
    return views_list_acts.do_unseen(consultation, act, _all_matching(consultation))


def _all_matching(consultation: Consultation) -> list[int]:
    """The comments that the filters leave, as they were when the page was made that the form came from: what came or
    was changed since nobody has seen there. Raises NotFound for a form without such a moment."""
    filters = narrowed_by(consultation, forms_filters.filters(request.args))
    seen_at = _moment(request.form.get("seen_at", ""))
    found = case_list.all_numbers(
        context.session(), consultation, filters, handler(consultation), term(consultation), clock.local_day(seen_at),
        seen_at, forms.MOST_NUMBERS, forms.how_many(request.form, "up_to"),
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


def _left(consultation: Consultation) -> list[tuple[str, str]]:
    """Who has something in hand and no longer works at the desk, after a line for them all; nothing while nobody has
    and the list is not narrowed to them."""
    gone = left_behind.holders(context.session(), [consultation.id], context.arrived_at())
    if not gone and request.args.get("person") != LEFT:
        return []
    return [(LEFT, say("desk.left")), *((str(person.id), person.name) for person in gone)]


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
