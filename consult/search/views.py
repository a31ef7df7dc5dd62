"""The search page: one box for words, look-up codes, provisions and places."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_decimal

from consult import clock
from consult.search import forms, matters
from consult.search.comment_numbers import number_in, with_number
from consult.search.engines.seam import Unavailable
from consult.search.engines.tokens import terms
from consult.search.gazetteer import Place
from consult.search.results import Result
from consult.search.service import Results, Searching, SearchRequest
from consult.search.words import RESULTS, SOURCES
from consult.submissions import anchors
from consult.submissions.anchors import NamedPlace
from consult.submissions.receiving import lookup_codes
from consult.web import context
from consult.web.catalogue import say
from consult.web.guard import public

blueprint = Blueprint("search", __name__)

TRY_AGAIN_SECONDS = "60"
FIRST_YEAR = 2025


@blueprint.get("/tim-kiem/")
@public(asks=("q", "loai", "dot", "nguon", "ket-qua", "nam", "dung", "trang"))
def page() -> ResponseReturnValue:
    """What was found, or the empty form; a look-up code leads on to its comments, the number of a comment to it."""
    asked, now = forms.asked(request.args), context.arrived_at()
    digits = forms.code_in(asked)
    if digits:
        return _looked_up(digits)
    address = _comment_named(asked, now)
    if address:
        return redirect(address, 303)
    try:
        results = _searching().find(context.session(), asked, now)
    except Unavailable:
        offered = matters.offered(context.session(), asked.matter, now).matters
        body = render_template("search/rebuilding.html", **_form(asked, Results(terms(""), offered=offered)))
        return body, 503, {"Retry-After": TRY_AGAIN_SECONDS}
    return render_template(
        "search/page.html", results=results, about_of=_about, **_meant(asked, results), **_form(asked, results)
    )


def _comment_named(asked: SearchRequest, now: datetime) -> str:
    """The address of the one comment whose number, and nothing else, was typed; empty for anything else."""
    named = number_in(asked.words)
    if named is None or named.rest:
        return ""
    having = with_number(context.session(), named.number, asked.matter, now)
    return url_for("reading.comment", slug=having[0].slug, number=named.number) if len(having) == 1 else ""


def _meant(asked: SearchRequest, results: Results) -> dict[str, object]:
    """The provision that was understood in words, with the address that takes it as mere words; the other words that
    were looked for, with the address that leaves them out; the places; and what else may have been meant when nothing
    is found."""
    here = f"{request.script_root}{request.path}"
    clause = anchors.label(results.clause, say) if results.clause else ""
    return {
        "clause": clause[:1].upper() + clause[1:],
        "as_words": f"{here}?{forms.words_of(replace(asked, words=f'“{asked.words}”'))}",
        "similar": [(words, f"{here}?{forms.query_of(replace(asked, words=words))}") for words in results.similar],
        "others": list(dict.fromkeys(other.text for other in results.words.others if other.text)),
        "exactly": f"{here}?{forms.query_of(replace(asked, exact=True))}",
        **_places(results.places),
        "counted": format_decimal(results.total) if results.more else "",
    }


def _places(found: Sequence[tuple[Place, Sequence[Result]]]) -> dict[str, object]:
    """The places with their matters; of several places apart from those that concern more than one."""
    if len(found) < 2:
        return {"places": found, "shared": ()}
    listed = Counter(one.address for _place, some in found for one in some)
    own = [(place, [one for one in some if listed[one.address] == 1]) for place, some in found]
    shared = {one.address: one for _place, some in found for one in some if listed[one.address] > 1}
    return {"places": own, "shared": list(shared.values())}


def _about(place: dict[str, Any]) -> str:
    """What a comment is about, in words."""
    return anchors.label_of(NamedPlace(**place), say)


def _looked_up(digits: str) -> ResponseReturnValue:
    """On to the status of what was sent; nobody is told where this reader came from, and nothing is kept."""
    known = lookup_codes.well_formed(digits)
    address = url_for("status.show", code=lookup_codes.shown(digits)) if known else url_for("status.look_up", ma=digits)
    answer = redirect(address, 303)
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer


def _form(asked: SearchRequest, results: Results) -> dict[str, object]:
    """What the form needs: the question, what can be chosen, and the address of this question without its page."""
    this_year = clock.local_day(context.arrived_at()).year
    years = range(this_year, min(FIRST_YEAR, this_year) - 1, -1)
    here = f"{request.script_root}{request.path}"
    return {
        "asked": asked, "matters": results.offered, "chosen": results.matter, "sources": SOURCES, "outcomes": RESULTS,
        "years": years, "here": f"{here}?{forms.query_of(asked)}", "words_alone": f"{here}?{forms.words_of(asked)}",
    }  # fmt: skip


def _searching() -> Searching:
    app = current_app.extensions
    return Searching(
        app["consult.search"], app["consult.gazetteer"], app["consult.vocabulary"], app["consult.thesaurus"]
    )
