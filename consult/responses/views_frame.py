"""What every page of the desk shows around its own content."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from consult import clock
from consult.consultations.matter.answer_terms import AnswerTerm
from consult.consultations.models import Consultation
from consult.errors import Invalid, Refused, Taken, listed
from consult.people.deputies import stands_in_for
from consult.policy import Action
from consult.responses.desk import counts as desk_counts
from consult.responses.desk import set_apart
from consult.responses.desk.listing.case_filters import Handler
from consult.responses.questions.pauses import term_of
from consult.stages import stage_of
from consult.submissions import anchors
from consult.submissions.disclosure import told_with_answers
from consult.web import context, guard, shown
from consult.web.catalogue import say

OK, CONFLICT, UNPROCESSABLE = 200, 409, 422
MOST_NAMED = 200
"""So many numbers are named for each reason in what the next page tells: it waits in a cookie."""


def page(name: str, consultation: Consultation, status: int = OK, **values: Any) -> ResponseReturnValue:
    """The desk page `name` of a matter for who is signed in, with what waits at each of its places."""
    now = context.arrived_at()
    given = {"errors": {}, "refusal": None, **values}
    html = render_template(
        f"responses/desk/{name}.html",
        actor=context.actor(),
        now=now,
        consultation=consultation,
        stage=stage_of(consultation, now),
        counts=desk_counts.counts(context.session(), consultation),
        place_of=place_of,
        with_answers=told_with_answers(consultation.disclosure),
        **given,
    )
    return html, status


def to(endpoint: str, consultation: Consultation, done: str = "", **values: Any) -> ResponseReturnValue:
    """The way on to another page of the same matter; `done` is the code of what is told there."""
    if done:
        flash(f"desk.{done}")
    return redirect(url_for(f"desk.{endpoint}", slug=consultation.slug, **values), 303)


def tell_taken(taken: Taken, done: str) -> None:
    """Tells on the next page what an act on many did (`done` is its code), and of every comment that it left why."""
    shown.count_done(taken.numbers)
    if taken.left:
        flash(say("desk.done_partly", count=len(taken.numbers), numbers=named(taken.numbers)))
    else:
        flash(f"desk.{done}")
    if taken.released:
        flash(say("desk.done_released_with", count=len(taken.released), numbers=named(taken.released)))
    for reason, numbers in taken.left.items():
        flash(say(f"reason.{reason}", numbers=named(numbers)), "warning")


def named(numbers: Sequence[int]) -> str:
    """The numbers of comments, so many as a cookie holds."""
    rest = len(numbers) - MOST_NAMED
    return listed(sorted(numbers)[:MOST_NAMED]) + (f" … (+{rest})" if rest > 0 else "")


def place_of(line: Any) -> str:
    """What a comment is about, in words."""
    return anchors.label_of(line, say)


def term(consultation: Consultation) -> AnswerTerm | None:
    """The term for answering of a matter."""
    return term_of(context.session(), consultation)


def today() -> date:
    """The local day of the request."""
    return clock.local_day(context.arrived_at())


def handler(consultation: Consultation) -> Handler:
    """Who looks: the person, their units, whether they know who sent what."""
    actor = context.actor()
    units = frozenset(seat.unit_id for seat in actor.seats if seat.unit_id is not None)
    now = context.arrived_at()
    others = stands_in_for(context.session(), actor.user_id, now)
    return Handler(actor.user_id, units, knows_senders(consultation), others, now)


def opened(consultation: Consultation, number: int) -> bool:
    """Whether who looks deals with what is set apart, and has opened this comment, which is recorded."""
    session, actor, now = context.session(), context.actor(), context.arrived_at()
    return guard.may(Action.TRIAGE, consultation) and set_apart.has_opened(session, consultation, number, actor, now)


def knows_senders(consultation: Consultation) -> bool:
    """Whether who looks may know who sent what."""
    return guard.may(Action.SEE_SENDERS, consultation)


def status_of(wrong: Invalid | Refused | None) -> int:
    """The status of a page that comes back with what went wrong."""
    if wrong is None:
        return OK
    return UNPROCESSABLE if isinstance(wrong, Invalid) else CONFLICT


def told(wrong: Invalid | Refused | None) -> dict[str, Any]:
    """What went wrong, for the page that comes back: errors by field, or the refusal."""
    return {
        "errors": wrong.errors if isinstance(wrong, Invalid) else {},
        "refusal": wrong if isinstance(wrong, Refused) else None,
    }
