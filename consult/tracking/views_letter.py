"""What one has sent, to be taken away as a letter of one's own."""

from collections.abc import Mapping
from uuid import UUID

from flask import Response, current_app

from consult import clock
from consult.errors import NotFound
from consult.exports.official_language import official, printed_notice
from consult.exports.word.letter import LetterComment, OwnLetter, written
from consult.submissions import anchors
from consult.submissions.comments.outcome import Outcome
from consult.submissions.models import Submission
from consult.submissions.receiving import lookup_codes
from consult.submissions.sender import own_submission
from consult.submissions.views_frame import handed_over, site_codes
from consult.submissions.words import VOICE
from consult.tracking import lookup, passes
from consult.tracking.service import CommentStatus
from consult.tracking.views_frame import blueprint, stand
from consult.web import context
from consult.web.files import downloads
from consult.web.guard import public

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@blueprint.get("/tra-cuu/phieu/<token>/thu.docx")
@public()
def letter(token: str) -> Response:
    """The letter of what the receipt with this address is for."""
    handed = handed_over(token, context.arrived_at())
    if handed is None or handed.expired:
        raise NotFound
    return _letter(lookup.find_by_code(context.session(), handed.code, site_codes()))


@blueprint.get("/tra-cuu/<code>/mo/<given>/thu.docx")
@public()
def own_letter(code: str, given: str) -> Response:
    """The same for its sender later on."""
    if not passes.opens(given, lookup_codes.typed(code), context.arrived_at()):
        raise NotFound
    return _letter(lookup.find_by_code(context.session(), code, site_codes()))


def _letter(submission: Submission) -> Response:
    """What it says now, without what was withdrawn; no code of its receipt is in it."""
    consultation = lookup.matter_of(context.session(), submission)
    files = own_submission.attachments_of(context.session(), submission)
    spoken = {one.comment_id: one.language for one in files if one.role == VOICE}
    numbers = {entry["number"] for entry in submission.receipt["comments"]}
    sent = [one for one in stand(consultation, submission) if one.number in numbers]
    content = OwnLetter(
        title=consultation.title,
        to=consultation.lead.name,
        day=clock.local_day(submission.received_at),
        number=submission.number,
        name=submission.shown_name,
        area=submission.place_said or (submission.area.name if submission.area else ""),
        comments=tuple(_comment(one, spoken) for one in sent if one.outcome is not Outcome.WITHDRAWN),
        files=tuple(one.file_name for one in files if one.role != VOICE),
        notice=printed_notice(current_app.config["DEMO"]),
    )
    answer = Response(written(content, official), mimetype=DOCX)
    return downloads.attached(answer, f"y-kien-{submission.number}.docx")


def _comment(one: CommentStatus, spoken: Mapping[UUID | None, str]) -> LetterComment:
    said = one.versions[-1]
    return LetterComment(
        place=anchors.label_of(one, official),
        stance=official(f"citizen_stance.{said.stance}") if said.stance else "",
        quote=one.quote,
        text=said.text,
        proposed=said.proposed,
        reason=said.reason,
        language=official(f"language.{spoken[said.comment_id]}") if said.comment_id in spoken else "",
    )
