"""One click to be anybody: only where the demonstration runs on one's own machine.

The route exists only with the demo setting on a database that `flask demo` made; each request must come from a loopback
address, without any header that a server in between would add, and by POST with a form token.
"""

from functools import cache
from ipaddress import ip_address
from typing import Any
from uuid import UUID

from flask import Blueprint, Flask, request
from flask.typing import ResponseReturnValue
from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from consult.administration.site.start_checks import is_demo_database
from consult.errors import NotFound
from consult.people.models import Membership, User
from consult.people.words import Role
from consult.sign_in.sessions import fingerprint
from consult.sign_in.views_session import enter, led_on
from consult.web import context
from consult.web.catalogue import say
from consult.web.guard import csrf, public

blueprint = Blueprint("demo_sign_in", __name__)

FORWARDED = (
    "Forwarded", "Via", "X-Real-Ip", "X-Client-Ip", "X-Cluster-Client-Ip", "X-Original-Forwarded-For",
    "True-Client-Ip", "Cf-Connecting-Ip", "Fastly-Client-Ip",
)  # fmt: skip
ORDER = (Role.OFFICER, Role.LEADER, Role.PUBLISHER, Role.DRAFTER, Role.SENDER, Role.ADMINISTRATOR)


@blueprint.post("/dang-nhap/minh-hoa/")
@public(alone="a new sign-in")
def enter_as() -> ResponseReturnValue:
    """Signs in as one of the made-up people, from this very machine alone; otherwise not found. Leads on as every
    sign-in does: to the page that was asked for, or back to what was typed."""
    if not from_this_machine():
        raise NotFound
    csrf.protect()
    person = _person(request.form.get("person", ""))
    return enter(person, fingerprint(person), *led_on())


def from_this_machine() -> bool:
    """Whether the request comes from this very machine, with nothing in between that says otherwise."""
    if any(name in request.headers for name in FORWARDED):
        return False
    if any(name.lower().startswith("x-forwarded") for name, _value in request.headers):
        return False
    try:
        return ip_address(request.remote_addr or "").is_loopback
    except ValueError:
        return False


def people() -> list[dict[str, str]]:
    """One person for each set of roles in each kind of organisation, for the buttons; nobody to those outside."""
    if not from_this_machine():
        return []
    chosen: dict[Any, User] = {}
    for user in context.session().scalars(_everybody()).unique():
        held = _held(user)
        if held:
            kind = (held[0].organisation.kind, held[0].organisation.level, *sorted({one.role for one in held}))
            chosen.setdefault(kind, user)
    return [_shown(user) for user in sorted(chosen.values(), key=lambda user: ORDER.index(_held(user)[0].role))]


def register(app: Flask) -> None:
    """Adds the way in, where the setting and the database both say that this is the demonstration."""
    if app.config["DEMO"] and is_demo_database(app.extensions["consult.database"]):
        app.register_blueprint(blueprint)
        app.extensions["consult.demo_people"] = people


@cache
def _everybody() -> Select[User]:
    whole = joinedload(User.memberships).joinedload(Membership.organisation)
    return select(User).options(whole).where(User.disabled_at.is_(None)).order_by(User.created_at, User.id)


def _held(user: User) -> list[Membership]:
    held = [one for one in user.memberships if one.in_force(context.arrived_at())]
    return sorted(held, key=lambda one: ORDER.index(one.role))


def _shown(user: User) -> dict[str, str]:
    held = _held(user)
    roles = ", ".join(dict.fromkeys(say(f"role.{one.role.value}") for one in held))
    return {"id": str(user.id), "name": user.name, "role": roles, "organisation": held[0].organisation.name}


def _person(typed: str) -> User:
    try:
        user = context.session().get(User, UUID(typed))
    except ValueError:
        user = None
    if user is None or user.disabled_at is not None:
        raise NotFound
    return user
