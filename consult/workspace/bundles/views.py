"""Choosing proposals of a quarter for a letter of the Front."""

from typing import Any

from flask import Blueprint, current_app, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from consult import clock
from consult.consultations.matter import queries
from consult.consultations.models import Consultation
from consult.consultations.words import Kind
from consult.errors import Invalid, NotFound, Refused
from consult.people.models import Organisation
from consult.people.words import OrganisationKind
from consult.policy import Action
from consult.web import context
from consult.web.catalogue import say
from consult.web.guard import access
from consult.workspace import forms as workspace_forms
from consult.workspace import overview
from consult.workspace.bundles import choosing, forms, service
from consult.workspace.bundles.choosing import ChosenPage, Quarter
from consult.workspace.models import OrganisationDraft
from consult.workspace.views_frame import page

blueprint = Blueprint("bundles", __name__)
ADDRESS = "/to-chuc/<slug>/tong-hop-kien-nghi/"
QUARTERS = 8


@blueprint.get(ADDRESS)
@access(Action.USE_WORKSPACE, of=queries.by_slug)
def choose(consultation: Consultation) -> ResponseReturnValue:
    """The public proposals of a quarter, those of the last one that is over at first."""
    return _page(consultation)


@blueprint.post(ADDRESS)
@access(Action.USE_WORKSPACE, of=queries.by_slug, alone="points behind those of a draft, or a new draft")
def put(consultation: Consultation) -> ResponseReturnValue:
    """Puts what was chosen into a letter, which is then written like any other."""
    session, actor, now = context.session(), context.actor(), context.arrived_at()
    into, text, site = forms.draft(request.form), request.form.get("covering", ""), current_app.config["SITE_URL"]
    try:
        draft = service.put(
            session, consultation, _front(consultation), _source(consultation), forms.chosen(request.form), text, into,
            site, actor, now,
        )  # fmt: skip
    except (Invalid, Refused) as wrong:
        return _page(consultation, wrong)
    flash("bundle.put")
    return redirect(url_for("workspace.drafting.edit", slug=consultation.slug, draft_id=draft.id), 303)


def _front(consultation: Consultation) -> Organisation:
    """The committee of the Front for which somebody works; for others there is no such page."""
    mine = overview.organisations_of(context.session(), context.actor(), context.arrived_at())
    fronts = [one for one in mine if one.kind is OrganisationKind.FRONT_COMMITTEE]
    wanted = workspace_forms.key(request.values.get("to-chuc", ""))
    found = next((one for one in fronts if wanted in (None, one.id)), None)
    if found is None or consultation.kind is not Kind.PROPOSALS:
        raise NotFound
    return found


def _source(consultation: Consultation) -> Consultation:
    """The page whose proposals are chosen from; the one to which the letter goes unless another is named."""
    named = request.values.get("tu", "")
    known = choosing.matters(context.session(), context.arrived_at())
    found = next((one for one in known if one.slug == (named or consultation.slug)), None)
    if found is None:
        raise NotFound
    return found


def _quarter() -> Quarter:
    last = choosing.quarter_of(clock.local_day(context.arrived_at())).before()
    return forms.quarter(request.values.get("quy", ""), last)


def _page(consultation: Consultation, wrong: Invalid | Refused | None = None) -> ResponseReturnValue:
    session, now = context.session(), context.arrived_at()
    if wrong is not None:
        session.rollback()
    number = max(1, workspace_forms.number(request.values.get("trang", "")))
    organisation, source, quarter = _front(consultation), _source(consultation), _quarter()
    this = choosing.quarter_of(clock.local_day(now))
    errors = wrong.errors if isinstance(wrong, Invalid) else {}
    found = choosing.listed(session, source, quarter, number)
    drafts = service.open_drafts(session, consultation, organisation.id)
    return page(
        "bundles/choose", 200 if wrong is None else 422 if errors else 409, consultation=consultation,
        organisation=organisation, source=source, quarter=quarter, errors=errors, asked=number,
        refusal=wrong.reason if isinstance(wrong, Refused) else "",
        found=found, rows=_rows(found), sources_named=[(one.slug, one.title) for one in choosing.matters(session, now)],
        quarters_named=_named([this.before(ago) for ago in range(QUARTERS)]), page_size=choosing.PAGE_SIZE,
        drafts=drafts, drafts_named=_drafts(drafts), form=request.form if wrong else {},
        ticked=forms.chosen(request.form),
    )  # fmt: skip


def _rows(found: ChosenPage) -> list[dict[str, Any]]:
    return [
        {
            "id": one.number, "check_label": say("bundle.choose", number=one.number), "received_at": one.received_at,
            "text": one.text, "letters": found.letters.get(one.number, ()),
        }
        for one in found.proposals
    ]  # fmt: skip


def _named(quarters: list[Quarter]) -> list[tuple[str, str]]:
    return [(one.code, say("bundle.quarter", number=one.number, year=one.year)) for one in quarters]


def _drafts(drafts: list[OrganisationDraft]) -> list[tuple[str, str]]:
    """The letters that name proposals already, and a new one."""
    known = [(str(one.id), say("bundle.draft", count=len(service.named_in(one)))) for one in drafts]
    return [*known, ("", say("bundle.new"))]
