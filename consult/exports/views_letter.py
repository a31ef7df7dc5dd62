"""What one has sent, to be taken away as a letter of one's own."""

from flask import Blueprint, Response, current_app, request

from consult import clock
from consult.consultations.matter import policy_facts, queries
from consult.consultations.models import Consultation
from consult.errors import NotFound
from consult.exports.official_language import official, printed_notice
from consult.exports.word.letter import LetterComment, OwnLetter, written
from consult.policy import Action
from consult.submissions.form import place_names, sent_forms
from consult.submissions.form.sent_forms import SentForm
from consult.submissions.views_frame import site_codes
from consult.web import context, tickets
from consult.web.files import downloads
from consult.web.guard import public

blueprint = Blueprint("letters", __name__)
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@blueprint.get("/lay-y-kien/<slug>/da-gui/thu.docx")
@public(Action.READ_MATTER, of=queries.by_slug, asks=("phieu",))
def own(consultation: Consultation) -> Response:
    """The letter of what the form with this ticket sent; no code of its receipt is in it."""
    session = context.session()
    try:
        key = tickets.ours(request.args.get("phieu", ""), str(consultation.id)).key
    except tickets.TicketExpired as unknown:
        raise NotFound from unknown
    matter = policy_facts.by_id(session, consultation.id)
    sent = sent_forms.of_key(session, matter, key, site_codes())
    answer = Response(written(_letter(consultation, sent), official), mimetype=DOCX)
    return downloads.attached(answer, f"y-kien-{sent.submission.number}.docx")


def _letter(consultation: Consultation, sent: SentForm) -> OwnLetter:
    labels = place_names.labels(context.session(), consultation, sent.form, official)
    said = (
        LetterComment(
            place=place,
            stance=official(f"citizen_stance.{one.stance}") if one.stance else "",
            quote=one.quote,
            text=one.text,
            proposed=one.proposed,
            reason=one.reason,
            language=official(f"language.{one.language}") if one.voice else "",
        )
        for place, one in zip(labels, sent.form.comments, strict=True)
    )
    return OwnLetter(
        title=consultation.title,
        to=consultation.lead.name,
        day=clock.local_day(sent.submission.received_at),
        number=sent.submission.number,
        name=sent.submission.shown_name,
        area=sent.submission.area.name if sent.submission.area else "",
        comments=tuple(said),
        files=tuple(one.file_name for one in sent.files),
        notice=printed_notice(current_app.config["DEMO"]),
    )
