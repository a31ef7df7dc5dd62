"""Comments with their answers, both public sums, and how one submission or joining stands."""

from typing import Any

from flask import Response, jsonify

from consult import clock
from consult.api import comments, critiques, query_parameters, schemas
from consult.api.routes import get
from consult.api.schema_parts import TEXT, listed, named, or_null, record
from consult.api.views_matters import matter
from consult.consultations.models import Consultation
from consult.ledger.entries import moment
from consult.policy import Action
from consult.reading.letters.critiques import AT_ONCE
from consult.responses.statistics.cached_counts import kept_counts
from consult.submissions import anchors
from consult.submissions.comments import visible
from consult.submissions.models import Joiner, Submission
from consult.tracking import counted_lookup, lookup
from consult.tracking import service as tracking
from consult.web import context
from consult.web.catalogue import say
from consult.web.guard import public

COMMENTS = record(
    comments=listed(named("Comment"), maxItems=comments.PAGE_SIZE),
    next=or_null(TEXT),
)


@get("/consultations/<slug>/comments", "Every comment received, by number", COMMENTS, (query_parameters.CURSOR,))
@public(Action.READ_MATTER, of=matter)
def listing(consultation: Consultation) -> Response:
    """A page of the comments, each with the answer published last."""
    found = comments.page(context.session(), consultation, query_parameters.after(), say)
    full = len(found) == comments.PAGE_SIZE
    return jsonify(comments=found, next=query_parameters.cursor(found[-1]["number"]) if full else None)


CRITIQUES = record(
    critiques=listed(named("Critique")), next=or_null(TEXT)
)  # fmt: skip


@get(
    "/consultations/<slug>/critiques",
    "The public critiques: how each came about and what it says beyond its comments by clause",
    CRITIQUES,
    (query_parameters.CURSOR,),
)
@public(Action.READ_MATTER, of=matter)
def critiques_of(consultation: Consultation) -> Response:
    """A page of the critiques, in the order received."""
    after = query_parameters.after()
    found, more = critiques.page(context.session(), consultation, after)
    return jsonify(critiques=found, next=query_parameters.cursor(after + AT_ONCE) if more else None)


@get("/consultations/<slug>/sums", "Both public sums", schemas.SUMS)
@public(Action.READ_MATTER, of=matter)
def sums(consultation: Consultation) -> Response:
    """What became of everything received, and who may read it."""
    outcome, visibility = kept_counts.sums(context.session(), consultation)
    ledger_form = {name: term for name, term in visibility.items() if name != "ended"}
    return jsonify(outcome=outcome, visibility=ledger_form, ended=visibility["ended"])


@get(
    "/status/<code>",
    "How a submission or a joining stands, by its look-up code: states and public answers",
    schemas.STATUS,
    also={429: named("Reason")},
)
@public()
def by_code(code: str) -> Response:
    """The states of what one code leads to; never kept by anybody on the way."""
    found = counted_lookup.found(code)
    matter = lookup.matter_of(context.session(), found)
    told = _joining(matter, found) if isinstance(found, Joiner) else _submission(matter, found)
    answer = jsonify(consultation=matter.slug, **told)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _submission(matter: Consultation, found: Submission) -> dict[str, Any]:
    stands = tracking.of_submission(context.session(), matter, found)
    return {
        "submission": found.number,
        "submission_kind": found.kind.value,
        "channel": found.channel.value,
        "day": clock.local_day(found.received_at).isoformat(),
        "comments": [_stands(one.seen_by_code) for one in stands],
    }


def _joining(matter: Consultation, found: Joiner) -> dict[str, Any]:
    return {
        "joiner": found.number,
        "day": clock.local_day(found.at).isoformat(),
        "withdrawn": clock.local_day(found.withdrawn_at).isoformat() if found.withdrawn_at else None,
        "comments": [_stands(one) for one in tracking.of_joiner(context.session(), matter, found)],
    }


def _stands(one: tracking.CommentStatus) -> dict[str, Any]:
    return {
        "number": one.number,
        "label": anchors.label_of(one, say),
        "outcome": visible.own_outcome_code(one.outcome),
        "ended_on": clock.local_day(one.fate.at).isoformat() if one.fate and one.fate.at else None,
        "outcome_reason": (one.fate.reason or None) if one.fate else None,
        "visibility": visible.visibility_code(one.visibility),
        "answer": {
            "response": one.answer.number,
            "version": one.answer.version,
            "disposition": one.answer.disposition.value,
            "text": one.answer.text,
            "change": one.answer.change,
            "published_at": moment(one.answer.at),
        }
        if one.answer
        else None,
    }
