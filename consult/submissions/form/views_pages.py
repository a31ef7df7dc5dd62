"""The pages of the comment form, each made from the form as typed."""

from dataclasses import replace
from datetime import date
from typing import Any

from flask import current_app, render_template, url_for
from flask.typing import ResponseReturnValue

from consult import clock
from consult.comparison import Piece
from consult.consultations.matter.policy_facts import PolicyFacts
from consult.consultations.models import Consultation
from consult.consultations.revisions import fates
from consult.consultations.revisions.lineages import FiledDrafts, filed_drafts
from consult.errors import NotFound
from consult.submissions import anchors, clause_fates
from consult.submissions.anchors import NamedPlace
from consult.submissions.form import communes, drafts_shown, forms, quotes, views_files, views_voice
from consult.submissions.form.forms import CommentForm
from consult.submissions.form.quotes import Quoted
from consult.submissions.inputs import CONSENT_VERSION, SHORT_LIMIT, TEXT_LIMIT, AnchorInput
from consult.submissions.receiving import clause_wording
from consult.submissions.receiving.anchor_resolution import resolve
from consult.web import context
from consult.web.arrival import resubmission
from consult.web.catalogue import say

NO_STORE = {"Cache-Control": "no-store"}
PRESS_AGAIN = {"crowded", "very_fast"}
"""What is to be sent once more just as it is, and counts from when it came first."""
LIMITS = {"text": TEXT_LIMIT, "short": SHORT_LIMIT}


def writing(
    consultation: Consultation, form: CommentForm, errors: dict[str, str] | None = None, status: int = 200
) -> ResponseReturnValue:
    """The fields of one comment and of the sender; when a comment that is not open is wrong, that one is opened."""
    errors = {_field_of(name, code): code for name, code in (errors or {}).items()}
    form = _opened(form, errors)
    shown = {name: code for name, code in errors.items() if _stands_here(form, name)}
    place = _quoted(consultation, form.open.anchor, text=True)
    own_words = "" if form.open.proposed else _wordings(consultation, form)[form.current]
    return _page("write", consultation, form, status, errors=shown, place=place, wording=own_words)


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


def choosing(consultation: Consultation, form: CommentForm) -> ResponseReturnValue:
    """What else to comment on."""
    choices = quotes.choices(context.session(), consultation)
    return _page("choose", consultation, form, choices=choices)


def checking(consultation: Consultation, form: CommentForm, notice: str = "", status: int = 200) -> ResponseReturnValue:
    """Everything once more before it is sent, with what becomes public and when. `notice`: why it is not sent yet."""
    arrived = resubmission.statement() if notice in PRESS_AGAIN else None
    drafts = drafts_shown.shown(context.session(), consultation.id)
    form = replace(form, again="1" if notice == "very_fast" else "", drafts=drafts)
    redlines = _redlines(consultation, form)
    found = communes.recognised(context.session(), form.area, _today()) if form.area else []
    areas = [(str(one.id), one.name, one.former and say("place.formerly", name=one.former)) for one in found]
    shown = {"notice": notice, "redlines": redlines, "areas": areas, "arrived": arrived}
    return _page("check", consultation, form, status, **shown)


def closed(consultation: Consultation, form: CommentForm | None, reason: str) -> ResponseReturnValue:
    """Why nothing is taken now; what was typed stands here to be copied."""
    return _page("closed", consultation, form or forms.started("", ""), 409, reason=reason)


def is_older_than_shown(matter: PolicyFacts, form: CommentForm) -> bool:
    """Whether a draft became public since the form was shown to be checked, and something in it is about an older
    one."""
    session = context.session()
    if form.drafts == drafts_shown.shown(session, matter.id):
        return False
    return any(drafts_shown.fates_of(session, matter.id, [_parsed(one.anchor) for one in form.comments]))


def gone(consultation: Consultation, anchor: AnchorInput) -> ResponseReturnValue:
    """What became of the clause of an address whose draft does not have it; raises NotFound when none ever did."""
    session, about = context.session(), (anchor.document, anchor.revision, anchor.path)
    fate = fates.of_address(session, consultation.id, *about)
    told = clause_fates.told_of(session, consultation.id, fate, say)
    if told is None:
        raise NotFound
    return _page("gone", consultation, forms.started("", ""), fate=told)


def with_area(form: CommentForm) -> CommentForm:
    """The form with the commune that its sender means, as far as that is clear."""
    return communes.resolved(context.session(), form, _today())


def _page(
    name: str, consultation: Consultation, form: CommentForm, status: int = 200, **values: Any
) -> ResponseReturnValue:
    address = url_for("submissions.write", slug=consultation.slug)
    body = render_template(
        f"submissions/form/{name}.html",
        consultation=consultation,
        form=form,
        address=address,
        labels=_labels(consultation, form),
        fates=drafts_shown.fates_of(context.session(), consultation.id, [_parsed(one.anchor) for one in form.comments]),
        kept=views_files.of(form),
        bounds=views_files.bounds(),
        voices=views_voice.kept(form),
        limits=LIMITS,
        consent_version=CONSENT_VERSION,
        complaints_address=current_app.config["COMPLAINTS_ADDRESS"],
        **values,
    )
    return body, status, NO_STORE


def _quoted(consultation: Consultation, anchor: str, text: bool) -> Quoted:
    try:
        return quotes.quoted(context.session(), consultation, _parsed(anchor), text)
    except NotFound:
        return quotes.MATTER


def _wordings(consultation: Consultation, form: CommentForm) -> list[str]:
    """The words of every comment's clause; nothing where there is no clause, or none to be written anew."""
    session = context.session()
    places, _unknown = resolve(session, consultation.id, [_parsed(comment.anchor) for comment in form.comments])
    clauses = [(place.revision_id, place.path) if place and place.path else None for place in places]
    words = clause_wording.words_of(session, consultation.id, clauses)
    return [words.get(clause, "") if clause else "" for clause in clauses]


def _redlines(consultation: Consultation, form: CommentForm) -> list[tuple[Piece, ...]]:
    """Each comment's proposed wording against its clause; the database is asked only when something is proposed."""
    if not any(comment.proposed for comment in form.comments):
        return [() for _ in form.comments]
    pairs = zip(_wordings(consultation, form), form.comments, strict=True)
    return [clause_wording.redline(words, comment.proposed) for words, comment in pairs]


def _parsed(anchor: str) -> AnchorInput | None:
    """The place a field names; None for the whole matter, and for what no form of ours would send."""
    try:
        return anchors.parse(anchor)
    except NotFound:
        return None


def _labels(consultation: Consultation | PolicyFacts, form: CommentForm) -> list[str]:
    """The words of every comment's place; the database is asked once, and for a receipt only where there are further
    documents or drafts to be named."""
    places = [_parsed(comment.anchor) for comment in form.comments]
    alone = isinstance(consultation, PolicyFacts) and not consultation.revised
    named = any(place and (place.document != anchors.MAIN or not alone) for place in places)
    filed = filed_drafts(context.session(), consultation.id) if named else {}
    return [
        anchors.label_of(_named(place, filed), say, place.part is not None) if place else say("place.matter")
        for place in places
    ]


def _named(place: AnchorInput, filed: dict[int, FiledDrafts]) -> NamedPlace:
    own = filed.get(place.document, FiledDrafts("", 0))
    revision = own.drafts if place.revision is None else place.revision
    return NamedPlace(place.document, own.title, revision, own.drafts, place.path, place.page)


def _opened(form: CommentForm, errors: dict[str, str]) -> CommentForm:
    """The first comment in which something is wrong is the one to open."""
    if any(name.startswith(f"comments.{form.current}.") for name in errors):
        return form
    for index in range(len(form.comments)):
        if any(name.startswith(f"comments.{index}.") for name in errors):
            return replace(form, current=index)
    return form


def _field_of(name: str, code: str) -> str:
    """The field that an error of the service is about: words that are not in the clause were typed into one."""
    if code == "unknown_quote":
        return name.removesuffix(".anchor") + ".quote"
    return "file" if name == "attachments" else name


def _stands_here(form: CommentForm, name: str) -> bool:
    return not name.startswith("comments.") or name.startswith(f"comments.{form.current}.")


def _today() -> date:
    return clock.local_day(context.arrived_at())
