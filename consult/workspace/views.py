"""The organisation's workspace: what it is asked, what it prepares, what it has sent; and starting a draft."""

from uuid import UUID

from flask import Blueprint, Response, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue

from consult import clock
from consult.consultations.matter import deadlines, queries
from consult.consultations.models import Consultation
from consult.errors import NotFound, Refused
from consult.people.heirs import with_predecessors
from consult.people.models import Organisation
from consult.policy import Action
from consult.web import context
from consult.web.files import downloads
from consult.web.guard import access
from consult.workspace import (
    dialogues,
    drafts,
    forms,
    sent_letters,
    views_amending,
    views_draft,
    views_remark,
    views_sending,
)
from consult.workspace import overview as workspace
from consult.workspace.bundles import views as views_of_bundles
from consult.workspace.cosigning import cosigners
from consult.workspace.cosigning import views as views_cosigning
from consult.workspace.papers import views as views_of_papers
from consult.workspace.papers import views_layout
from consult.workspace.reviewing import views as views_reviewing
from consult.workspace.versions import views as views_versions
from consult.workspace.views_frame import page

blueprint = Blueprint("workspace", __name__)
blueprint.register_blueprint(views_draft.blueprint)
blueprint.register_blueprint(views_sending.blueprint)
blueprint.register_blueprint(views_of_papers.blueprint)
blueprint.register_blueprint(views_layout.blueprint)
blueprint.register_blueprint(views_remark.blueprint)
blueprint.register_blueprint(views_versions.blueprint)
blueprint.register_blueprint(views_reviewing.blueprint)
blueprint.register_blueprint(views_amending.blueprint)
blueprint.register_blueprint(views_cosigning.blueprint)
blueprint.register_blueprint(views_of_bundles.blueprint)


@blueprint.get("/to-chuc/")
@access(Action.USE_WORKSPACE)
def index() -> ResponseReturnValue:
    """The workspace of one's organisation; who works for several chooses."""
    mine = _mine()
    return _home(mine[0], several=False) if len(mine) == 1 else page("choose", organisations=mine)


@blueprint.get("/to-chuc/<uuid:organisation_id>/")
@access(Action.USE_WORKSPACE)
def home(organisation_id: UUID) -> ResponseReturnValue:
    """The workspace of one organisation."""
    mine = _mine()
    return _home(_one_of(mine, organisation_id), several=len(mine) > 1)


@blueprint.get("/to-chuc/<slug>/cong-van/<uuid:letter_id>/")
@access(Action.USE_WORKSPACE, of=queries.by_slug)
def letter(consultation: Consultation, letter_id: UUID) -> Response:
    """The file of the letter by which one's organisation was asked, to be saved."""
    found = workspace.letter_of(context.session(), consultation, letter_id, context.actor())
    return downloads.kept(found.file_hash, found.media_type, found.file_name)


@blueprint.get("/to-chuc/<slug>/soan/")
@access(Action.USE_WORKSPACE, of=queries.by_slug)
def choose_kind(consultation: Consultation) -> ResponseReturnValue:
    """Which letters the organisation may send on a matter, with the reason where it may not, and its drafts there."""
    mine = _mine()
    organisation_id = forms.key(request.args.get("to-chuc", "")) or mine[0].id
    return _kinds(consultation, _one_of(mine, organisation_id))


@blueprint.post("/to-chuc/<slug>/soan/")
@access(Action.USE_WORKSPACE, of=queries.by_slug, alone="a new draft")
def start(consultation: Consultation) -> ResponseReturnValue:
    """An empty draft, or the reason why not with what may be sent instead."""
    session, actor, now = context.session(), context.actor(), context.arrived_at()
    organisation_id, kind = forms.chosen(request.form)
    organisation = _one_of(_mine(), organisation_id)
    try:
        draft = drafts.start(session, consultation, organisation_id, kind, actor, now)
    except Refused as refused:
        return _kinds(consultation, organisation, refused.reason)
    return redirect(url_for("workspace.drafting.edit", slug=consultation.slug, draft_id=draft.id), 303)


def _mine() -> list[Organisation]:
    mine = workspace.organisations_of(context.session(), context.actor(), context.arrived_at())
    if not mine:
        raise NotFound
    return mine


def _home(organisation: Organisation, several: bool) -> ResponseReturnValue:
    session, actor, now = context.session(), context.actor(), context.arrived_at()
    number = max(1, forms.number(request.args.get("trang", "")))
    before = with_predecessors(session, organisation.id, clock.local_day(now))
    sent, pages = sent_letters.page_of(session, organisation.id, number, before)
    return page(
        "home",
        organisation=organisation,
        several=several,
        asked=workspace.asked(session, organisation.id, now, before),
        others=workspace.others_open(session, organisation.id, now, before),
        drafts=workspace.drafts(session, organisation.id, actor, before=before),
        to_cosign=cosigners.asked_of(session, organisation.id, *before),
        not_arrived=workspace.not_arrived(session, organisation.id, now),
        to_carry=current_app.extensions["consult.to_carry"](session, organisation.id, now),
        to_collect=current_app.extensions["consult.to_collect"](session, organisation.id, now),
        sent=sent,
        called=dialogues.to_come(session, {organisation.id, *before}, now),
        number=number,
        pages=pages,
    )


def _kinds(consultation: Consultation, organisation: Organisation, refused: str = "") -> ResponseReturnValue:
    session, actor, now = context.session(), context.actor(), context.arrived_at()
    before = with_predecessors(session, organisation.id, clock.local_day(now))
    reasons = {
        name: drafts.why_not_start(session, consultation, organisation.id, kind, actor, now)
        for name, kind in forms.LETTERS.items()
    }
    return page(
        "kinds",
        409 if refused else 200,
        consultation=consultation,
        organisation=organisation,
        invitation=workspace.invitation_of(session, consultation, organisation.id, before),
        front=deadlines.front_days(consultation),
        reasons=reasons,
        refused=refused,
        drafts=workspace.drafts(session, organisation.id, actor, consultation.id, before),
        already=sent_letters.of_matter(session, organisation.id, consultation, before),
    )


def _one_of(organisations: list[Organisation], organisation_id: UUID) -> Organisation:
    """What is not the person's organisation does not exist."""
    for organisation in organisations:
        if organisation.id == organisation_id:
            return organisation
    raise NotFound
