"""The days of a matter in preparation: what the rules give, and the day chosen."""

from datetime import timedelta

from flask import Blueprint, flash, request
from flask.typing import ResponseReturnValue

from consult import clock
from consult.consultations.desk import forms
from consult.consultations.desk.shown_facts import PERIODS
from consult.consultations.desk.views_frame import page, to, typed
from consult.consultations.matter import calendar, outages, periods, queries
from consult.consultations.models import Consultation
from consult.consultations.preparation import service as preparation
from consult.consultations.words import Audience
from consult.errors import Invalid
from consult.policy import Action
from consult.text import day_of
from consult.web import context
from consult.web.guard import access

blueprint = Blueprint("periods", __name__)
BASE = "/xu-ly/<slug>/chuan-bi/thoi-han/"


@blueprint.get(BASE)
@access(Action.EDIT_MATTER, of=queries.by_slug)
def show(consultation: Consultation) -> ResponseReturnValue:
    """The periods that the rules give for `?tu=`, or for the day already chosen."""
    return _page(consultation, {})


@blueprint.post(BASE)
@access(Action.EDIT_MATTER, of=queries.by_slug, acts_on=PERIODS)
def schedule(consultation: Consultation) -> ResponseReturnValue:
    """Sets the periods."""
    try:
        first_day, last_days = forms.days(request.form)
        warnings = preparation.schedule(
            context.session(),
            consultation,
            first_day,
            last_days,
            context.actor(),
            context.arrived_at(),
            forms.reasons(request.form),
        )
    except Invalid as invalid:
        return _page(consultation, typed(), invalid.errors)
    for code in warnings:
        flash(f"preparation.{code}")
    return to("publishing.steps", consultation)


def _page(
    consultation: Consultation, form: dict[str, str], errors: dict[str, str] | None = None
) -> ResponseReturnValue:
    """The days chosen before stand in the form as long as the first day is still the same; otherwise those reckoned."""
    session = context.session()
    chosen = {period.audience: period for period in preparation.periods_of(session, consultation.id)}
    before = clock.local_day(chosen[Audience.PUBLIC].opens_at) if Audience.PUBLIC in chosen else None
    today = clock.local_day(context.arrived_at())
    usual = max(before, today) if before else today + timedelta(days=1)
    first_day = forms.first_day(form.get("first_day") or request.args.get("tu", ""), usual)
    given = periods.computed(consultation.profile.rules, consultation.procedure, first_day, calendar.holidays(session))
    same = first_day == before
    kept = {f"last_day_{name}": period.rule["last_day"] for name, period in chosen.items()} if same else {}
    kept |= {f"reason_{name}": period.rule.get("reason", "") for name, period in chosen.items()}
    chosen_days = {name: day for name in Audience if (day := day_of({**kept, **form}.get(f"last_day_{name}", "")))}
    return page(
        "periods",
        errors,
        consultation=consultation,
        first_day=first_day,
        periods=given,
        real={one.audience: one.ending(chosen_days.get(one.audience, one.last_day)) for one in given},
        form={**kept, **form},
        outage=outages.rule_of(consultation),
    )
