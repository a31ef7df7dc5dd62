"""What was passed on to other bodies: the list, and of one comment what is known and what comes next."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from consult.consultations.matter import choices, queries
from consult.consultations.models import Consultation
from consult.errors import Invalid, NotFound, Refused
from consult.policy import Action
from consult.responses.referrals import forms, found, service
from consult.responses.referrals.models import Referral
from consult.responses.referrals.shown import REFERRAL
from consult.responses.views_frame import page, status_of, to, today, told
from consult.web import context
from consult.web.guard import access

blueprint = Blueprint("referrals", __name__)
BASE = "/xu-ly/<slug>/da-chuyen/"
ONE = f"{BASE}<int:number>/"


@blueprint.get(BASE)
@access(Action.SEE_COMMENTS, of=queries.by_slug)
def index(consultation: Consultation) -> ResponseReturnValue:
    """Everything that was passed on, what is late first, and what is still to be sent."""
    asked, only = _page_number(request.args.get("trang", "1")), request.args.get("loc", "")
    narrowed = {"qua-han": found.late(today()), "cho-cong-khai": found.to_release(context.actor().user_id)}
    listed = found.listed(context.session(), consultation.id, asked, narrowed.get(only, ()))
    last = max(1, -(-listed.total // found.PAGE_SIZE))
    return page("referrals/index", consultation, listed=listed, asked=asked, only=only, last=last, today=today())


@blueprint.get(ONE)
@access(Action.SEE_COMMENTS, of=queries.by_slug)
def show(consultation: Consultation, number: int) -> ResponseReturnValue:
    """One comment: where it went, what came back, and the form for what comes next."""
    return _page(consultation, number)


@blueprint.post(ONE)
@access(Action.PASS_ON, of=queries.by_slug, acts_on=REFERRAL)
def pass_on(consultation: Consultation, number: int) -> ResponseReturnValue:
    """It went to another body."""
    session, actor, now = context.session(), context.actor(), context.arrived_at()
    try:
        service.pass_on(session, consultation, number, forms.passing(request.form), actor, now)
    except (Invalid, Refused) as wrong:
        return _page(consultation, number, wrong)
    return to("referrals.show", consultation, "done_referred", number=number)


@blueprint.post(f"{ONE}tra-loi/")
@access(Action.DRAFT_ANSWER, of=queries.by_slug, acts_on=REFERRAL)
def record(consultation: Consultation, number: int) -> ResponseReturnValue:
    """That body answered."""
    session, actor, now = context.session(), context.actor(), context.arrived_at()
    try:
        referral = _newest(consultation, number)
        service.record_reply(session, consultation, referral, forms.reply(request.form), actor, now)
    except (Invalid, Refused) as wrong:
        return _page(consultation, number, wrong)
    return to("referrals.show", consultation, "done_reply_recorded", number=number)


@blueprint.post(f"{ONE}cong-khai/")
@access(Action.PUBLISH_ANSWERS, of=queries.by_slug, acts_on=REFERRAL)
def release(consultation: Consultation, number: int) -> ResponseReturnValue:
    """What it answered is public."""
    session, actor, now = context.session(), context.actor(), context.arrived_at()
    try:
        service.release_reply(session, consultation, _newest(consultation, number), actor, now)
    except Refused as refused:
        return _page(consultation, number, refused)
    return to("referrals.show", consultation, "done_reply_released", number=number)


def _page_number(typed: str) -> int:
    """The page asked for, from 1; raises NotFound for what is none."""
    if not typed.isascii() or not typed.isdigit() or not int(typed[:6]) >= 1:
        raise NotFound
    return int(typed[:6])


def _newest(consultation: Consultation, number: int) -> Referral:
    """Where it went last; raises NotFound of what went nowhere."""
    rows = service.of_comment(context.session(), service.comment_of(context.session(), consultation, number))
    if not rows:
        raise NotFound
    return rows[-1]


def _page(consultation: Consultation, number: int, wrong: Invalid | Refused | None = None) -> ResponseReturnValue:
    session = context.session()
    if wrong is not None:
        session.rollback()
    comment = service.comment_of(session, consultation, number)
    rows = service.of_comment(session, comment)
    referred = found.is_passed_on(session, comment)
    return page(
        "referrals/one", consultation, status_of(wrong), comment=comment, rows=rows, today=today(),
        open=rows[-1] if rows and referred and not rows[-1].told else None, referred=referred,
        usual=service.usual_due(consultation, today()), form=request.form if wrong else {},
        bodies=[body.name for body in choices.organisations(session, today())], **told(wrong),
    )  # fmt: skip
