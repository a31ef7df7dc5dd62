"""A year after a text began to hold: whether it works, said once by who was asked in a mail. Opening the address does
nothing: programs that look through mails open them all."""

from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from consult.consultations.document_models import IssuedText
from consult.consultations.models import Consultation
from consult.errors import Invalid, NotFound, Refused
from consult.notices.following import works_links
from consult.notices.following.views_frame import blueprint
from consult.responses.ratings import service as ratings
from consult.responses.ratings.models import Rated
from consult.text import one_line
from consult.web import context, tickets
from consult.web.guard import public

SCOPE = "works"
CHOICES = {"co": True, "khong": False}
NO_STORE = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex"}


@blueprint.get("/co-hieu-qua/<given>/")
@public(asks=("xong",))
def works(given: str) -> ResponseReturnValue:
    """The question with its two buttons."""
    return _page(given, done="xong" in request.args)


@blueprint.post("/co-hieu-qua/<given>/")
@public(alone="a rating of one's own, which nobody can find again")
def say_works(given: str) -> ResponseReturnValue:
    """Keeps what was said."""
    tickets.check_origin()
    session, (matter, mark) = context.session(), _found(given)
    try:
        tickets.read(request.form.get("ticket", ""), SCOPE, context.arrived_at())
        if request.form.get("works") not in CHOICES:
            raise Invalid({"works": "choose_one"})
        said = CHOICES[request.form["works"]], one_line(request.form.get("line", ""))
        ratings.rate(session, matter, [mark], *said, about=Rated.TEXT)
    except tickets.TicketExpired:
        return _page(given, 409, expired=True)
    except Invalid as invalid:
        return _page(given, 422, errors=invalid.errors)
    except Refused as refused:
        return _page(given, 409, refused=refused.reason)
    return redirect(url_for("following.works", given=given, xong="1"), 303)


def _found(given: str) -> tuple[Consultation, str]:
    named = works_links.read(context.secrets(), given)
    matter = context.session().get(Consultation, named[0]) if named is not None else None
    if named is None or matter is None:
        raise NotFound
    return matter, named[1]


def _page(given: str, status: int = 200, **values: Any) -> ResponseReturnValue:
    matter, _mark = _found(given)
    text = context.session().get(IssuedText, matter.id)
    if text is None:
        raise NotFound
    told = {"errors": {}, "refused": "", "expired": False, "done": False, **values}
    ticket = tickets.issue(SCOPE, context.arrived_at())
    body = render_template(
        "notices/following/works.html",
        consultation=matter,
        issued=text,
        given=given,
        line=request.form.get("line", ""),
        limit=ratings.LONGEST_LINE,
        ticket=ticket,
        **told,
    )
    return body, status, NO_STORE
