"""The second word of one's body on the answers to its letter, of one answer or of the letter as a whole: written here,
and signed by another person; and the dialogues that are held over it."""

from typing import Any

from flask import Blueprint, Response, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue

from consult.consultations.matter import queries
from consult.consultations.models import Consultation
from consult.errors import Invalid, NotFound, Refused
from consult.policy import Action
from consult.responses.dialogues import service as dialogues
from consult.responses.remarks import said
from consult.responses.remarks import service as remarks
from consult.responses.remarks.keeping import AnsweredPoint
from consult.responses.second_words.terms import SecondWordTerms
from consult.responses.second_words.told import second_words
from consult.submissions.models import Submission
from consult.web import context
from consult.web.files import downloads
from consult.web.guard import access
from consult.workspace import sent_letters
from consult.workspace.shown_remark import REMARK, REMARKS
from consult.workspace.views_frame import page

blueprint = Blueprint("remarks", __name__)
LETTER = "/to-chuc/<slug>/da-gui/<int:letter>/"
AT = f"{LETTER}nhan-xet/<int:number>/"
ALL = f"{LETTER}thoa-dang/"


@blueprint.get(AT)
@access(Action.USE_WORKSPACE, of=queries.by_slug)
def remark(consultation: Consultation, letter: int, number: int) -> ResponseReturnValue:
    """The comment, its answer, and what is said of it."""
    return _page(consultation, letter, number)


@blueprint.post(AT)
@access(Action.USE_WORKSPACE, of=queries.by_slug, acts_on=REMARK)
def write(consultation: Consultation, letter: int, number: int) -> ResponseReturnValue:
    """Keeps what is written of one answer."""
    sent, now = _letter(consultation, letter), context.arrived_at()
    verdict, text = request.form.get("verdict", ""), request.form.get("remark", "")
    try:
        remarks.write(context.session(), consultation, sent, number, verdict, text, _terms(), context.actor(), now)
    except (Invalid, Refused) as wrong:
        return _page(consultation, letter, number, wrong)
    return _to("remark", consultation, letter=letter, number=number)


@blueprint.post(f"{AT}ky/")
@access(Action.USE_WORKSPACE, of=queries.by_slug, acts_on=REMARK)
def sign(consultation: Consultation, letter: int, number: int) -> ResponseReturnValue:
    """Signs it, after which it is public."""
    sent, now = _letter(consultation, letter), context.arrived_at()
    try:
        remarks.sign(context.session(), consultation, sent, [number], _terms(), context.actor(), now)
    except Refused as wrong:
        return _page(consultation, letter, number, wrong)
    return _to("remark", consultation, letter=letter, number=number)


@blueprint.get(ALL)
@access(Action.USE_WORKSPACE, of=queries.by_slug)
def every(consultation: Consultation, letter: int) -> ResponseReturnValue:
    """All answers to a letter, and what is said of each or of all."""
    return _every(consultation, letter)


@blueprint.post(ALL)
@access(Action.USE_WORKSPACE, of=queries.by_slug, acts_on=REMARKS)
def write_every(consultation: Consultation, letter: int) -> ResponseReturnValue:
    """Keeps what is written of several answers, or of the letter as a whole."""
    sent, session, now = _letter(consultation, letter), context.session(), context.arrived_at()
    try:
        by_point, whole = said.second_words(request.form)
        remarks.write_all(session, consultation, sent, by_point, whole, _terms(), context.actor(), now)
    except (Invalid, Refused) as wrong:
        return _every(consultation, letter, wrong)
    return _to("every", consultation, letter=letter, _anchor="ky")


@blueprint.post(f"{ALL}ky/")
@access(Action.USE_WORKSPACE, of=queries.by_slug, acts_on=REMARKS)
def sign_every(consultation: Consultation, letter: int) -> ResponseReturnValue:
    """Signs whatever is written and not signed yet."""
    sent, session, now = _letter(consultation, letter), context.session(), context.arrived_at()
    written = [one.comment.number for one in _points(consultation, sent) if one.remark and one.open(now)]
    try:
        remarks.sign(session, consultation, sent, written, _terms(), context.actor(), now)
    except Refused as wrong:
        return _every(consultation, letter, wrong)
    return _to("every", consultation, letter=letter)


@blueprint.get(f"{LETTER}doi-thoai/<int:number>/bien-ban/")
@access(Action.USE_WORKSPACE, of=queries.by_slug)
def minutes(consultation: Consultation, letter: int, number: int) -> Response:
    """The minutes of a dialogue over the letter, as they were signed."""
    sent = sent_letters.read(context.session(), consultation, letter, context.actor())
    found = dialogues.dialogue(context.session(), consultation, number)
    if found.submission_id != sent.id or not found.minutes_hash:
        raise NotFound
    return downloads.kept(found.minutes_hash, found.minutes_type, found.minutes_name)


def _terms() -> SecondWordTerms:
    return SecondWordTerms.of(current_app.config)


def _letter(consultation: Consultation, number: int) -> Submission:
    return sent_letters.find(context.session(), consultation, number, context.actor())


def _points(consultation: Consultation, sent: Submission) -> list[AnsweredPoint]:
    return remarks.answered_points(context.session(), consultation, sent, _terms())


def _to(endpoint: str, consultation: Consultation, **values: Any) -> ResponseReturnValue:
    return redirect(url_for(f"workspace.remarks.{endpoint}", slug=consultation.slug, **values), 303)


def _page(
    consultation: Consultation, letter: int, number: int, wrong: Invalid | Refused | None = None
) -> ResponseReturnValue:
    session, actor = context.session(), context.actor()
    if wrong is not None:
        session.rollback()
    submission = _letter(consultation, letter)
    point = remarks.answered_point(session, consultation, submission, number, _terms())
    said_of = next(one for one in sent_letters.comments_of(session, submission) if one.number == number)
    return page(
        "remark", _status(wrong), consultation=consultation, submission=submission, comment=said_of, point=point,
        word=second_words(session, consultation.id, [point.comment.id]).get(point.comment.id),
        why_not_sign=remarks.why_not_sign(submission, [point.remark], actor) if point.remark else "",
        typed=request.form if wrong is not None else None, longest=said.LONGEST, **_wrong(wrong),
    )  # fmt: skip


def _every(consultation: Consultation, letter: int, wrong: Invalid | Refused | None = None) -> ResponseReturnValue:
    session, actor, now = context.session(), context.actor(), context.arrived_at()
    if wrong is not None:
        session.rollback()
    submission = _letter(consultation, letter)
    points = _points(consultation, submission)
    open_points = [one for one in points if one.open(now)]
    written = [one.remark for one in open_points if one.remark is not None]
    return page(
        "remarks", _status(wrong), consultation=consultation, submission=submission, points=points, written=written,
        open_points=open_points,
        places={one.number: one for one in sent_letters.comments_of(session, submission)},
        words=second_words(session, consultation.id, [one.comment.id for one in points]),
        why_not_sign=remarks.why_not_sign(submission, written, actor), typed=request.form, longest=said.LONGEST,
        **_wrong(wrong),
    )  # fmt: skip


def _status(wrong: Invalid | Refused | None) -> int:
    return 200 if wrong is None else 422 if isinstance(wrong, Invalid) else 409


def _wrong(wrong: Invalid | Refused | None) -> dict[str, object]:
    return {
        "errors": wrong.errors if isinstance(wrong, Invalid) else {},
        "refusal": wrong if isinstance(wrong, Refused) else None,
    }
