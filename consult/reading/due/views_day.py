"""Until when answers are due: the line that every page says it with, and the page that counts the day out."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from flask import render_template

from consult import clock
from consult.consultations.matter import calendar, queries
from consult.consultations.matter.answer_terms import Pause, rule_of
from consult.consultations.matter.term_kinds import TermKind, kind_of
from consult.consultations.models import Consultation
from consult.errors import NotFound
from consult.policy import Action
from consult.reading.comments.detail import one_comment
from consult.reading.views_frame import blueprint
from consult.responses.answers import due_sums
from consult.responses.answers.due_sums import DueSum
from consult.responses.statistics.cached_clock import kept_clock
from consult.submissions.words import SubmissionKind
from consult.web import context
from consult.web.guard import public
from consult.web.templating import days_left


@dataclass(frozen=True)
class DueLine:
    """The day, how much time is `left` in words, by how many days it is `over`, and the day `before` it was moved;
    `pause` is what its sender was asked, `waits` whether they are waited for now, `extended` whether the time is longer
    for all, `kind` what sort of term it is."""

    day: date
    left: str
    over: int
    before: date | None
    pause: Pause | None
    waits: bool
    extended: bool
    kind: TermKind


@blueprint.app_template_global("answer_due")
def answer_due(
    consultation_id: UUID, kind: str = "comment", received_at: datetime | None = None, number: int | None = None
) -> DueLine | None:
    """What the line says of a comment of this kind, of one sent now unless it came before and has a number; None where
    nothing is due: no rule sets a term, the public period has no end, or the matter is over."""
    session, now = context.session(), context.arrived_at()
    matter = session.get_one(Consultation, consultation_id)
    if matter.concluded_at is not None or matter.withdrawn_at is not None:
        return None
    kept = kept_clock.of(session, matter, clock.local_day(now))
    start = kept.term.start(kind, clock.local_day(received_at or now)) if kept.term is not None else None
    if kept.term is None or start is None:
        return None
    due, today, pause = kept.term.end(start, number), clock.local_day(now), kept.pauses.get(number or 0)
    over, waits = max(0, (today - due).days), pause is not None and pause.waits(today)
    left, before = days_left(calendar.end_of(due), now), kept.day_before(start, number)
    extended = kept.day_before(start) is not None
    return DueLine(due, left, over, before, pause, waits, extended, kept.term.kind_of_term)


@blueprint.app_template_global("answer_term_kind")
def answer_term_kind(consultation: Consultation) -> TermKind | None:
    """Of which kind the term for answering is by the rules of a matter; None where they set none."""
    rule = rule_of(consultation)
    return kind_of(rule) if rule is not None else None


@blueprint.get("/lay-y-kien/<slug>/han-tra-loi/")
@public(Action.READ_MATTER, of=queries.by_slug)
def due_day(consultation: Consultation) -> str:
    """How the day is counted for what comes in during the public period."""
    opens = consultation.opens_at or context.arrived_at()
    return _page(consultation, due_sums.sum_of(context.session(), consultation, SubmissionKind.COMMENT, opens))


@blueprint.get("/lay-y-kien/<slug>/y-kien/<int:number>/han-tra-loi/")
@public(Action.READ_MATTER, of=queries.by_slug)
def due_day_of_comment(consultation: Consultation, number: int) -> str:
    """How the day is counted for one comment."""
    session = context.session()
    comment = one_comment(session, consultation, number, context.arrived_at()).comment
    return _page(
        consultation, due_sums.sum_of(session, consultation, comment.kind, comment.received_at, number), number
    )


def _page(consultation: Consultation, found: DueSum | None, number: int | None = None) -> str:
    if found is None:
        raise NotFound
    now = context.arrived_at()
    return render_template("reading/due/day.html", consultation=consultation, sum=found, number=number, now=now)
