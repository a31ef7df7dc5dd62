"""The page of the desk that asks the sender of a comment something, and takes down what they say by telephone."""

from flask import Blueprint, current_app, request
from flask.typing import ResponseReturnValue

from consult import clock
from consult.consultations.matter import queries
from consult.consultations.models import Consultation
from consult.errors import Invalid, NotFound, Refused
from consult.policy import investor_answers
from consult.responses.desk.listing import list_rows
from consult.responses.desk.shown_comments import ANSWERED_COMMENT
from consult.responses.questions import service as questions
from consult.responses.questions.seen import seen
from consult.responses.views_frame import knows_senders, page, status_of, term, to, today, told
from consult.submissions.comments import comment_state
from consult.web import context
from consult.web.guard import access, may

blueprint = Blueprint("questions", __name__)


@blueprint.get("/xu-ly/<slug>/hoi-lai/<int:number>/")
@access(questions.ASKING, of=queries.by_slug)
def question(consultation: Consultation, number: int) -> ResponseReturnValue:
    """The form for a question; once it was asked, its words and the reply, or the form to take that down."""
    return _page(consultation, number)


@blueprint.post("/xu-ly/<slug>/hoi-lai/<int:number>/")
@access(questions.ASKING, of=queries.by_slug, acts_on=ANSWERED_COMMENT)
def ask(consultation: Consultation, number: int) -> ResponseReturnValue:
    """Asks the sender."""
    session, most, now = context.session(), current_app.config["QUESTION_DAYS"], context.arrived_at()
    try:
        questions.ask(session, consultation, number, request.form.get("question", ""), most, context.actor(), now)
    except (Invalid, Refused) as wrong:
        return _page(consultation, number, wrong)
    done = "done_ask_sender" if may(questions.TAKING_DOWN, consultation) else "done_ask_through"
    return to("questions.question", consultation, done, number=number)


@blueprint.post("/xu-ly/<slug>/hoi-lai/<int:number>/tra-loi/")
@access(questions.TAKING_DOWN, of=queries.by_slug, alone="the one reply to a question that never changes")
def reply(consultation: Consultation, number: int) -> ResponseReturnValue:
    """Takes down what the sender says by telephone."""
    session, said = context.session(), request.form.get("reply", "")
    try:
        questions.reply(session, consultation, number, said, context.actor(), context.arrived_at())
    except (Invalid, Refused) as wrong:
        return _page(consultation, number, wrong)
    return to("questions.question", consultation, "done_take_reply", number=number)


@blueprint.post("/xu-ly/<slug>/hoi-lai/<int:number>/chuyen/")
@access(questions.TAKING_DOWN, of=queries.by_slug, alone="a reply that never changes, handed on once")
def share(consultation: Consultation, number: int) -> ResponseReturnValue:
    """Hands the reply on to the investor, without what tells who replied."""
    session, said = context.session(), request.form.get("shared", "")
    try:
        questions.share_reply(session, consultation, number, said, context.actor(), context.arrived_at())
    except (Invalid, Refused) as wrong:
        return _page(consultation, number, wrong)
    return to("questions.question", consultation, "done_share_reply", number=number)


def _page(consultation: Consultation, number: int, wrong: Invalid | Refused | None = None) -> ResponseReturnValue:
    session = context.session()
    if wrong is not None:
        session.rollback()
    apart, senders = may(questions.TAKING_DOWN, consultation), knows_senders(consultation)
    found = list_rows.lines(session, consultation, [number], term(consultation), today(), apart, senders)
    if not found or found[0].closed:
        raise NotFound
    (one,) = comment_state.read(session, consultation.id, [number])
    days = current_app.config["QUESTION_DAYS"]
    return page(
        "comment/question",
        consultation,
        status_of(wrong),
        line=found[0],
        question=seen(questions.question_of(session, one.comment), apart),
        why_not=questions.why_not(session, one, apart),
        may_share=apart and investor_answers(consultation),
        days=days,
        today=clock.local_day(context.arrived_at()),
        form=request.form,
        **told(wrong),
    )
