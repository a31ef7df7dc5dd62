"""Whether a case is really solved, said once by who was asked in a mail. Opening the address does nothing: programs
that look through mails open them all."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from consult.errors import Invalid, NotFound, Refused
from consult.programme.sightings import solved, solved_links
from consult.programme.sightings.models import SolvedWord
from consult.web import context, tickets
from consult.web.guard import public

blueprint = Blueprint("solved_words", __name__)
BASE = "/phan-anh/xong-chua/<given>/"
SCOPE = "solved"
CHOICES = {"roi": True, "chua": False}
NO_STORE = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex"}


@blueprint.get(BASE)
@public()
def ask(given: str) -> ResponseReturnValue:
    """The question with its two buttons, or what was said."""
    return _page(given)


@blueprint.post(BASE)
@public(alone="one's own word, which is said once")
def say(given: str) -> ResponseReturnValue:
    """Keeps what was said; a "no" opens the case again."""
    tickets.check_origin()
    try:
        tickets.read(request.form.get("ticket", ""), SCOPE, context.arrived_at())
        if request.form.get("solved") not in CHOICES:
            raise Invalid({"solved": "choose_one"})
        said = CHOICES[request.form["solved"]], request.form.get("line", "")
        solved.say(context.session(), _found(given), *said, context.arrived_at())
    except tickets.TicketExpired:
        return _page(given, 409, expired=True)
    except Invalid as invalid:
        return _page(given, 422, errors=invalid.errors)
    except Refused:
        return _page(given, 409)
    return redirect(url_for("solved_words.ask", given=given), 303)


def _found(given: str) -> SolvedWord:
    named = solved_links.read(context.secrets(), given)
    word = solved.word_of(context.session(), *named) if named is not None else None
    if word is None or (word.said_at is None and not solved.is_asked(context.session(), word)):
        raise NotFound
    return word


def _page(given: str, status: int = 200, **values: Any) -> ResponseReturnValue:
    if status != 200:
        context.session().rollback()
    word = _found(given)
    told = {"errors": {}, "expired": False, **values}
    ticket = tickets.issue(SCOPE, context.arrived_at())
    body = render_template(
        "programme/sightings/solved.html", word=word, case=word.case, promise=word.case.promise, given=given,
        line=request.form.get("line", ""), limit=solved.LONGEST_LINE, ticket=ticket, **told,
    )  # fmt: skip
    return body, status, NO_STORE
