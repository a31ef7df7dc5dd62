"""Words that mean the same: listed, and added, changed or taken out once it was seen what that does."""

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from consult.administration import confirmations
from consult.administration.reference import synonyms
from consult.administration.shown import REMOVED_SYNONYMS, SYNONYMS
from consult.administration.views_confirmations import ask, done_already, first_asked
from consult.errors import Invalid, NotFound
from consult.policy import Action
from consult.web import context
from consult.web.guard import access

blueprint = Blueprint("synonyms", __name__)

LONGEST_TYPED = 2_000


@blueprint.get("/quan-tri/tu-cung-nghia/")
@access(Action.ADMINISTER)
def index() -> ResponseReturnValue:
    """The groups, narrowed to those with a word that holds `q`."""
    query = request.args.get("q", "")[: synonyms.LONGEST_WORD]
    rows = synonyms.groups(context.session(), query)
    return render_template("administration/synonyms.html", actor=context.actor(), rows=rows, query=query)


@blueprint.get("/quan-tri/tu-cung-nghia/moi/")
@access(Action.ADMINISTER)
def new() -> ResponseReturnValue:
    """The form for a new group."""
    return _form("", "", {})


@blueprint.post("/quan-tri/tu-cung-nghia/moi/")
@access(Action.ADMINISTER, alone="a new group")
def create() -> ResponseReturnValue:
    """Adds it, once the page that tells what it does was answered; what is wrong comes back as 422."""
    return _put("")


@blueprint.get("/quan-tri/tu-cung-nghia/<key>/")
@access(Action.ADMINISTER)
def show(key: str) -> ResponseReturnValue:
    """The form of one group."""
    return _form(key, "\n".join(synonyms.group(context.session(), key).words), {})


@blueprint.post("/quan-tri/tu-cung-nghia/<key>/")
@access(Action.ADMINISTER, acts_on=SYNONYMS)
def change(key: str) -> ResponseReturnValue:
    """Gives it other words, once the page that tells what they do was answered; what is wrong comes back as 422."""
    return _put(key)


@blueprint.get("/quan-tri/tu-cung-nghia/<key>/xoa/")
@access(Action.ADMINISTER)
def ask_to_remove(key: str) -> ResponseReturnValue:
    """What taking a group out means, before it is."""
    return first_asked(_ask_to_remove(key))


@blueprint.post("/quan-tri/tu-cung-nghia/<key>/xoa/")
@access(Action.ADMINISTER, acts_on=REMOVED_SYNONYMS)
def remove(key: str) -> ResponseReturnValue:
    """Takes it out, once the page that asks was answered."""
    if asked := _ask_to_remove(key):
        return asked
    synonyms.remove(context.session(), key, context.actor(), context.arrived_at())
    flash("administration.synonyms_removed")
    return redirect(url_for("synonyms.index"), 303)


def _put(key: str) -> ResponseReturnValue:
    typed = request.form.get("words", "")[:LONGEST_TYPED]
    try:
        words = synonyms.words_in(typed)
    except Invalid as invalid:
        return _form(key, typed, invalid.errors), 422
    back = url_for("synonyms.show", key=key) if key else url_for("synonyms.new")
    if asked := ask(confirmations.of_synonyms(key, words, _effects(key, words)), back):
        return asked
    synonyms.put(context.session(), key, words, context.actor(), context.arrived_at())
    flash("administration.synonyms_put")
    return redirect(url_for("synonyms.index"), 303)


def _ask_to_remove(key: str) -> ResponseReturnValue | None:
    try:
        words = [str(word) for word in synonyms.group(context.session(), key).words]
    except NotFound:
        return done_already("no_synonyms", url_for("synonyms.index"))
    effects = _effects(key, words, gone=True)
    return ask(confirmations.of_removed_synonyms(key, words, effects), url_for("synonyms.show", key=key))


def _effects(key: str, words: list[str], gone: bool = False) -> list[synonyms.Effect]:
    """What each word finds now and afterwards: search, which stands above, tells."""
    others = [list(row.words) for row in synonyms.groups(context.session()) if row.key != key]
    before = [*others, *([list(synonyms.group(context.session(), key).words)] if key else [])]
    found: list[synonyms.Effect] = current_app.extensions["consult.synonym_effects"](
        words, before, others if gone else [*others, words]
    )
    return found


def _form(key: str, typed: str, errors: dict[str, str]) -> str:
    shown = {"key": key, "typed": typed, "errors": errors}
    return render_template("administration/synonyms_edit.html", actor=context.actor(), **shown)
