"""The outline of a document that is not public yet: what was understood, the doubts, and corrections by hand.

The same pages stand in the preparation of a matter and, for a further revision, beside the published matter: who may
open them, and when, differs.
"""

from dataclasses import replace

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from consult.consultations.desk import forms, typed_places
from consult.consultations.desk.shown_documents import OUTLINE
from consult.consultations.desk.views_frame import page, to, typed, waiting
from consult.consultations.document_models import Revision
from consult.consultations.files import doubts
from consult.consultations.matter import queries
from consult.consultations.models import Consultation
from consult.consultations.revisions import outline_corrections, reference_check
from consult.errors import Invalid, NotFound
from consult.outline.tree import KINDS, Node, Outline
from consult.policy import Action
from consult.web import context
from consult.web.catalogue import say
from consult.web.guard import access

PREPARED, REVISED = "outline", "new_outline"

blueprint = Blueprint(PREPARED, __name__)
revised = Blueprint(REVISED, __name__)
BASE = "/xu-ly/<slug>/chuan-bi/bo-cuc/<int:number>/"
REVISED_BASE = "/xu-ly/<slug>/ban-moi/<int:number>/bo-cuc/"


@blueprint.get(BASE)
@access(Action.EDIT_MATTER, of=queries.by_slug)
def show(consultation: Consultation, number: int) -> ResponseReturnValue:
    """One level of the outline: the document, or the provision named by `?tai=`."""
    return _show(PREPARED, consultation, number)


@blueprint.get(BASE + "sua/")
@access(Action.EDIT_MATTER, of=queries.by_slug)
def edit(consultation: Consultation, number: int) -> ResponseReturnValue:
    """The forms that correct the provision named by `?tai=`."""
    return _edit_page(PREPARED, consultation, number, request.args.get("tai", ""), {})


@blueprint.post(BASE + "sua/")
@access(Action.EDIT_MATTER, of=queries.by_slug, acts_on=OUTLINE)
def correct(consultation: Consultation, number: int) -> ResponseReturnValue:
    """Corrects it."""
    return _correct(PREPARED, consultation, number)


@blueprint.post(BASE + "sua-nhieu/")
@access(Action.EDIT_MATTER, of=queries.by_slug, acts_on=OUTLINE)
def correct_many(consultation: Consultation, number: int) -> ResponseReturnValue:
    """Corrects the provisions that were ticked, all or none."""
    return _correct_many(PREPARED, consultation, number)


@revised.get(REVISED_BASE, endpoint="show")
@access(Action.REVISE_MATTER, of=queries.by_slug)
def show_revised(consultation: Consultation, number: int) -> ResponseReturnValue:
    """The same for a revision of a published matter."""
    return _show(REVISED, consultation, number)


@revised.get(REVISED_BASE + "sua/", endpoint="edit")
@access(Action.REVISE_MATTER, of=queries.by_slug)
def edit_revised(consultation: Consultation, number: int) -> ResponseReturnValue:
    """The same for a revision of a published matter."""
    return _edit_page(REVISED, consultation, number, request.args.get("tai", ""), {})


@revised.post(REVISED_BASE + "sua/", endpoint="correct")
@access(Action.REVISE_MATTER, of=queries.by_slug, acts_on=OUTLINE)
def correct_revised(consultation: Consultation, number: int) -> ResponseReturnValue:
    """Corrects it; what was matched with the revision before is matched anew."""
    return _correct(REVISED, consultation, number)


@revised.post(REVISED_BASE + "sua-nhieu/", endpoint="correct_many")
@access(Action.REVISE_MATTER, of=queries.by_slug, acts_on=OUTLINE)
def correct_many_revised(consultation: Consultation, number: int) -> ResponseReturnValue:
    """The same for a revision of a published matter."""
    return _correct_many(REVISED, consultation, number)


def _show(
    where: str, consultation: Consultation, number: int, errors: dict[str, str] | None = None
) -> ResponseReturnValue:
    document, revision = waiting(consultation, number)
    outline = outline_corrections.outline_of(context.session(), revision)
    node = _node(outline, request.values.get("tai", ""))
    return page(
        "outline",
        errors,
        consultation=consultation,
        document=document,
        revision=revision,
        node=node,
        children=node.children if node else outline.provisions,
        counts=doubts.counts(outline),
        warnings=doubts.told(revision.warnings),
        checked=None if node else reference_check.checked(context.session(), revision, outline),
        kinds=KINDS,
        chosen=request.form.getlist("paths"),
        form=typed(),
        where=where,
    )


def _correct(where: str, consultation: Consultation, number: int) -> ResponseReturnValue:
    _, revision = waiting(consultation, number)
    try:
        correction = forms.correction(request.form)
        if correction.parent:
            known = [node.path for node in outline_corrections.outline_of(context.session(), revision).walk()]
            parent = " ".join(typed_places.paths(correction.parent, known, say))
            correction = replace(correction, parent=parent)
        outline_corrections.correct(
            context.session(), consultation, revision, correction, context.actor(), context.arrived_at()
        )
    except Invalid as invalid:
        return _edit_page(where, consultation, number, request.form.get("path", ""), typed(), invalid.errors)
    return to(f"{where}.show", consultation, number=number)


def _correct_many(where: str, consultation: Consultation, number: int) -> ResponseReturnValue:
    _, revision = waiting(consultation, number)
    try:
        given = forms.many_corrections(request.form)
        outline_corrections.correct_many(
            context.session(), consultation, revision, given, context.actor(), context.arrived_at()
        )
    except Invalid as invalid:
        return _show(where, consultation, number, invalid.errors)
    return to(f"{where}.show", consultation, number=number, tai=_still(revision, request.form.get("tai", "")))


def _still(revision: Revision, path: str) -> str | None:
    """The path that was shown, when it names a provision after the correction too."""
    outline = outline_corrections.outline_of(context.session(), revision)
    return path if path and outline.find(path) is not None else None


def _edit_page(
    where: str,
    consultation: Consultation,
    number: int,
    path: str,
    form: dict[str, str],
    errors: dict[str, str] | None = None,
) -> ResponseReturnValue:
    document, revision = waiting(consultation, number)
    node = _node(outline_corrections.outline_of(context.session(), revision), path)
    if node is None:
        raise NotFound
    return page(
        "correct",
        errors,
        consultation=consultation,
        document=document,
        node=node,
        kinds=KINDS,
        form=form,
        where=where,
    )


def _node(outline: Outline, path: str) -> Node | None:
    """The provision at `path`, None for the whole document; raises NotFound for a path that is none."""
    if not path:
        return None
    node = outline.find(path)
    if node is None:
        raise NotFound
    return node
