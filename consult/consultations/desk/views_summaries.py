"""The matter in short in other languages: what is told now, the form for another language, and taking one off."""

from flask import Blueprint, current_app, request
from flask.typing import ResponseReturnValue

from consult.consultations.desk.forms_fields import FormFields
from consult.consultations.desk.shown_bodies import SUMMARY
from consult.consultations.desk.views_frame import page, to, typed
from consult.consultations.matter import queries
from consult.consultations.models import Consultation
from consult.consultations.preparation import languages, summaries
from consult.consultations.preparation.summaries import NewSummary, Sound
from consult.errors import Invalid
from consult.policy import Action
from consult.web import context
from consult.web.catalogue import endonym
from consult.web.guard import access

blueprint = Blueprint("summaries", __name__)
BASE = "/xu-ly/<slug>/tom-tat/"
OTHER = "other"


@blueprint.get(BASE)
@access(Action.SUMMARISE_MATTER, of=queries.by_slug)
def index(consultation: Consultation) -> ResponseReturnValue:
    """What is told, and the form; `?ngon-ngu=` fills it with what is told in that language."""
    asked = request.args.get("ngon-ngu", "")
    told = {row.language: row for row in summaries.summaries_of(context.session(), consultation.id)}
    form = {"language": asked}
    if asked in told:
        row = told[asked]
        form |= {"title": row.title, "question": row.question, "text": row.text}
        if asked not in languages.KNOWN:
            form |= {"language": OTHER, "code": asked}
    return _page(consultation, form)


@blueprint.post(BASE)
@access(Action.SUMMARISE_MATTER, of=queries.by_slug, acts_on=SUMMARY)
def put(consultation: Consultation) -> ResponseReturnValue:
    """Adds a language, or puts other words or sounds in the place of what was told in it."""
    try:
        summaries.put_summary(context.session(), consultation, _new(), context.actor(), context.arrived_at())
    except Invalid as invalid:
        return _page(consultation, typed(), invalid.errors)
    return to("summaries.index", consultation)


@blueprint.post(BASE + "<language>/bo/")
@access(Action.SUMMARISE_MATTER, of=queries.by_slug, acts_on=SUMMARY)
def remove(consultation: Consultation, language: str) -> ResponseReturnValue:
    """Takes a language off the site."""
    summaries.remove_summary(context.session(), consultation, language, context.actor(), context.arrived_at())
    return to("summaries.index", consultation)


def _new() -> NewSummary:
    fields = FormFields(request.form)
    chosen = fields.line("language", 40, required=True)
    language = fields.line("code", languages.OTHER_LIMIT, required=True) if chosen == OTHER else chosen
    title = fields.line("title", summaries.TITLE_LIMIT)
    question = fields.line("question", summaries.TITLE_LIMIT)
    text = fields.text("text", summaries.TEXT_LIMIT, required=True)
    fields.done()
    return NewSummary(language, text, _sound(), request.form.get("silent") == "1", title, question)


def _sound() -> Sound | None:
    sent = request.files.get("sound")
    if sent is None or not sent.filename:
        return None
    largest = current_app.config["SUMMARY_SOUND_BYTES"]
    return summaries.read_sound(sent.stream.read(largest + 1), sent.filename, largest, context.files())


def _page(
    consultation: Consultation, form: dict[str, str], errors: dict[str, str] | None = None
) -> ResponseReturnValue:
    known = [(code, f"{endonym(code)} ({code})") for code in languages.KNOWN]
    return page(
        "summaries",
        errors,
        consultation=consultation,
        summaries=summaries.summaries_of(context.session(), consultation.id),
        known=known,
        endonym=endonym,
        limit=summaries.TEXT_LIMIT,
        largest=current_app.config["SUMMARY_SOUND_BYTES"] // (1024 * 1024),
        form=form,
    )
