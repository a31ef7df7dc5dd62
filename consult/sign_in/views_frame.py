"""What the pages of one's own account share."""

from collections.abc import Mapping

from flask import current_app, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from consult.errors import NotFound
from consult.people.models import User
from consult.sign_in.providers.settings import Provider
from consult.web import context

PER_PERSON = "10 per 15 minutes"


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


def done(code: str, endpoint: str = "account.show") -> ResponseReturnValue:
    """Back to a page of the account, which says that it is done."""
    flash(code)
    return redirect(url_for(endpoint), 303)
