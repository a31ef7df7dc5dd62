"""The page of the desk that asks the sender of a comment something, and takes down what they say by telephone."""

from flask import Blueprint, current_app, request
from flask.typing import ResponseReturnValue

from consult import clock
from consult.consultations.matter import queries
from consult.consultations.models import Consultation
from consult.errors import Invalid, NotFound, Refused
from consult.responses.desk import list_rows
from consult.responses.desk.shown_comments import ANSWERED_COMMENT
from consult.responses.questions import service as questions
from consult.responses.views_frame import page, status_of, term, to, today, told
from consult.submissions.comments import comment_state
from consult.web import context
from consult.web.guard import access

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
    return to("questions.question", consultation, "done_ask_sender", number=number)


@blueprint.post("/xu-ly/<slug>/hoi-lai/<int:number>/tra-loi/")
@access(questions.ASKING, of=queries.by_slug, alone="the one reply to a question that never changes")
def reply(consultation: Consultation, number: int) -> ResponseReturnValue:
    """Takes down what the sender says by telephone."""
    session, said = context.session(), request.form.get("reply", "")
    try:
        questions.reply(session, consultation, number, said, context.actor(), context.arrived_at())
    except (Invalid, Refused) as wrong:
        return _page(consultation, number, wrong)
    return to("questions.question", consultation, "done_take_reply", number=number)


def _page(consultation: Consultation, number: int, wrong: Invalid | Refused | None = None) -> ResponseReturnValue:
    session = context.session()
    if wrong is not None:
        session.rollback()
    found = list_rows.lines(session, consultation, [number], term(consultation), today(), set_apart=True, senders=True)
    if not found:
        raise NotFound
    (one,) = comment_state.read(session, consultation.id, [number])
    days = current_app.config["QUESTION_DAYS"]
    return page(
        "comment/question",
        consultation,
        status_of(wrong),
        line=found[0],
        question=questions.question_of(session, one.comment),
        why_not=questions.why_not(session, one),
        days=days,
        today=clock.local_day(context.arrived_at()),
        form=request.form,
        **told(wrong),
    )
