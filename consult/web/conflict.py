"""The page with both sides of what is another one by now than was shown."""

import re
from typing import Any

from flask import current_app, g, render_template, request

from consult.shown import FIELD, LEAVE_OUT, Changed, Difference, Said, token
from consult.web import context, kept_form
from consult.web.catalogue import say

CONFLICT = 409
WORDS = re.compile(r"\S\s+\S")
"""What was typed in words is given back to be mended; a single one is a choice, a number or a day."""


def told(error: Changed) -> Any:
    """The page with both sides of everything that changed, from which the same can be sent again knowingly."""
    changes = [_in_words(one) for one in error.differences]
    context.close_database()
    form = kept_form.with_files() if is_signed_in() else kept_form.whole_form()
    edited = [
        (name, said(one.kind.label(name)), text)
        for one in error.differences
        for name, _then, _now, text in one.rows
        if text and WORDS.search(text)
    ]
    sent = [value for value in request.form.getlist(FIELD) if value.partition(":")[0] not in _names(error)]
    also = {name: value for one in error.differences for name, value in one.now.also.items()}
    fields = [
        (name, also.get(name, value))
        for name, value in form.fields
        if name not in {FIELD, LEAVE_OUT, *(name for name, _label, _text in edited)}
    ]
    fields += [(FIELD, value) for value in [*sent, *(token(one.kind, one.now) for one in error.differences)]]
    body = render_template(
        "errors/changed.html", changes=changes, form=form, fields=fields, done=error.done, with_token=is_signed_in(),
        edited=edited, without=_without(error),
    )  # fmt: skip
    return body, CONFLICT, {"Cache-Control": "no-store"}


def _names(error: Changed) -> set[str]:
    return {one.kind.named(one.now) for one in error.differences}


def _without(error: Changed) -> dict[str, Any]:
    """What the button that goes on with the rest leaves out and keeps, where an act may be done with some of what it
    names: the keys of those that changed, and of those that did not."""
    out = [(one.kind.rest, one.now.key) for one in error.differences if one.kind.rest]
    keys = [key for _field, key in out]
    rest = [key for key in request.form.getlist(out[0][0]) if key not in keys] if out else []
    return {"field": LEAVE_OUT, "out": keys, "rest": rest} if rest else {}


def _in_words(one: Difference) -> dict[str, Any]:
    """A changed thing as the page shows it: a line for each of its words, then and now. Of each it is told whether they
    are somebody's own, and so in Vietnamese on every page."""
    rows = [(said(one.kind.label(name)), *(_cell(one, name, text) for text in texts)) for name, *texts in one.rows]
    return {"heading": say(f"shown.{one.kind.name}", key=one.now.key), "rows": rows,
            "typed": any(row[3] is not None for row in rows), "before": one.before is not None}  # fmt: skip


def _cell(one: Difference, name: str, text: str | None) -> tuple[str, bool] | None:
    if not text:
        return None if text is None else ("", False)
    told = one.kind.told(g.held.about, name, text)
    return said(told), isinstance(told, str)


def said(told: Said) -> str:
    """A text, or the sentence of its code."""
    return told if isinstance(told, str) else say(told[0], **told[1])


def is_signed_in() -> bool:
    """Whether the address of this request is for who is signed in."""
    view = current_app.view_functions.get(request.endpoint or "")
    return bool(getattr(view, "access", ("public",))[0] == "signed_in")
