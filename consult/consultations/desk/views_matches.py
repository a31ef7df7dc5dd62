"""What became of every provision of a revision: looked at, and corrected where the comparison went wrong."""

from flask import Blueprint, flash, request
from flask.typing import ResponseReturnValue

from consult.consultations.desk import forms_revisions, typed_places
from consult.consultations.desk.shown_documents import MATCH
from consult.consultations.desk.views_frame import page, to
from consult.consultations.document_models import Document, Revision
from consult.consultations.matter import queries
from consult.consultations.models import Consultation
from consult.consultations.revisions import match_choices, match_corrections, match_list, matching, reference_check
from consult.consultations.revisions.match_corrections import Side
from consult.errors import Invalid, NotFound
from consult.policy import Action
from consult.web import context
from consult.web.catalogue import say
from consult.web.guard import access

blueprint = Blueprint("matches", __name__)
BASE = "/xu-ly/<slug>/doi-chieu/<int:number>/<int:revision>/"


@blueprint.get(BASE)
@access(Action.REVISE_MATTER, of=queries.by_slug)
def index(consultation: Consultation, number: int, revision: int) -> ResponseReturnValue:
    """The matches of a revision with the one before it, by kind."""
    document, newer, before = _found(consultation, number, revision)
    kind, at = forms_revisions.kind(request.args), forms_revisions.page(request.args)
    found = match_list.lines(context.session(), before, newer, kind, at)
    return page(
        "revisions/matches",
        consultation=consultation,
        document=document,
        revision=newer,
        before=before,
        found=found,
        checked=reference_check.checked(context.session(), newer) if at == 1 and not kind else None,
        kind=kind,
        at=at,
        last=max(1, -(-found.total // match_list.PAGE_SIZE)),
    )


@blueprint.get(BASE + "sua/")
@access(Action.REVISE_MATTER, of=queries.by_slug)
def edit(consultation: Consultation, number: int, revision: int) -> ResponseReturnValue:
    """The form that corrects what belongs to the provision named by `?cu=` (old) or `?moi=` (new)."""
    old, new = request.args.get("cu", ""), request.args.get("moi", "")
    return _form(consultation, number, revision, Side.OLD if old else Side.NEW, old or new)


@blueprint.post(BASE + "sua/")
@access(Action.REVISE_MATTER, of=queries.by_slug, acts_on=MATCH)
def correct(consultation: Consultation, number: int, revision: int) -> ResponseReturnValue:
    """Corrects it."""
    _, newer, before = _found(consultation, number, revision)
    side, path, ticked, more = forms_revisions.pairing(request.form)
    other = before if side is Side.NEW else newer
    named = typed_places.paths(more, queries.paths_of(context.session(), other), say) if more else []
    others = list(dict.fromkeys([*ticked, *named]))
    try:
        match_corrections.pair(
            context.session(), consultation, newer, side, path, others, context.actor(), context.arrived_at()
        )
    except Invalid as invalid:
        return _form(consultation, number, revision, side, path, invalid.errors)
    flash("preparation.match_corrected")
    return to("matches.index", consultation, number=number, revision=revision)


def _form(
    consultation: Consultation, number: int, revision: int, side: Side, path: str, errors: dict[str, str] | None = None
) -> ResponseReturnValue:
    document, newer, before = _found(consultation, number, revision)
    found = match_choices.editing(context.session(), before, newer, side, path)
    chosen = [choice.path for choice in found.choices if choice.chosen]
    return page(
        "revisions/match",
        errors,
        consultation=consultation,
        document=document,
        revision=newer,
        before=before,
        side=side,
        provision=found.provision,
        choices=found.choices,
        chosen=request.form.getlist("others") if errors else chosen,
        typed=request.form.get("more", ""),
    )


def _found(consultation: Consultation, number: int, revision: int) -> tuple[Document, Revision, Revision]:
    """The document, its revision and the one before that; raises NotFound while they are not matched."""
    session = context.session()
    document = queries.document_of(session, consultation.id, number)
    newer = queries.revision_of(session, document, revision)
    before = matching.previous(session, newer)
    if before is None or not matching.is_matched(session, newer):
        raise NotFound
    return document, newer, before
