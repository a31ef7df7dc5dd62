"""The beginning of a matter. The steps of preparation stand in the modules beside this."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from consult.consultations import saved_versions
from consult.consultations.desk import (
    forms,
    views_discard,
    views_documents,
    views_issuing,
    views_matches,
    views_outage,
    views_outline,
    views_pages,
    views_periods,
    views_publication,
    views_revisions,
    views_summaries,
)
from consult.consultations.desk.shown_bodies import INVITATION
from consult.consultations.desk.shown_facts import FACTS, PERIODS
from consult.consultations.desk.shown_letters import OFFICIAL_LETTER
from consult.consultations.desk.views_frame import choices, page, to, typed
from consult.consultations.files import uploaded_files
from consult.consultations.matter import queries
from consult.consultations.models import Consultation
from consult.consultations.preparation import creation
from consult.consultations.preparation import service as preparation
from consult.errors import Invalid
from consult.policy import Action
from consult.shown import About
from consult.web import conflict, context
from consult.web.guard import access

blueprint = Blueprint("preparing", __name__)
for part in (
    views_discard, views_documents, views_issuing, views_matches, views_outage, views_outline, views_pages,
    views_periods, views_publication, views_revisions, views_summaries,
):  # fmt: skip
    blueprint.register_blueprint(part.blueprint)
blueprint.register_blueprint(views_outline.revised)


@blueprint.get("/xu-ly/dot/moi/")
@access(Action.PREPARE_MATTER)
def new() -> ResponseReturnValue:
    """The form for a new matter."""
    return _form(None, {"procedure": "comment", "disclosure": "on_release"})


@blueprint.post("/xu-ly/dot/moi/")
@access(Action.PREPARE_MATTER, alone="a new matter")
def create() -> ResponseReturnValue:
    """A new matter from its main draft."""
    try:
        facts = forms.facts(request.form, choices())
        data, name = forms.upload(request.files.get("file"))
        upload = uploaded_files.read_upload(data, name, context.files())
        made = creation.start(context.session(), facts, upload, context.actor(), context.arrived_at())
    except Invalid as invalid:
        return _form(None, typed(), invalid.errors)
    return to("outline.show", made, number=1)


@blueprint.get("/xu-ly/<slug>/chuan-bi/thong-tin/")
@access(Action.EDIT_MATTER, of=queries.by_slug)
def facts(consultation: Consultation) -> ResponseReturnValue:
    """The facts of a matter in preparation."""
    return _form(consultation, forms.facts_typed(consultation))


@blueprint.post("/xu-ly/<slug>/chuan-bi/thong-tin/")
@access(Action.EDIT_MATTER, of=queries.by_slug, acts_on=FACTS)
def edit(consultation: Consultation) -> ResponseReturnValue:
    """Changes the facts."""
    try:
        new_facts = forms.facts(request.form, choices(), consultation)
        preparation.edit(context.session(), consultation, new_facts, context.actor(), context.arrived_at())
    except Invalid as invalid:
        return _form(consultation, typed(), invalid.errors)
    return to("publishing.steps", consultation)


@blueprint.get("/xu-ly/<slug>/chuan-bi/cac-ban/")
@access(Action.EDIT_MATTER, of=queries.by_slug)
def versions(consultation: Consultation) -> ResponseReturnValue:
    """Every version that was saved of its facts, its days and the bodies asked."""
    about = About(context.session(), context.actor(), context.arrived_at(), consultation)
    kinds = {kind.name: kind for kind in (FACTS, PERIODS, INVITATION, OFFICIAL_LETTER)}
    return page(
        "versions",
        consultation=consultation,
        versions=saved_versions.versions_of(context.session(), consultation.id, kinds),
        label_of=lambda version, name: conflict.said(kinds[version.thing.partition("/")[0]].label(name)),
        told=lambda version, name, text: conflict.said(kinds[version.thing.partition("/")[0]].told(about, name, text)),
    )


def _form(
    consultation: Consultation | None, form: dict[str, str], errors: dict[str, str] | None = None
) -> ResponseReturnValue:
    return page("facts", errors, consultation=consultation, form=form, choices=choices())
