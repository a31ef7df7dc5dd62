"""What the second code opens: everything its sender sent, changing and withdrawing it, the receipt file."""

import json
from typing import Any
from uuid import UUID

from flask import Response, request
from flask.typing import ResponseReturnValue

from consult.consultations.models import Consultation
from consult.errors import Invalid, NotFound, Refused
from consult.policy import ANYBODY
from consult.responses.answers import handing_over
from consult.responses.words import HandedOver
from consult.submissions.inputs import TEXT_LIMIT
from consult.submissions.models import Joiner, Submission
from consult.submissions.receiving import in_time, lookup_codes
from consult.submissions.sender import amended_proofs, amendment, own_submission
from consult.submissions.sender.shown import OWN_COMMENT
from consult.submissions.views_frame import site_codes
from consult.tracking import counted_lookup, forms, lookup, views_joined
from consult.tracking.views_frame import SCOPE, blueprint, page, shown, stand
from consult.web import context, errors, limits, tickets
from consult.web.files import downloads
from consult.web.guard import public
from consult.web.shown import count_done, hold

TRIES = (("second_code_hour", "30 per hour"), ("second_code_day", "100 per day"))
TRIES_EVERYWHERE = "1000 per day"
"""Who knows a look-up code alone must not lock its owner out: tries count by code and network, and by code alone only
far beyond that. The second code is one of a million. Guessing from one network finds it with a chance of a hundred in
a million (one in ten thousand) a day, from everywhere together of one in a thousand a day: a fiftieth in the twenty
days of a period. The look-up code, 43 random bits, must be known first; to keep the owner out takes ten networks."""
TRIES_OF_ADDRESS = "200 per hour"


@blueprint.post("/tra-cuu/<code>/")
@public(alone="reads; what of it nobody else may read is noted as read")
def open_own(code: str) -> ResponseReturnValue:
    """Everything the sender sent, for who types the second code."""
    submission, expired = _own(code)
    notice = "expired" if expired else ""
    if isinstance(submission, Joiner):
        return views_joined.own(submission, code, notice)
    session, matter_id = context.session(), submission.consultation_id
    numbers = [comment.number for comment in submission.comments]
    handing_over.note(session, matter_id, numbers, HandedOver.OPENED, context.arrived_at())
    return _own_page(session.get_one(Submission, (matter_id, submission.id)), code, notice=notice)


@blueprint.post("/tra-cuu/<code>/sua/")
@public(acts_on=OWN_COMMENT, once_known=True)
def amend(code: str) -> ResponseReturnValue:
    """Adds a version of one comment."""
    submission, expired = _own(code)
    if isinstance(submission, Joiner):
        raise NotFound
    if expired:
        return _own_page(submission, code, typed=forms.as_typed(request.form), notice="expired", status=409)
    consultation = lookup.matter_of(context.session(), submission)
    moment, number = context.arrived_at(), forms.number(request.form)
    hold((OWN_COMMENT,), ANYBODY, consultation, submission=submission, numbers=[number])
    try:
        changed = forms.change(request.form)
        amendment.amend(context.session(), consultation, submission, number, changed, moment, moment)
    except Invalid as invalid:
        return _own_page(submission, code, typed=forms.as_typed(request.form), errors=invalid.errors, status=422)
    except Refused as refused:
        return _own_page(submission, code, typed=forms.as_typed(request.form), refused=refused, status=409)
    return _own_page(submission, code, notice="amended")


@blueprint.post("/tra-cuu/<code>/rut/")
@public(acts_on=OWN_COMMENT, once_known=True)
def withdraw(code: str) -> ResponseReturnValue:
    """Withdraws one comment or several, for good: those that may be, and tells why of the others."""
    submission, expired = _own(code)
    if isinstance(submission, Joiner):
        # One's own joining, which can only end.
        hold((), ANYBODY)
        return views_joined.leave(submission, code, expired)
    if expired:
        return _own_page(submission, code, notice="expired", status=409)
    numbers = forms.numbers(request.form)
    if wrong := _unsure(numbers):
        return _own_page(submission, code, errors=wrong, chosen=numbers, status=422)
    consultation = lookup.matter_of(context.session(), submission)
    moment = context.arrived_at()
    hold((OWN_COMMENT,), ANYBODY, consultation, submission=submission, numbers=numbers)
    try:
        wanted = forms.numbers(request.form)
        taken = amendment.withdraw(context.session(), consultation, submission, wanted, moment, moment)
    except Refused as refused:
        return _own_page(submission, code, refused=refused, status=409)
    count_done(taken.numbers)
    stays = all(one.left for one in stand(consultation, submission) if one.number in taken.numbers)
    return _own_page(submission, code, notice="author_left" if stays else "withdrawn", undone=taken.left)


@blueprint.post("/tra-cuu/<code>/thoi-neu-ten/")
@public(alone="one's own name, which can only go")
def hide_name(code: str) -> ResponseReturnValue:
    """Takes the sender's name back from the public; who only joined a comment has none there."""
    submission, _expired = _own(code)
    if isinstance(submission, Joiner):
        raise NotFound
    amendment.hide_name(context.session(), submission, context.arrived_at())
    return _own_page(submission, code, notice="name_hidden")


@blueprint.post("/tra-cuu/<code>/bien-nhan/")
@public(alone="reads only")
def receipt_file(code: str) -> Response:
    """The receipt file of docs/ledger.md."""
    submission, _expired = _own(code)
    if isinstance(submission, Joiner):
        content, name = (
            own_submission.joiner_file(submission, context.signer()),
            f"cung-y-kien-{submission.number}.json",
        )
    else:
        session, signer = context.session(), context.signer()
        content = own_submission.receipt_file(session, submission, signer)
        content = amended_proofs.with_amendments(session, submission, content, signer, context.arrived_at())
        name = f"bien-nhan-{submission.number}.json"
    said = json.dumps(content, ensure_ascii=False, indent=1)
    return downloads.attached(Response(said, mimetype="application/json"), name)


@blueprint.post("/tra-cuu/<code>/tep/<uuid:attachment_id>/")
@public(alone="reads only")
def sent_file(code: str, attachment_id: UUID) -> Response:
    """A file of one's own, to be saved and not shown here."""
    submission, _expired = _own(code)
    found = own_submission.attachment_of(context.session(), submission, attachment_id)
    return downloads.kept(found.file_hash, found.media_type, found.file_name)


@blueprint.errorhandler(Refused)
def refused(error: Refused) -> ResponseReturnValue:
    """A wrong second code is asked for again on the same page; every other refusal is told as everywhere."""
    if error.reason != "wrong_second_code":
        return errors.refused(error)
    code = (request.view_args or {})["code"]
    return shown(counted_lookup.found(code), code, 422, wrong=True)


def _unsure(numbers: list[int]) -> dict[str, str]:
    """What is missing before anything is withdrawn, by its field."""
    several = request.form.get("nhieu") == "1"
    if not numbers:
        return {"number": "choose_one"}
    return (
        {} if request.form.get("chac_chan") == "1" else {"sure-many" if several else f"sure-{numbers[0]}": "not_sure"}
    )


def _own(code: str) -> tuple[Submission | Joiner, bool]:
    """The submission for its sender, and whether the page it was asked from had been open for too long.

    Every try at a code is counted before it is looked at, or the right one would still be told beyond the limit. Of an
    address only the wrong ones count: a hall shares one, and everybody there takes their receipt home.
    """
    tickets.check_origin()
    digits, address = lookup_codes.typed(code), request.remote_addr or ""
    for name, limit in TRIES:
        limits.hit(name, f"{digits} {limits.network(address)}", limit)
    limits.hit("second_code_everywhere", digits, TRIES_EVERYWHERE)
    limits.require_left("second_code_address", address, TRIES_OF_ADDRESS)
    try:
        found = lookup.open_any(context.session(), code, request.form.get("ma_thu_hai", ""), site_codes())
    except (NotFound, Refused):
        limits.hit("second_code_address", address, TRIES_OF_ADDRESS)
        raise
    try:
        tickets.read(request.form.get("ticket", ""), SCOPE, context.arrived_at())
    except tickets.TicketExpired:
        return found, True
    return found, False


def opened(code: str) -> tuple[Submission | Joiner, bool]:
    """The same for the other pages that ask for both codes."""
    return _own(code)


def _own_page(submission: Submission, code: str, **given: Any) -> ResponseReturnValue:
    status_code = given.pop("status", 200)
    consultation = lookup.matter_of(context.session(), submission)
    comments = stand(consultation, submission)
    values = {"typed": {}, "errors": {}, "refused": None, "notice": "", "chosen": (), "undone": {}, **given}
    return page(
        "own", consultation, submission, code, comments, status_code,
        files=own_submission.files_of(context.session(), submission),
        secret=request.form.get("ma_thu_hai", ""), open=_in_time(consultation, submission), limit=TEXT_LIMIT, **values,
    )  # fmt: skip


def _in_time(consultation: Consultation, submission: Submission) -> bool:
    """Whether the sender may still change anything: the page offers what the service would do."""
    moment = context.arrived_at()
    try:
        in_time.check_in_time(context.session(), consultation, submission.kind, submission.organisation_id, moment)
    except Refused:
        return False
    return True
