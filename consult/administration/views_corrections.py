"""Putting right what was written wrong of bodies, units and people: the form, and the act."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from consult.administration import corrections, forms
from consult.administration.accounts.service import account
from consult.administration.shown import BODY, PERSON, UNIT
from consult.errors import Invalid, Refused
from consult.people import corrections as kept
from consult.people.models import Organisation, Unit, User
from consult.people.organisations import organisation
from consult.people.units import unit
from consult.people.words import OrganisationKind, Standing
from consult.policy import Action
from consult.web import context
from consult.web.guard import access

blueprint = Blueprint("corrections", __name__)
OF_BODY = "/quan-tri/to-chuc/<uuid:organisation_id>/sua-loi/"
OF_UNIT = "/quan-tri/don-vi/<uuid:unit_id>/sua-loi/"
OF_PERSON = "/quan-tri/nguoi-dung/<uuid:user_id>/sua-loi/"
CONFLICT = 409


@blueprint.get(OF_BODY)
@access(Action.ADMINISTER)
def body(organisation_id: UUID) -> ResponseReturnValue:
    """The form for what was written wrong of a body."""
    return _body(organisation_id)


@blueprint.post(OF_BODY)
@access(Action.ADMINISTER, acts_on=BODY)
def correct_body(organisation_id: UUID) -> ResponseReturnValue:
    """Puts it right."""
    return _act(corrections.organisation_corrected, organisation_id, _body)


@blueprint.get(OF_UNIT)
@access(Action.ADMINISTER)
def of_unit(unit_id: UUID) -> ResponseReturnValue:
    """The same form for a unit."""
    return _unit(unit_id)


@blueprint.post(OF_UNIT)
@access(Action.ADMINISTER, acts_on=UNIT)
def correct_unit(unit_id: UUID) -> ResponseReturnValue:
    """Puts it right."""
    return _act(corrections.unit_corrected, unit_id, _unit)


@blueprint.get(OF_PERSON)
@access(Action.ADMINISTER)
def person(user_id: UUID) -> ResponseReturnValue:
    """The same form for a person."""
    return _person(user_id)


@blueprint.post(OF_PERSON)
@access(Action.ADMINISTER, acts_on=PERSON)
def correct_person(user_id: UUID) -> ResponseReturnValue:
    """Puts it right; another mail ends every sign-in."""
    return _act(corrections.account_corrected, user_id, _person)


def _act(verb: Callable[..., Any], subject_id: UUID, shown: Callable[..., Any]) -> ResponseReturnValue:
    """Corrects what the form brings, and leads to the corrected one; what cannot be comes back with what was typed."""
    seen, new, reason = forms.correction(request.form)
    try:
        verb(context.session(), subject_id, seen, new, reason, context.actor(), context.arrived_at())
    except Invalid as invalid:
        return shown(subject_id, invalid.errors), 422
    except Refused as refused:
        return shown(subject_id, {}, refused), CONFLICT
    flash("administration.corrected")
    return redirect(_back(subject_id, shown), 303)


def _back(subject_id: UUID, shown: Callable[..., Any]) -> str:
    if shown is _person:
        return url_for("accounts.show", user_id=subject_id)
    body_id = unit(context.session(), subject_id).organisation_id if shown is _unit else subject_id
    return url_for("bodies.show", organisation_id=body_id)


def _body(organisation_id: UUID, errors: dict[str, str] | None = None, refusal: Refused | None = None) -> str:
    one = organisation(context.session(), organisation_id)
    return _page("body", one, kept.of_organisation(one), _back(one.id, _body), errors, refusal)


def _unit(unit_id: UUID, errors: dict[str, str] | None = None, refusal: Refused | None = None) -> str:
    one = unit(context.session(), unit_id)
    return _page("unit", one, kept.of_unit(one), _back(one.id, _unit), errors, refusal)


def _person(user_id: UUID, errors: dict[str, str] | None = None, refusal: Refused | None = None) -> str:
    one = account(context.session(), user_id)
    return _page("person", one, kept.of_user(one), _back(one.id, _person), errors, refusal)


def _page(
    what: str,
    one: Organisation | Unit | User,
    present: dict[str, str],
    back: str,
    errors: dict[str, str] | None,
    refusal: Refused | None,
) -> str:
    return render_template(
        "administration/correct.html",
        actor=context.actor(),
        what=what,
        one=one,
        present=present,
        back=back,
        errors=errors or {},
        refusal=refusal,
        form=request.form,
        coded={
            "kind": forms.choices("organisation_kind", OrganisationKind),
            "standing": [("", ""), *forms.choices("standing", Standing)],
        },
        history=kept.corrections_of(context.session(), one.id),
    )
