"""One page for every act of administration that cannot be taken back: what will happen, and then the act."""

from datetime import date
from typing import Any

from flask import current_app, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from consult.administration.confirmations import Question, Said
from consult.web import context
from consult.web.catalogue import say
from consult.web.files import kept_uploads
from consult.web.templating import day

OWN_FIELDS = {"csrf_token", "seen", "shown", kept_uploads.FIELD}


def ask(question: Question, back: str) -> ResponseReturnValue | None:
    """The page that asks `question`, or None when it was answered as it stands now: the form sends back which question
    was seen. `back` is the address for who would rather not. What else the form held goes along, its files too."""
    seen = request.form.get("seen", "")
    if seen == question.version:
        return None
    uploads = kept_uploads.keep()
    page = render_template(
        "administration/ask.html",
        actor=context.actor(),
        question=question,
        heading=say(f"ask.{question.code}", name=question.name),
        told=[_said(one) for one in (*question.told, *question.also)],
        kept=[(name, value) for name, value in request.form.items() if name not in OWN_FIELDS],
        files=[one.name for one in uploads if one.file_hash],
        files_lost=[one.name for one in uploads if not one.file_hash],
        sealed=kept_uploads.seal(uploads),
        changed=bool(seen),
        back=back,
    )
    return page, 409 if seen else 200


def first_asked(asked: ResponseReturnValue | None) -> ResponseReturnValue:
    """The page that asks, for who has only come to it: a GET brings no answer."""
    assert asked is not None
    return asked


def done_already(reason: str, back: str) -> ResponseReturnValue:
    """The way `back` for who asks for what is done already, by themselves or somebody quicker: there is nothing left to
    ask, as the sentence of `reason` says."""
    flash(f"reason.{reason}")
    return redirect(back, 303)


def in_hand(**whose: Any) -> int:
    """How many comments a person (`user_id`) or a unit (`unit_id`) has in hand: the desk, which stands above, tells."""
    counted: int = current_app.extensions["consult.in_hand"](context.session(), **whose)
    return counted


def _said(told: Said) -> str:
    code, values = told
    words = dict(values)
    if "role" in words:
        words["role"] = say(f"role.{words['role']}")
    if "kind" in words:
        words["kind"] = say(f"holiday_kind.{words['kind']}")
    words |= {name: day(words[name]) for name in ("day", "before", "after") if isinstance(words.get(name), date)}
    return say(f"told.{code}", **words)
