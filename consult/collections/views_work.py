"""What the pages of who collects share: the collection of the address, for who works for its body."""

from typing import Any

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from consult.collections import state
from consult.collections.models import Collection
from consult.collections.service import require_member
from consult.collections.views_frame import place_of
from consult.errors import NotFound
from consult.submissions.words import Stance
from consult.web import context
from consult.web.catalogue import say

AT = "/to-chuc/dot-thu-thap/<int:number>/"
NO_STORE = {"Cache-Control": "no-store"}


def collection_of(number: int) -> Collection:
    """The collection with this number; for who does not work for its body it does not exist (NotFound)."""
    found = context.session().scalar(select(Collection).where(Collection.number == number))
    if found is None:
        raise NotFound
    require_member(context.actor(), found.organisation_id)
    return found


def page(name: str, collection: Collection | None, status: int = 200, **values: Any) -> ResponseReturnValue:
    """The page `name` for who is signed in."""
    now = context.arrived_at()
    html = render_template(
        f"collections/{name}.html",
        actor=context.actor(),
        now=now,
        collection=collection,
        why_closed=state.why_closed(collection, now) if collection is not None else "",
        place_of=place_of(collection) if collection is not None else None,
        stances=[(one.value, say(f"stance.{one.value}")) for one in Stance],
        **values,
    )
    return html, status, NO_STORE


def there(endpoint: str, collection: Collection, **values: Any) -> str:
    """The address of a page of a collection."""
    return url_for(f"collecting.{endpoint}", number=collection.number, **values)
