"""Every form names the version of what it was shown, and every act looks at it inside its transaction.

What a view acts on stands beside its declared access (`guard.access(acts_on=…)`). Templates print the version with
`shown_version(…)`; nothing else reads or writes that field.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

from flask import Flask, current_app, g, request
from markupsafe import Markup
from werkzeug.datastructures import ImmutableMultiDict, MultiDict

from consult.db import AROUND
from consult.errors import NotFound, Refused
from consult.policy import ANYBODY
from consult.shown import (
    FIELD,
    LEAVE_OUT,
    About,
    Changed,
    Difference,
    Kind,
    Parts,
    Shown,
    Texts,
    merged,
    same,
    token,
    tokens,
)
from consult.web import conflict, context, markup


@dataclass
class Held:
    """What the present request acts on. `sent` says what was shown; what the request itself does moves it on.
    `left_out` are rows of a list that are not what was shown, `done` how many of the others the act took."""

    kinds: Sequence[Kind]
    about: About
    sent: dict[str, Parts]
    left_out: list[Difference] = field(default_factory=list)
    changed: Changed | None = None
    done: int | None = None

    def things(self) -> list[tuple[Kind, Shown]]:
        """What it acts on, as it is now."""
        about = self.about = replace(self.about, form=request.form)
        return [(kind, one) for kind in self.kinds if not kind.done(about) for one in kind.now(about)]

    def differences(self, things: list[tuple[Kind, Shown]]) -> list[Difference]:
        """What is another one than was shown."""
        found = [(kind, one) for kind, one in things if kind.changed(self._sent(kind, one), one, request.form)]
        return [self._difference(kind, one) for kind, one in found if not self._joins(kind, one)]

    @contextmanager
    def around(self) -> Iterator[None]:
        """The transaction of the act: refuses what was not shown, and keeps both versions of what is kept."""
        things = self.things()
        if wrong := self.differences(things):
            self.changed = Changed(wrong)
            raise self.changed
        self._keep(things)
        yield
        self._move_on()

    def unmerged(self, wrong: Difference) -> Difference | None:
        """Takes what others changed in fields that were left alone here. What stays is what both changed; None when
        there is nothing such, also when what was typed stands there already. An act that writes nothing into it, as
        withdrawing does, takes nothing either."""
        kind, one = wrong.kind, wrong.now
        if kind.typed is None or not wrong.typed:
            return wrong
        if same(wrong.typed, one.texts):
            self._take(kind, one, {})
            return None
        changed = kind.changed(self._sent(kind, one), one, request.form)
        if wrong.before is None or not changed <= kind.merges:
            return wrong
        result = merged(wrong.before, wrong.typed, one.texts)
        if not result.conflicts:
            self._take(kind, one, result.values)
            return None
        _fill(result.values)
        return replace(wrong, typed=kind.typed(request.form), only=result.conflicts)

    def _take(self, kind: Kind, one: Shown, values: Texts) -> None:
        _fill({**values, **one.also})
        self.sent[kind.named(one)] = one.parts

    def _sent(self, kind: Kind, one: Shown) -> Parts | None:
        return self.sent.get(kind.named(one))

    def _joins(self, kind: Kind, one: Shown) -> bool:
        sent = self._sent(kind, one)
        return sent is not None and kind.joins(self.about, one, sent)

    def _difference(self, kind: Kind, one: Shown) -> Difference:
        sent = self._sent(kind, one)
        before = kind.earlier(self.about, one, sent) if sent is not None else None
        return Difference(kind, one, before, kind.typed(request.form) if kind.typed else {})

    def _keep(self, things: list[tuple[Kind, Shown]]) -> None:
        for kind, one in things:
            if kind.keep is not None:
                kind.keep(self.about, one)

    def _move_on(self) -> None:
        """What this request has made of it is what its next transaction expects."""
        try:
            things = self.things()
        except (NotFound, Refused):
            return
        self.sent.update({kind.named(one): one.parts for kind, one in things})
        self._keep(things)


def hold(kinds: Sequence[Kind], actor: Any, matter: Any = None, **values: Any) -> None:
    """Looks whether what this request acts on is what was shown, and sees to it that its transactions look again.

    Rows of a list that are not are left out of the form, to be told afterwards. Raises Changed. What cannot be read
    by who asks is left to the act, which says why.
    """
    left_out = set(request.form.get(LEAVE_OUT, "").split())
    for rest in {kind.rest for kind in kinds if kind.rest and left_out}:
        _leave_out(rest, left_out)
    about = About(context.session(), actor, context.arrived_at(), matter, values)
    held = g.held = Held(kinds, about, tokens(request.form.getlist(FIELD)))
    about.session.info[AROUND] = held.around
    try:
        things = held.things()
    except (NotFound, Refused):
        return
    wrong = [left for one in held.differences(things) if (left := held.unmerged(one)) is not None]
    if not wrong:
        return
    rows = next((kind.rows for kind in kinds if kind.rows), "")
    if not rows or len(wrong) == len(things) or any(one.kind.rows != rows for one in wrong):
        raise Changed(wrong)
    held.left_out = wrong
    _leave_out(rows, {one.now.key for one in wrong})


def count_done(rows: Sequence[Any]) -> None:
    """Says which rows of a list the act of this request took, where it left some for other reasons."""
    held: Held | None = g.get("held")
    if held is not None:
        held.done = len(rows)


def sent(name: str, part: str) -> str:
    """The version of a part that the form of this request says was shown; "" for none."""
    return tokens(request.form.getlist(FIELD)).get(name, {}).get(part, "")


def answered(answer: Any) -> Any:
    """The `answer` of a view whose act was held: with the rows that were left out told, and both sides of what changed
    at the last moment, whatever the view made of that refusal."""
    held: Held | None = g.get("held")
    if held is None:
        assert not context.written(), "this act never looked whether it is still the one that was shown"
        return answer
    if held.changed is not None:
        raise held.changed
    if not held.left_out or current_app.make_response(answer).status_code >= 400:
        return answer
    rows = held.left_out[0].kind.rows
    done = len(request.form.getlist(rows)) if held.done is None else held.done
    _only(rows, {one.now.key for one in held.left_out}, request.form_as_sent)  # type: ignore[attr-defined]
    return conflict.told(Changed(held.left_out, done))


def version_fields(name: str, matter: Any = None, **values: Any) -> Markup:
    """The hidden fields of a form that say which version was shown of these things."""
    return markup.hidden_fields(FIELD, versions(name, matter, **values))


def versions(name: str, matter: Any = None, **values: Any) -> list[str]:
    """What a form says was shown of the things of a kind: as they are now, or, in a form that is given back, as they
    were when it was first shown."""
    sent = {} if request.method != "POST" or context.written() else _by_name(request.form.getlist(FIELD))
    actor = context.actor() if conflict.is_signed_in() else ANYBODY
    kind = _kinds()[name]
    try:
        things = kind.now(About(context.session(), actor, context.arrived_at(), matter, values))
    except (NotFound, Refused):
        return []
    return [sent.get(kind.named(one)) or token(kind, one) for one in things]


def _fill(values: Texts) -> None:
    typed = MultiDict(request.form)
    for name, value in values.items():
        typed[name] = value
    _as_form(typed)


def _leave_out(rows: str, keys: set[str]) -> None:
    request.form_as_sent = request.form  # type: ignore[attr-defined]
    stay = [value for value in request.form.getlist(rows) if value.partition(":")[0] not in keys]
    typed = MultiDict(request.form)
    typed.setlist(rows, stay)
    _as_form(typed)


def _only(rows: str, keys: set[str], sent: Any) -> None:
    typed = MultiDict(sent)
    typed.setlist(rows, [value for value in sent.getlist(rows) if value.partition(":")[0] in keys])
    _as_form(typed)


def _as_form(typed: MultiDict[str, str]) -> None:
    request.form = ImmutableMultiDict(typed)


def _by_name(values: Sequence[str]) -> dict[str, str]:
    return {value.partition(":")[0]: value for value in values}


def _kinds() -> dict[str, Kind]:
    found: dict[str, Kind] | None = current_app.extensions.get("consult.shown")
    if found is None:
        acting = [getattr(view, "acting", None) for view in current_app.view_functions.values()]
        found = {kind.name: kind for one in acting if one is not None for kind in one.kinds}
        current_app.extensions["consult.shown"] = found
    return found


def register(app: Flask) -> None:
    """Gives templates the versions of what they show."""
    app.jinja_env.globals.update(shown_version=version_fields)
