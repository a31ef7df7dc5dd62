"""A remark of one's body on the answer to a comment of its letter: written here, and signed by another person."""

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from consult.consultations.matter import queries
from consult.consultations.models import Consultation
from consult.errors import Invalid, Refused
from consult.policy import Action
from consult.responses.remarks import service as remarks
from consult.submissions.models import Submission
from consult.web import context
from consult.web.guard import access
from consult.workspace import sent_letters
from consult.workspace.shown_remark import REMARK
from consult.workspace.views_frame import page

blueprint = Blueprint("remarks", __name__)
AT = "/to-chuc/<slug>/da-gui/<int:letter>/nhan-xet/<int:number>/"


@blueprint.get(AT)
@access(Action.USE_WORKSPACE, of=queries.by_slug)
def remark(consultation: Consultation, letter: int, number: int) -> ResponseReturnValue:
    """The comment, its answer, and what is remarked on it."""
    return _page(consultation, letter, number)


@blueprint.post(AT)
@access(Action.USE_WORKSPACE, of=queries.by_slug, acts_on=REMARK)
def write(consultation: Consultation, letter: int, number: int) -> ResponseReturnValue:
    """Keeps the wording."""
    said, sent, now = request.form.get("remark", ""), _letter(consultation, letter), context.arrived_at()
    try:
        remarks.write(context.session(), consultation, sent, number, said, context.actor(), now)
    except (Invalid, Refused) as wrong:
        return _page(consultation, letter, number, wrong)
    return _back(consultation, letter, number)


@blueprint.post(f"{AT}ky/")
@access(Action.USE_WORKSPACE, of=queries.by_slug, acts_on=REMARK)
def sign(consultation: Consultation, letter: int, number: int) -> ResponseReturnValue:
    """Signs it, after which it is public."""
    sent, now = _letter(consultation, letter), context.arrived_at()
    try:
        remarks.sign(context.session(), consultation, sent, number, context.actor(), now)
    except Refused as wrong:
        return _page(consultation, letter, number, wrong)
    return _back(consultation, letter, number)


def _letter(consultation: Consultation, number: int) -> Submission:
    return sent_letters.find(context.session(), consultation, number, context.actor())


def _back(consultation: Consultation, letter: int, number: int) -> ResponseReturnValue:
    address = url_for("workspace.remarks.remark", slug=consultation.slug, letter=letter, number=number)
    return redirect(address, 303)


def _page(
    consultation: Consultation, letter: int, number: int, wrong: Invalid | Refused | None = None
) -> ResponseReturnValue:
    session, actor = context.session(), context.actor()
    if wrong is not None:
        session.rollback()
    submission = _letter(consultation, letter)
    comment, answer = remarks.answered_comment(session, consultation, submission, number)
    found = remarks.remark_on(session, comment)
    said = next(one for one in sent_letters.comments_of(session, submission) if one.number == number)
    return page(
        "remark",
        200 if wrong is None else 422 if isinstance(wrong, Invalid) else 409,
        consultation=consultation,
        submission=submission,
        comment=said,
        answer=answer,
        remark=found,
        why_not_sign=remarks.why_not_sign(submission, found, actor) if found is not None else "",
        typed=request.form.get("remark") if wrong is not None else None,
        errors=wrong.errors if isinstance(wrong, Invalid) else {},
        refusal=wrong.reason if isinstance(wrong, Refused) else "",
        longest=remarks.LONGEST,
    )
