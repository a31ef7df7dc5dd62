"""Closed by default: every view declares its access, and one check refuses those that do not."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar, overload

from flask import Flask, current_app, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFProtect
from werkzeug.exceptions import NotFound as HttpNotFound

from consult.compiled_statements import Executor
from consult.errors import NotFound, Refused
from consult.policy import ANYBODY, Action, Actor, decide, require
from consult.shown import Kind
from consult.web import context, flood_control, parked_answers, shown, sign_in_log
from consult.web.arrival import resubmission
from consult.web.files import kept_uploads

Arguments = ParamSpec("Arguments")
Answer = TypeVar("Answer")
Found = TypeVar("Found")
View = Callable[..., Any]
Finder = Callable[[Any, str], Any]
Kinds = Kind | Sequence[Kind]


@dataclass(frozen=True)
class Acting:
    """What an act touches that others may change, or why it touches nothing such."""

    kinds: tuple[Kind, ...] = ()
    alone: str = ""
    once_known: bool = False


csrf = CSRFProtect()


@overload
def public(
    *, asks: Collection[str] | None = (), acts_on: Kinds = (), alone: str = "", once_known: bool = False
) -> Callable[[Callable[Arguments, Answer]], Callable[Arguments, Answer]]: ...
@overload
def public(
    action: Action,
    of: Callable[[Any, str], Found],
    where: Callable[[], Executor] = context.session,
    asks: Collection[str] | None = (),
    acts_on: Kinds = (),
    alone: str = "",
    once_known: bool = False,
) -> Callable[[Callable[Concatenate[Found, Arguments], Answer]], Callable[..., Answer]]: ...
def public(
    action: Action | None = None,
    of: Finder | None = None,
    where: Callable[[], Executor] = context.session,
    asks: Collection[str] | None = (),
    acts_on: Kinds = (),
    alone: str = "",
    once_known: bool = False,
) -> Callable[[View], View]:
    """Declares a view that anybody may use. It reads no session: the answer may be shared by all. What is sent to it
    counts among what its address sends.

    With `of` (a function of the database session, or of what `where` gives instead, and `slug`), the view gets what was
    found as its first argument, provided that anybody may do `action` on it. `asks` names what it takes from the query
    (`consult/web/queries.py` leaves nothing else there); None for a view that judges its whole query itself.
    `acts_on` and `alone` as for `access`; a view that first has to know by a code who sends (`once_known`) calls
    `shown.hold` itself.
    """
    declared = _declare("public", action, of, lambda: ANYBODY, where, Acting(_several(acts_on), alone, once_known))

    def declare(view: View) -> View:
        guarded = declared(view)
        guarded.asks = None if asks is None else frozenset(asks)  # type: ignore[attr-defined]
        return guarded

    return declare


@overload
def access(
    action: Action, *, acts_on: Kinds = (), alone: str = ""
) -> Callable[[Callable[Arguments, Answer]], Callable[Arguments, Answer]]: ...
@overload
def access(
    action: Action, of: Callable[[Any, str], Found], *, acts_on: Kinds = (), alone: str = ""
) -> Callable[[Callable[Concatenate[Found, Arguments], Answer]], Callable[..., Answer]]: ...
def access(action: Action, of: Finder | None = None, *, acts_on: Kinds = (), alone: str = "") -> Callable[[View], View]:
    """Declares a view for those whom the policy allows `action` (on what `of` finds by `slug`).

    Unsafe methods need the form token of the signed-in session. `acts_on` are the kinds of things that they act on and
    others may change meanwhile: the form says which version was shown (`consult/web/shown.py`). One that touches no
    such thing says why not (`alone`).
    """
    return _declare("signed_in", action, of, context.actor, context.session, Acting(_several(acts_on), alone))


def _several(kinds: Kinds) -> tuple[Kind, ...]:
    return (kinds,) if isinstance(kinds, Kind) else tuple(kinds)


def _declare(
    kind: str, action: Action | None, of: Finder | None, who: Callable[[], Actor], where: Callable[[], Executor],
    acting: Acting,
) -> Callable[[View], View]:  # fmt: skip
    def declare(view: View) -> View:
        @wraps(view)
        def guarded(*arguments: Any, **values: Any) -> Any:
            sends = request.method not in {"GET", "HEAD", "OPTIONS"}
            if sends and kind == "public":
                flood_control.check_at_the_door()
            if kind == "signed_in":
                _know_who(sends)
            if sends:
                resubmission.recognise()
            found = (of(where(), values.pop("slug")),) if of else ()
            if action is not None:
                _require(who(), action, found[0] if found else None)
            if not sends:
                return _kept(kind) or view(*found, *arguments, **values)
            _require_own_form(kind)
            if not acting.kinds:
                return view(*found, *arguments, **values)
            if not acting.once_known:
                shown.hold(acting.kinds, who(), found[0] if found else None, **values)
            return shown.answered(view(*found, *arguments, **values))

        guarded.access = (kind, action, of)  # type: ignore[attr-defined]
        guarded.acting = acting  # type: ignore[attr-defined]
        return guarded

    return declare


def _require_own_form(kind: str) -> None:
    """What is sent while signed in comes from a form of this session, with all its files."""
    if kind == "signed_in":
        csrf.protect()
        kept_uploads.require_all()


def _kept(kind: str) -> ResponseReturnValue | None:
    """The page that answered what somebody sent while signed in, found again by them."""
    return parked_answers.found() if kind == "signed_in" else None


def _know_who(sends: bool) -> None:
    """Asks who it is before anything is looked for: whoever is not signed in is told the same of what is there and of
    what is not, and keeps what they typed. Files that were kept for them come back. Raises Refused("sign_in_needed")
    and, when too much is sent so, Refused("too_many")."""
    stranger = context.actor().user_id is None
    if stranger and sends:
        flood_control.check_at_the_door()
    if sends and not context.by_program():
        kept_uploads.bring_back()
    if stranger:
        raise Refused("sign_in_needed")


def _require(actor: Actor, action: Action, matter: Any) -> None:
    try:
        require(actor, action, matter, context.arrived_at())
    except (Refused, NotFound) as refused:
        if actor.user_id is not None:
            sign_in_log.tell_refused(actor.user_id, action, getattr(refused, "reason", "not_found"))
        raise


def may(action: Action, matter: Any = None) -> bool:
    """Whether the signed-in person may do `action`: what a template shows is what the guard lets through."""
    return decide(context.actor(), action, matter, context.arrived_at()) is None


def refuse_undeclared() -> None:
    """Refuses a view without declared access, whatever it would have done."""
    if request.endpoint is None or request.endpoint == "static":
        return
    if not hasattr(current_app.view_functions[request.endpoint], "access"):
        raise HttpNotFound


def register(app: Flask) -> None:
    """Closes `app` by default."""
    csrf.init_app(app)
    app.before_request(refuse_undeclared)
