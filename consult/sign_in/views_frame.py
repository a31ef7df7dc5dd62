"""What the pages of one's own account share."""

from collections.abc import Mapping
from uuid import UUID

from flask import current_app, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from consult.errors import NotFound
from consult.people.models import User
from consult.sign_in import sessions
from consult.sign_in.providers.settings import Provider
from consult.sign_in.service import Proof
from consult.web import context, sign_in_log

PER_SIGN_IN = "10 per 15 minutes"
PER_PERSON = "30 per 15 minutes"
"""Over all sign-ins of a person: who took one over reaches the bound of that one, and leaves the owner theirs."""
AT_THE_DOOR = "10 per 15 minutes"


def present_user() -> User:
    """The account of who is signed in. Raises NotFound when it is gone."""
    user = context.session().get(User, context.actor().user_id)
    if user is None:
        raise NotFound
    return user


def known_providers() -> Mapping[str, Provider]:
    """The providers of identities of this site, by their keys."""
    found: Mapping[str, Provider] = current_app.extensions["consult.providers"]
    return found


def shown_lately() -> bool:
    """Whether who is signed in began that a moment ago, with all that their account asks for."""
    return sessions.is_recent(context.session(), current_user.sign_in_id, context.arrived_at())


def proof(password: str = "present", code: str = "present_code") -> Proof:
    """What the form shows of who sends it, in the fields of these names. A code counts on all pages together, or each
    page would be as many tries more. Raises as `count_own`."""
    shown = Proof(request.form.get(password, ""), request.form.get(code, ""), shown_lately())
    if shown.code:
        count_own("second_factor_again", present_user().id)
    return shown


def count_own(name: str, user_id: UUID) -> None:
    """Counts a try of who is signed in at what `name` says of their own account: for this sign-in, and then for all of
    theirs together. Raises Refused("too_many")."""
    sign_in_log.counted(f"{name}_here", current_user.sign_in_id.hex, PER_SIGN_IN, user_id)
    sign_in_log.counted(name, str(user_id), PER_PERSON, user_id)


def count_second_factor(user_id: UUID) -> None:
    """Counts that somebody showed a second factor of an account at the door, after its password. Raises
    Refused("too_many")."""
    sign_in_log.counted("second_factor", str(user_id), AT_THE_DOOR, user_id)


def of_removing(errors: Mapping[str, str]) -> dict[str, str]:
    """What is wrong with a form that takes a way in away: its fields have names of their own."""
    own = {"present": "remove_present", "present_code": "remove_code"}
    return {own.get(name, name): code for name, code in errors.items()}


def done(code: str, endpoint: str = "account.show") -> ResponseReturnValue:
    """Back to a page of the account, which says that it is done."""
    flash(code)
    return redirect(url_for(endpoint), 303)
