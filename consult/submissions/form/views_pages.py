"""The pages of the comment form, each made from the form as typed."""

from dataclasses import replace
from datetime import date
from typing import Any

from flask import current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue

from consult import clock
from consult.comparison import Piece
from consult.consultations.matter.policy_facts import PolicyFacts
from consult.consultations.models import Consultation
from consult.consultations.preparation import summaries
from consult.consultations.revisions import fates
from consult.errors import NotFound
from consult.submissions import clause_fates
from consult.submissions.form import (
    communes,
    drafts_shown,
    forms,
    place_names,
    quotes,
    unsent,
    views_files,
    views_offers,
    views_voice,
)
from consult.submissions.form.forms import CommentForm
from consult.submissions.form.quotes import Quoted
from consult.submissions.form.unsent import Step
from consult.submissions.inputs import CONSENT_VERSION, SHORT_LIMIT, TEXT_LIMIT, AnchorInput
from consult.submissions.receiving import clause_wording
from consult.submissions.receiving.anchor_resolution import resolve
from consult.web import context
from consult.web.catalogue import endonym, say

NO_STORE = {"Cache-Control": "no-store"}
PRESS_AGAIN = {"crowded", "very_fast"}
"""What is to be sent once more just as it is, and counts from when it came first."""
LIMITS = {"text": TEXT_LIMIT, "short": SHORT_LIMIT}


def shown(consultation: Consultation, step: Step) -> ResponseReturnValue:
    """The page of a step."""
    return _PAGES[step.page](consultation, step)


def _saying(consultation: Consultation, step: Step) -> ResponseReturnValue:
    """One comment, to be spoken or written."""
    form = step.form
    errors = {name: code for name, code in step.errors.items() if _stands_here(form, name)}
    place = _quoted(consultation, form.open.anchor, text=True)
    wording = _wordings(consultation, form)[form.current]
    told = summaries.summaries_of(context.session(), consultation.id)
    heard_first = [one for one in told if one.audio_hash]
    shown = {"place": place, "wording": wording, "heard_first": heard_first, "endonym": endonym}
    return _page(step.page, consultation, step, errors=errors, **shown)


def _asking_who(consultation: Consultation, step: Step) -> ResponseReturnValue:
    """The fields of the sender."""
    return _page("who", consultation, step, errors=step.errors)


def _choosing(consultation: Consultation, step: Step) -> ResponseReturnValue:
    """What else to comment on, and which of it has the words that were looked for (`?tim=`)."""
    words = request.args.get("tim", "")
    choices = quotes.choices(context.session(), consultation, say, words)
    return _page("choose", consultation, step, choices=choices, words=words)


def _checking(consultation: Consultation, step: Step) -> ResponseReturnValue:
    """Everything once more before it is sent, with what becomes public and when, and the communes that may be meant."""
    drafts = drafts_shown.shown(context.session(), consultation.id)
    form = replace(step.form, again="1" if step.notice == "very_fast" else "", drafts=drafts)
    found = communes.recognised(context.session(), form.area, _today()) if form.area else []
    areas = [(str(one.id), one.name, one.former and say("place.formerly", name=one.former)) for one in found]
    redlines = _redlines(consultation, form)
    offers = views_offers.offers(consultation, form)
    return _page("check", consultation, replace(step, form=form), redlines=redlines, areas=areas, offers=offers)


_PAGES = {"write": _saying, "speak": _saying, "who": _asking_who, "choose": _choosing, "check": _checking}


def begun(consultation: Consultation, form: CommentForm) -> CommentForm:
    """The form with the clause's own words as the wording proposed, unless something is proposed already."""
    return form if form.open.proposed else form.with_open(proposed=_wordings(consultation, form)[form.current])


def without_unchanged(consultation: Consultation, form: CommentForm) -> CommentForm:
    """The form without the wordings proposed that are the clause's own: nothing is proposed by them."""
    if not any(comment.proposed for comment in form.comments):
        return form
    pairs = zip(form.comments, _wordings(consultation, form), strict=True)
    kept = (replace(one, proposed="") if clause_wording.same(words, one.proposed) else one for one, words in pairs)
    return replace(form, comments=tuple(kept))


def closed(consultation: Consultation, form: CommentForm | None, reason: str) -> ResponseReturnValue:
    """Why nothing is taken now; what was typed stands here to be copied."""
    return _page("closed", consultation, Step("closed", form or forms.started("", ""), status=409), reason=reason)


def is_older_than_shown(matter: PolicyFacts, form: CommentForm) -> bool:
    """Whether a draft became public since the form was shown to be checked, and something in it is about an older
    one."""
    session = context.session()
    if form.drafts == drafts_shown.shown(session, matter.id):
        return False
    return any(drafts_shown.fates_of(session, matter.id, place_names.places(form)))


def gone(consultation: Consultation, anchor: AnchorInput) -> ResponseReturnValue:
    """What became of the clause of an address whose draft does not have it; raises NotFound when none ever did."""
    session, about = context.session(), (anchor.document, anchor.revision, anchor.path)
    fate = fates.of_address(session, consultation.id, *about)
    told = clause_fates.told_of(session, consultation.id, fate, say)
    if told is None:
        raise NotFound
    return _page("gone", consultation, Step("gone", forms.started("", "")), fate=told)


def with_area(form: CommentForm) -> CommentForm:
    """The form with the commune that its sender means, as far as that is clear."""
    return communes.resolved(context.session, form, _today())


def _page(name: str, consultation: Consultation, step: Step, **values: Any) -> ResponseReturnValue:
    form = replace(step.form, seen=unsent.seen(step.form))
    body = render_template(
        f"submissions/form/{name}.html",
        consultation=consultation,
        form=form,
        notice=step.notice,
        arrived=step.arrived,
        sent_under=step.sent_under,
        address=url_for("submissions.write", slug=consultation.slug),
        labels=place_names.labels(context.session(), consultation, form, say),
        fates=drafts_shown.fates_of(context.session(), consultation.id, place_names.places(form)),
        kept=views_files.of(form),
        bounds=views_files.bounds(),
        voices=views_voice.kept(form),
        limits=LIMITS,
        consent_version=CONSENT_VERSION,
        complaints_address=current_app.config["COMPLAINTS_ADDRESS"],
        **values,
    )
    return body, step.status, NO_STORE


def _quoted(consultation: Consultation, anchor: str, text: bool) -> Quoted:
    try:
        return quotes.quoted(context.session(), consultation, place_names.parsed(anchor), text)
    except NotFound:
        return quotes.MATTER


def _wordings(consultation: Consultation, form: CommentForm) -> list[str]:
    """The words of every comment's clause; nothing where there is no clause, or none to be written anew."""
    session = context.session()
    places, _unknown = resolve(session, consultation.id, place_names.places(form))
    clauses = [(place.revision_id, place.path) if place and place.path else None for place in places]
    words = clause_wording.words_of(session, consultation.id, clauses)
    return [words.get(clause, "") if clause else "" for clause in clauses]


def _redlines(consultation: Consultation, form: CommentForm) -> list[tuple[Piece, ...]]:
    """Each comment's proposed wording against its clause; the database is asked only when something is proposed."""
    if not any(comment.proposed for comment in form.comments):
        return [() for _ in form.comments]
    pairs = zip(_wordings(consultation, form), form.comments, strict=True)
    return [clause_wording.redline(words, comment.proposed) for words, comment in pairs]


def _stands_here(form: CommentForm, name: str) -> bool:
    return not name.startswith("comments.") or name.startswith(f"comments.{form.current}.")


def _today() -> date:
    return clock.local_day(context.arrived_at())
