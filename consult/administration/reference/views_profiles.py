"""The province's own legal profile: typed as a copy, looked at with all that it changes, and confirmed by another."""

from collections.abc import Mapping
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from consult.administration import confirmations, forms
from consult.administration.accounts import roles
from consult.administration.models import ProfileProposal, Settlement
from consult.administration.reference import profile_proposals, profile_values, profiles
from consult.administration.reference.profile_values import Change
from consult.administration.reference.shown_profiles import PROFILE, PROPOSED_PROFILE
from consult.administration.views_confirmations import ask
from consult.consultations.matter.term_kinds import TermKind, kind_of
from consult.consultations.models import LegalProfile
from consult.errors import Invalid
from consult.policy import Action
from consult.web import context
from consult.web.catalogue import say
from consult.web.guard import access

blueprint = Blueprint("profiles", __name__)


@blueprint.get("/quan-tri/quy-dinh/<uuid:profile_id>/ban-moi/")
@access(Action.ADMINISTER)
def copy(profile_id: UUID) -> ResponseReturnValue:
    """The form of a copy, with everything as it is now."""
    base = profiles.profile(context.session(), profile_id)
    return _form(base, {"name": base.name, **profile_values.typed_of(base.rules)}, {})


@blueprint.post("/quan-tri/quy-dinh/<uuid:profile_id>/ban-moi/")
@access(Action.ADMINISTER, acts_on=PROFILE)
def propose(profile_id: UUID) -> ResponseReturnValue:
    """Proposes it, once the page that says what changes was answered; what is wrong comes back as 422."""
    session, now = context.session(), context.arrived_at()
    base = profiles.profile(session, profile_id)
    name, basis = request.form.get("name", ""), request.form.get("basis", "")
    try:
        first_day = forms.needed_day(request.form, "valid_from")
        rules = profile_values.with_typed(base.rules, request.form)
        found = profile_proposals.checked(session, base, name, first_day, basis, rules, now)
        question = confirmations.of_profile(session, base, name, first_day, basis, _told(found))
        if asked := ask(question, url_for("profiles.copy", profile_id=profile_id)):
            return asked
        profile_proposals.propose(session, base, name, first_day, basis, rules, context.actor(), now)
    except Invalid as invalid:
        return _form(base, request.form, invalid.errors), 422
    flash("administration.profile_proposed")
    return redirect(url_for("administration.profile_list"), 303)


@blueprint.get("/quan-tri/quy-dinh/cho-xac-nhan/<uuid:proposal_id>/")
@access(Action.ADMINISTER)
def show(proposal_id: UUID) -> ResponseReturnValue:
    """A proposal with all that it changes."""
    return _proposal(profile_proposals.proposal(context.session(), proposal_id))


@blueprint.post("/quan-tri/quy-dinh/cho-xac-nhan/<uuid:proposal_id>/")
@access(Action.ADMINISTER, acts_on=PROPOSED_PROFILE)
def settle(proposal_id: UUID) -> ResponseReturnValue:
    """Confirms, refuses or withdraws it."""
    try:
        how = forms.word(request.form, "how", Settlement)
    except Invalid as invalid:
        return _proposal(profile_proposals.proposal(context.session(), proposal_id), invalid.errors), 422
    profile_proposals.settle(context.session(), proposal_id, how, context.actor(), context.arrived_at())
    flash(f"administration.profile_{how.value}")
    return redirect(url_for("administration.profile_list"), 303)


def _form(base: LegalProfile, form: Mapping[str, str], errors: dict[str, str]) -> str:
    """Every period and rule that has a number of days, as fields."""
    return render_template(
        "administration/profile_copy.html",
        actor=context.actor(),
        base=base,
        places=[(place, rule, _called(place)) for place, rule in profile_values.places(base.rules)],
        key_of=profile_values.key_of,
        all_names=profile_values.names_of,
        kind_of=kind_of,
        kinds=forms.choices("term_kind", TermKind),
        form=form,
        errors=errors,
    )


def _proposal(one: ProfileProposal, errors: dict[str, str] | None = None) -> str:
    session, found = context.session(), profile_values.changes(one.base.rules, one.rules)
    return render_template(
        "administration/profile_proposal.html",
        actor=context.actor(),
        proposal=one,
        changes=_told(found),
        preparing=profile_proposals.in_preparation(session, one.base),
        published=profile_proposals.published_under(session, one.base),
        alone=roles.alone(session, context.arrived_at()),
        errors=errors or {},
    )


def _told(found: list[Change]) -> list[dict[str, str]]:
    """Each change in words: of what, before and after."""
    return [
        {
            "what": f"{_called(one.place)} – {say(f'profile_field.{one.field}')}",
            "before": _said(one.field, one.before),
            "after": _said(one.field, one.after),
        }
        for one in found
    ]


def _called(place: profile_values.Place) -> str:
    return say(f"audience.{place[1]}" if place[0] == profile_values.PERIODS else f"rule.{place[1]}")


def _said(field: str, value: str) -> str:
    if field == "kind":
        return say(f"term_kind.{value}")
    return say(f"day_unit.{value}") if field == "unit" else value or say("profile_field.none")
