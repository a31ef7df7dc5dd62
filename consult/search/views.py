"""The search page."""

from flask import Blueprint, current_app, render_template, request
from flask.typing import ResponseReturnValue

from consult.search import forms, service
from consult.search.seam import Search, Unavailable
from consult.web import context
from consult.web.guard import public

blueprint = Blueprint("search", __name__)

TRY_AGAIN_SECONDS = "60"


@blueprint.get("/tim-kiem/")
@public()
def page() -> ResponseReturnValue:
    """What was found, or the empty form."""
    asked, now, session = forms.asked(request.args), context.arrived_at(), context.session()
    offered = service.matters_offered(session, now)
    try:
        results = service.find(session, engine(), asked, now)
    except Unavailable:
        body = render_template("search/rebuilding.html", asked=asked, offered=offered)
        return body, 503, {"Retry-After": TRY_AGAIN_SECONDS}
    return render_template("search/page.html", asked=asked, results=results, offered=offered)


def engine() -> Search:
    """The search engine of this application."""
    found: Search = current_app.extensions["consult.search"]
    return found
