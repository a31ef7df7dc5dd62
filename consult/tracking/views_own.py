"""What the secret number opens: everything its sender sent, changing and withdrawing it."""

from typing import Any

from flask import current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue

from consult import clock
from consult.consultations.models import Consultation
from consult.errors import Invalid, NotFound, Refused
from consult.policy import ANYBODY
from consult.responses.answers import handing_over
from consult.responses.data_requests import standing
from consult.responses.referrals import found as referrals
from consult.responses.words import HandedOver
from consult.submissions.anchors import parse
from consult.submissions.form import drafts_shown
from consult.submissions.inputs import TEXT_LIMIT
from consult.submissions.models import Joiner, Submission
from consult.submissions.receiving import in_time, lookup_codes
from consult.submissions.receiving.models import Attachment
from consult.submissions.sender import amendment, own_submission
from consult.submissions.sender.shown import OWN_COMMENT
from consult.submissions.views_frame import site_codes
from consult.tracking import forms, forms_typing, lookup, passes, views_joined, views_opening
from consult.tracking.views_frame import NOTICES, blueprint, page, place_words, stand
from consult.web import context
from consult.web.guard import public
from consult.web.shown import count_done, hold


@blueprint.post("/tra-cuu/<code>/")
@public(alone="reads; what of it nobody else may read is noted as read")
def open_own(code: str) -> ResponseReturnValue:
    """Everything the sender sent, for who types the secret number."""
    submission, expired = views_opening.own(code)
    if isinstance(submission, Submission):
        numbers = [comment.number for comment in submission.comments]
        moment = context.arrived_at()
        handing_over.note(context.session(), submission.consultation_id, numbers, HandedOver.OPENED, moment)
    return done(code, "expired" if expired else "")


@blueprint.get("/tra-cuu/<code>/mo/<given>/")
@public(asks=("xong",))
def own(code: str, given: str) -> ResponseReturnValue:
    """The same as it is now, for the hour after the secret number was typed; then it is asked for again."""
    digits = lookup_codes.typed(code)
    if not passes.opens(given, digits, context.arrived_at()):
        return redirect(url_for("status.show", code=code, xong="pass_over"), 303)
    found = lookup.find_any(context.session(), code, site_codes())
    notice = request.args.get("xong", "")
    notice = notice if notice in NOTICES else ""
    return views_joined.own(found, code, notice) if isinstance(found, Joiner) else own_page(found, code, notice=notice)


@blueprint.post("/tra-cuu/<code>/sua/")
@public(acts_on=OWN_COMMENT, once_known=True)
def amend(code: str) -> ResponseReturnValue:
    """Adds a version of one comment."""
    submission, expired = views_opening.own(code)
    if isinstance(submission, Joiner):
        raise NotFound
    if expired:
        return own_page(submission, code, typed=forms.as_typed(request.form), notice="expired", status=409)
    consultation = lookup.matter_of(context.session(), submission)
    moment, number = context.arrived_at(), forms.number(request.form)
    hold((OWN_COMMENT,), ANYBODY, consultation, submission=submission, numbers=[number])
    try:
        changed = forms.change(request.form)
        amendment.amend(context.session(), consultation, submission, number, changed, moment, moment)
    except Invalid as invalid:
        return own_page(submission, code, typed=forms.as_typed(request.form), errors=invalid.errors, status=422)
    except Refused as refused:
        return own_page(submission, code, typed=forms.as_typed(request.form), refused=refused, status=409)
    return done(code, "amended")


@blueprint.post("/tra-cuu/<code>/rut/")
@public(acts_on=OWN_COMMENT, once_known=True)
def withdraw(code: str) -> ResponseReturnValue:
    """Withdraws one comment or several, for good: those that may be, and tells why of the others."""
    submission, expired = views_opening.own(code)
    if isinstance(submission, Joiner):
        # One's own joining, which can only end.
        hold((), ANYBODY)
        return views_joined.leave(submission, code, expired) or done(code, "joining_withdrawn")
    if expired:
        return own_page(submission, code, notice="expired", status=409)
    numbers = forms.numbers(request.form)
    if wrong := _unsure(numbers):
        return own_page(submission, code, errors=wrong, chosen=numbers, status=422)
    consultation = lookup.matter_of(context.session(), submission)
    moment = context.arrived_at()
    hold((OWN_COMMENT,), ANYBODY, consultation, submission=submission, numbers=numbers)
    try:
        wanted = forms.numbers(request.form)
        taken = amendment.withdraw(context.session(), consultation, submission, wanted, moment, moment)
    except Refused as refused:
        return own_page(submission, code, refused=refused, status=409)
    count_done(taken.numbers)
    stays = all(one.left for one in stand(consultation, submission) if one.number in taken.numbers)
    notice = "author_left" if stays else "withdrawn"
    return own_page(submission, code, notice=notice, undone=taken.left) if taken.left else done(code, notice)


@blueprint.post("/tra-cuu/<code>/thoi-neu-ten/")
@public(alone="one's own name, which can only go")
def hide_name(code: str) -> ResponseReturnValue:
    """Takes the sender's name back from the public; who only joined a comment has none there."""
    submission, _expired = views_opening.own(code)
    if isinstance(submission, Joiner):
        raise NotFound
    amendment.hide_name(context.session(), submission, context.arrived_at())
    return done(code, "name_hidden")


def _unsure(numbers: list[int]) -> dict[str, str]:
    """What is missing before anything is withdrawn, by its field."""
    several = request.form.get("nhieu") == "1"
    if not numbers:
        return {"number": "choose_one"}
    return (
        {} if request.form.get("chac_chan") == "1" else {"sure-many" if several else f"sure-{numbers[0]}": "not_sure"}
    )


def done(code: str, notice: str) -> ResponseReturnValue:
    """The way to one's own submission as it now is, which tells what was done."""
    return redirect(url_for("status.own", code=code, given=views_opening.pass_for(code), xong=notice or None), 303)


def own_page(submission: Submission, code: str, **given: Any) -> ResponseReturnValue:
    """Everything that a sender sent, perhaps with what went wrong on it."""
    status_code = given.pop("status", 200)
    consultation = lookup.matter_of(context.session(), submission)
    comments, given_pass = stand(consultation, submission), views_opening.pass_for(code)

    def scan(one: Attachment, page: int) -> str:
        return url_for("status.scan", code=code, given=given_pass, attachment=one.id, page=page)

    days = current_app.config["DATA_REQUEST_DAYS"]
    values = {
        "typed": {},
        "errors": {},
        "refused": None,
        "notice": "",
        "chosen": (),
        "undone": {},
        "replying": {},
        "asking_data": {},
        **given,
    }
    return page(
        "own", consultation, submission, code, comments, status_code,
        files=own_submission.files_of(context.session(), submission),
        became=drafts_shown.fates_of(context.session(), consultation.id, [parse(one.anchor) for one in comments]),
        data_asked=standing.of_submission(context.session(), consultation.id, submission.id, days),
        went_to=referrals.told_to_sender(context.session(), submission), today=clock.local_day(context.arrived_at()),
        typing=forms_typing.of(submission, scan, place_words),
        check_address=url_for("status.check_typing", code=code), secret=given_pass,
        open=_in_time(consultation, submission), limit=TEXT_LIMIT, **values,
    )  # fmt: skip


def _in_time(consultation: Consultation, submission: Submission) -> bool:
    """Whether the sender may still change anything: the page offers what the service would do."""
    moment = context.arrived_at()
    try:
        in_time.check_in_time(context.session(), consultation, submission.kind, submission.organisation_id, moment)
    except Refused:
        return False
    return True
