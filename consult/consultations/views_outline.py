"""The outline of a document in preparation: what was understood, the doubts, and corrections by hand."""

from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from consult.consultations import correcting, doubts, finding, forms
from consult.consultations.views_frame import page, to, typed
from consult.errors import Invalid, NotFound
from consult.outline.tree import KINDS
from consult.policy import Action
from consult.web import context
from consult.web.guard import access

blueprint = Blueprint("outline", __name__)
BASE = "/xu-ly/<slug>/chuan-bi/bo-cuc/<int:number>/"


@blueprint.get(BASE)
@access(Action.EDIT_MATTER, of=finding.by_slug)
def show(consultation: Any, number: int) -> ResponseReturnValue:
    """One level of the outline: the document, or the provision named by `?tai=`."""
    document = finding.document_of(context.session(), consultation.id, number)
    revision = finding.revision_of(context.session(), document, 1)
    outline = correcting.outline_of(context.session(), revision)
    node = _node(outline, request.args.get("tai", ""))
    return page(
        "outline",
        consultation=consultation,
        document=document,
        revision=revision,
        node=node,
        children=node.children if node else outline.provisions,
        counts=doubts.counts(outline),
        warnings=doubts.told(revision.warnings),
    )


@blueprint.get(BASE + "sua/")
@access(Action.EDIT_MATTER, of=finding.by_slug)
def edit(consultation: Any, number: int) -> ResponseReturnValue:
    """The forms that correct the provision named by `?tai=`."""
    return _edit_page(consultation, number, request.args.get("tai", ""), {})


@blueprint.post(BASE + "sua/")
@access(Action.EDIT_MATTER, of=finding.by_slug)
def correct(consultation: Any, number: int) -> ResponseReturnValue:
    """Corrects it."""
    document = finding.document_of(context.session(), consultation.id, number)
    revision = finding.revision_of(context.session(), document, 1)
    try:
        correction = forms.correction(request.form)
        correcting.correct(context.session(), consultation, revision, correction, context.actor(), context.arrived_at())
    except Invalid as invalid:
        return _edit_page(consultation, number, request.form.get("path", ""), typed(), invalid.errors)
    return to("outline.show", consultation, number=number)


def _edit_page(
    consultation: Any, number: int, path: str, form: dict[str, str], errors: dict[str, str] | None = None
) -> ResponseReturnValue:
    document = finding.document_of(context.session(), consultation.id, number)
    revision = finding.revision_of(context.session(), document, 1)
    node = _node(correcting.outline_of(context.session(), revision), path)
    if node is None:
        raise NotFound
    return page("correct", errors, consultation=consultation, document=document, node=node, kinds=KINDS, form=form)


def _node(outline: Any, path: str) -> Any:
    """The provision at `path`, None for the whole document; raises NotFound for a path that is none."""
    if not path:
        return None
    node = outline.find(path)
    if node is None:
        raise NotFound
    return node
