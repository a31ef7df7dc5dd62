"""What the pages of branches share: who came in by the link of a branch, in a browser or as a program.

A browser keeps a signed mark of the keys it came in with (no account, no session of the site); a program sends the key
with each request (HTTP Basic). Keys that lead nowhere are counted as look-up codes are.
"""

from collections.abc import Callable, Iterable
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from consult.collections import clause_list, state
from consult.collections.branches import entry
from consult.collections.models import Branch, Collection
from consult.errors import NotFound, Refused
from consult.submissions import anchors
from consult.submissions.clause_fates import ToldFate
from consult.submissions.form import drafts_shown, quotes
from consult.submissions.views_frame import site_codes
from consult.submissions.words import Stance
from consult.web import context, tickets
from consult.web.arrival.link_marks import LinkMarks
from consult.web.catalogue import say
from consult.workspace import clauses

MARKS = LinkMarks("branches", "branch_misses")
SCOPE = "branch"


def branch_of_key(key: str) -> Branch:
    """The branch whose key was typed, scanned or sent. Raises NotFound, and Refused("too_many") once too many were
    asked for that there are not."""
    return MARKS.found(lambda: entry.by_key(context.session(), key, site_codes()))


def branch_of_request(collection: int, branch: int) -> Branch:
    """The branch with these numbers, for a browser that came in by its link. For every other, whether there is such a
    branch or not, raises Refused("branch_link_needed"); a form of another site is refused as everywhere."""
    try:
        found = entry.by_number(context.session(), collection, branch)
    except NotFound as unknown:
        raise Refused("branch_link_needed") from unknown
    if found.key_ended_at is not None or not MARKS.holds(*entry.held(found)):
        raise Refused("branch_link_needed")
    return found


def branch_of_program() -> Branch | None:
    """The branch whose key a program sent as its password (HTTP Basic; the user name is for people); None when it sent
    none, or one that is not good: it is to be asked with 401. Raises Refused("too_many")."""
    sent = request.authorization
    if sent is None or sent.type != "basic" or not sent.password:
        return None
    try:
        return branch_of_key(sent.password)
    except NotFound:
        return None


def come_in(answer: Response, branch: Branch) -> Response:
    """The answer with the mark that this browser came in by the link of the branch."""
    return MARKS.come_in(answer, *entry.held(branch))


def of_collection(collection: int) -> list[Branch]:
    """The branches of a collection that this browser came in for."""
    found = [context.session().get(Branch, one) for one in MARKS.ids()]
    mine = [one for one in found if one is not None and one.collection.number == collection]
    return [one for one in mine if one.key_ended_at is None and MARKS.holds(*entry.held(one))]


def sent_key() -> str:
    """The random part of the ticket of a form of a branch, which is the idempotency key of what it sends. Raises
    Refused("other_origin"), and TicketExpired for a form that was open for too long."""
    tickets.check_origin()
    return tickets.read(request.form.get("ticket", ""), SCOPE, context.arrived_at()).key


def page(name: str, branch: Branch, status: int = 200, **values: Any) -> ResponseReturnValue:
    """The page `name` for a branch."""
    now = context.arrived_at()
    html = render_template(
        f"collections/{name}.html",
        branch=branch,
        collection=branch.collection,
        why_closed=state.why_closed(branch.collection, now),
        ticket=tickets.issue(SCOPE, now),
        here={"collection": branch.collection.number, "number": branch.number},
        place_of=place_of(branch.collection),
        stances=[(one.value, say(f"citizen_stance.{one.value}")) for one in Stance],
        **values,
    )
    return html, status


def place_of(collection: Collection) -> Callable[[str], str]:
    """What gives places of a collection, written as anchors, in words."""
    matter = collection.consultation
    known: dict[str, str] = {}

    def words(anchor: str) -> str:
        if matter is None or not anchor:
            return say("place.matter") if matter is not None else say("collected.general")
        if anchor not in known:
            [place] = clauses.read(context.session(), matter, [anchor])
            known[anchor] = anchors.label_of(place, say) if place.known else say("place.unknown")
        return known[anchor]

    return words


def clause_choices(collection: Collection, *held: str) -> list[tuple[str, str]]:
    """The clauses that an opinion may be about, none of them first. What is `held` already stays among them, though the
    newest draft has no such clause or a long one lists its articles alone: a list without it would choose the first."""
    session, matter = context.session(), collection.consultation
    if matter is None:
        return [("", say("collected.general"))]
    found = [("", say("place.matter")), *quotes.choices(session, matter, say)]
    listed = {anchor for anchor, _words in found}
    others = [one for one in dict.fromkeys(held) if one not in listed]
    places = clauses.read(session, matter, others) if others else []
    return found + [(one, anchors.label_of(at, say)) for one, at in zip(others, places, strict=True) if at.known]


def said_choices(collection: Collection, *held: str) -> list[tuple[str, str]]:
    """The same for a form in which somebody records what was said: with the clauses of older drafts that the newest has
    elsewhere or not at all, since who spoke may have had one of those."""
    found = clause_choices(collection, *held)
    matter, listed = collection.consultation, {anchor for anchor, _words in found}
    older = clause_list.elsewhere(context.session(), matter, say) if matter is not None else []
    return found + [(one.anchor, one.words) for one in older if one.anchor not in listed]


def fates_of(collection: Collection, written: Iterable[str]) -> dict[str, ToldFate]:
    """What became of those of the places that are of an older draft: who said something about them, or hands it up,
    is told."""
    session, matter, asked = context.session(), collection.consultation, list(dict.fromkeys(written))
    if matter is None or not any(asked):
        return {}
    places = clauses.read(session, matter, asked)
    told = drafts_shown.fates_of(session, matter.id, [place.anchor for place in places])
    return {one: fate for one, fate in zip(asked, told, strict=True) if fate is not None}


def newest_of(collection: Collection, written: Iterable[str]) -> dict[str, str]:
    """Those of the places that are of an older draft and stand in one place of the newest, each with that place: what
    was said of a clause is one group, under whichever draft it was said."""
    told = fates_of(collection, written)
    return {one: fate.places[0].anchor for one, fate in told.items() if fate.has_one_place and fate.places[0].anchor}
