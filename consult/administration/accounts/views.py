"""Accounts and roles."""

from datetime import date
from uuid import UUID

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from consult import clock
from consult.administration import audit_log, confirmations, corrections, forms
from consult.administration.accounts import role_proposals, roles
from consult.administration.accounts import service as accounts
from consult.administration.models import RoleProposal
from consult.administration.shown import ACCOUNT, CLOSING, OPENING, ROLE, SECOND_FACTOR
from consult.administration.views_confirmations import ask, done_already, first_asked, in_hand
from consult.consultations.matter.calendar import last_day_of
from consult.errors import Invalid, Refused
from consult.outbox import undelivered
from consult.people.models import User
from consult.people.organisations import organisations
from consult.people.units import all_units
from consult.people.words import Role
from consult.policy import Action
from consult.sign_in import changes, factors, invitations
from consult.web import context, sign_in_log
from consult.web.guard import access

blueprint = Blueprint("accounts", __name__)

JOURNALLED = {
    f"administration.{done}"
    for done in ("account_made", "invited_again", "account_closed", "account_reopened", "second_factor_dropped")
}


@blueprint.get("/quan-tri/nguoi-dung/")
@access(Action.ADMINISTER)
def index() -> ResponseReturnValue:
    """Everybody who may sign in, narrowed to names and addresses with the words of `q`."""
    query = request.args.get("q", "")
    found = accounts.find(context.session(), query)
    shown = {"users": found, "query": query, "now": context.arrived_at()}
    return render_template("administration/accounts.html", actor=context.actor(), **shown)


@blueprint.get("/quan-tri/nguoi-dung/moi/")
@access(Action.ADMINISTER)
def new() -> ResponseReturnValue:
    """The form for a new account."""
    return render_template("administration/account_new.html", actor=context.actor(), form={}, errors={})


@blueprint.post("/quan-tri/nguoi-dung/moi/")
@access(Action.ADMINISTER, alone="a new account")
def create() -> ResponseReturnValue:
    """Makes it and invites its person by mail; what is wrong comes back with what was typed, as 422."""
    typed = request.form
    given = (typed.get("mail", ""), typed.get("name", ""), typed.get("office", ""))
    try:
        user = accounts.create(context.session(), *given, context.actor(), context.arrived_at())
    except Invalid as invalid:
        page = render_template(
            "administration/account_new.html", actor=context.actor(), form=typed, errors=invalid.errors
        )
        return page, 422
    return _done(user.id, "administration.account_made")


@blueprint.get("/quan-tri/nguoi-dung/<uuid:user_id>/")
@access(Action.ADMINISTER)
def show(user_id: UUID) -> ResponseReturnValue:
    """One person: their roles now, before and to come, and what was noted of them."""
    return _page(accounts.account(context.session(), user_id), {})


@blueprint.post("/quan-tri/nguoi-dung/<uuid:user_id>/vai-tro/")
@access(Action.ADMINISTER, acts_on=ACCOUNT)
def grant(user_id: UUID) -> ResponseReturnValue:
    """Gives a role; one of the desk or of an administrator waits for a second administrator. What is wrong: 422."""
    session, actor, now = context.session(), context.actor(), context.arrived_at()
    try:
        new = forms.granting(request.form)
        given = (new.organisation_id, new.unit_id, new.role, new.first_day, new.last_day)
        absent = accounts.by_mail(session, new.deputy_mail) if new.deputy_mail else None
        made = roles.grant(session, user_id, *given, actor, now, absent)
    except Invalid as invalid:
        return _page(accounts.account(session, user_id), invalid.errors), 422
    what = "role_proposed" if isinstance(made, RoleProposal) else "role_granted"
    sign_in_log.tell(what, user_id, role=new.role.value, organisation=new.organisation_id, by=actor.user_id)
    return _done(user_id, f"administration.{what}")


@blueprint.get("/quan-tri/vai-tro/<uuid:membership_id>/cham-dut/")
@access(Action.ADMINISTER)
def ask_to_end_role(membership_id: UUID) -> ResponseReturnValue:
    """What ends with a role, before it does."""
    return first_asked(_ask_of_role(membership_id))


@blueprint.post("/quan-tri/vai-tro/<uuid:membership_id>/cham-dut/")
@access(Action.ADMINISTER, acts_on=ROLE)
def end_role(membership_id: UUID) -> ResponseReturnValue:
    """Ends it with its last day (today when none is typed), once the page that asks was answered."""
    session, actor, now = context.session(), context.actor(), context.arrived_at()
    try:
        last_day = forms.day(request.form, "last_day")
    except Invalid as invalid:
        return _page(roles.membership(session, membership_id).user, invalid.errors), 422
    if asked := _ask_of_role(membership_id, last_day):
        return asked
    held = roles.end(session, membership_id, last_day, actor, now)
    told = {"role": held.role.value, "organisation": held.organisation_id, "by": actor.user_id}
    sign_in_log.tell("role_ended", held.user_id, **told)
    return _done(held.user_id, "administration.role_ended")


@blueprint.post("/quan-tri/nguoi-dung/<uuid:user_id>/moi-lai/")
@access(Action.ADMINISTER, acts_on=ACCOUNT)
def invite_again(user_id: UUID) -> ResponseReturnValue:
    """A new link by mail for who has no password yet; the one before opens nothing any more."""
    accounts.invite_again(context.session(), user_id, context.actor(), context.arrived_at())
    return _done(user_id, "administration.invited_again")


@blueprint.get("/quan-tri/nguoi-dung/<uuid:user_id>/dong/")
@access(Action.ADMINISTER)
def ask_to_close(user_id: UUID) -> ResponseReturnValue:
    """What closing an account does, before it does."""
    return first_asked(_ask_of_closing(user_id))


@blueprint.post("/quan-tri/nguoi-dung/<uuid:user_id>/dong/")
@access(Action.ADMINISTER, acts_on=CLOSING)
def close(user_id: UUID) -> ResponseReturnValue:
    """Closes it and ends every sign-in, once the page that asks was answered."""
    if asked := _ask_of_closing(user_id):
        return asked
    accounts.close(context.session(), user_id, context.actor(), context.arrived_at())
    return _done(user_id, "administration.account_closed")


@blueprint.post("/quan-tri/nguoi-dung/<uuid:user_id>/mo-lai/")
@access(Action.ADMINISTER, acts_on=OPENING)
def reopen(user_id: UUID) -> ResponseReturnValue:
    """Opens it again; who does so twice is told that it is open."""
    try:
        accounts.reopen(context.session(), user_id, context.actor(), context.arrived_at())
    except Refused as refused:
        if refused.reason != "open_already":
            raise
        return done_already(refused.reason, url_for("accounts.show", user_id=user_id))
    return _done(user_id, "administration.account_reopened")


@blueprint.get("/quan-tri/nguoi-dung/<uuid:user_id>/bo-ma-xac-thuc/")
@access(Action.ADMINISTER)
def ask_to_drop_second_factor(user_id: UUID) -> ResponseReturnValue:
    """What dropping somebody's second factor does, before it does."""
    return first_asked(_ask_of_second_factor(user_id))


@blueprint.post("/quan-tri/nguoi-dung/<uuid:user_id>/bo-ma-xac-thuc/")
@access(Action.ADMINISTER, acts_on=SECOND_FACTOR)
def drop_second_factor(user_id: UUID) -> ResponseReturnValue:
    """Drops it, for who has lost their telephone, once the page that asks was answered."""
    if asked := _ask_of_second_factor(user_id):
        return asked
    accounts.drop_second_factor(context.session(), user_id, context.actor(), context.arrived_at())
    return _done(user_id, "administration.second_factor_dropped")


def _ask_of_role(membership_id: UUID, last_day: date | None = None) -> ResponseReturnValue | None:
    session, now = context.session(), context.arrived_at()
    held = roles.membership(session, membership_id)
    back = url_for("accounts.show", user_id=held.user_id)
    if roles.is_over(held, now):
        return done_already("role_ended", back)
    ends = roles.ending(session, held, last_day, now)
    shown = last_day_of(ends) if last_day and ends > now else None
    return ask(confirmations.of_role(held, shown, in_hand(user_id=held.user_id)), back)


def _ask_of_closing(user_id: UUID) -> ResponseReturnValue | None:
    session, now = context.session(), context.arrived_at()
    user, back = accounts.account(session, user_id), url_for("accounts.show", user_id=user_id)
    if user.disabled_at is not None:
        return done_already("closed_already", back)
    accounts.check_closing(session, user, context.actor(), now)
    return ask(confirmations.of_closing(session, user, in_hand(user_id=user_id), now), back)


def _ask_of_second_factor(user_id: UUID) -> ResponseReturnValue | None:
    session, now = context.session(), context.arrived_at()
    user, back = accounts.account(session, user_id), url_for("accounts.show", user_id=user_id)
    if not factors.of(session, user).any:
        return done_already("no_second_factor", back)
    return ask(confirmations.of_second_factor(session, user, now), back)


def _page(user: User, errors: dict[str, str]) -> str:
    session, now = context.session(), context.arrived_at()
    today = clock.local_day(now)
    shown = {
        "user": user,
        "now": now,
        "held": sorted(user.memberships, key=lambda one: one.since, reverse=True),
        "waiting": role_proposals.waiting(session, user.id),
        "alone": roles.alone(session, now),
        "changes": changes.latest(session, user.id),
        "factors": factors.of(session, user),
        "acts": audit_log.acts_on(session, corrections.names_of(session, user)),
        "role_choices": forms.choices("role", Role),
        "body_choices": [("", ""), *((one.id, one.name) for one in organisations(session, day=today, limit=5000))],
        "unit_choices": [(one.id, f"{one.organisation.short_name}: {one.name}") for one in all_units(session, today)],
        "form": request.form,
        "link": _link(user),
        "undelivered": [*map(undelivered.line_of, undelivered.of_people(session, [user.id]))],
    }
    return render_template("administration/account.html", actor=context.actor(), errors=errors, **shown)


def _link(user: User) -> str:
    """The link to set a first password, shown outside production only: there it goes by mail, to its owner alone."""
    if current_app.config["ENVIRONMENT"] == "production" or user.password_hash or user.disabled_at:
        return ""
    token = invitations.token_of(user, context.secrets(), context.arrived_at())
    return f"{current_app.config['SITE_URL']}{url_for('invitation.show', token=token)}"


def _done(user_id: UUID, code: str) -> ResponseReturnValue:
    if code in JOURNALLED:
        sign_in_log.tell(code.partition(".")[2], user_id, by=context.actor().user_id)
    flash(code)
    return redirect(url_for("accounts.show", user_id=user_id), 303)
