"""Whether the site is ready and well: for what watches it; and in whole sentences for its administrators."""

from flask import Blueprint, current_app, jsonify, render_template, request
from flask.typing import ResponseReturnValue

from consult.administration.condition.findings import Check, Finding, State, look_at, summary
from consult.policy import Action
from consult.web import context
from consult.web.guard import access, public

blueprint = Blueprint("condition", __name__)


@blueprint.get("/readyz")
@public(asks=("well",))
def ready() -> ResponseReturnValue:
    """Each part of the site by name: true, false, or null where it cannot be seen; `ready` when all that a request
    needs is there, `well` when nothing wants anybody's eyes. Answers 503 when it is not ready (with `?well=1`: not
    well). Tells nothing that helps a stranger."""
    checks = _checks()
    found = _found(checks)
    stands = all(one.state in _STANDING for one, check in zip(found, checks, strict=True) if check.needed)
    healthy = all(one.state is State.WELL for one in found)
    fit = healthy if "well" in request.args else stands
    told = {one.check: None if one.state is State.UNKNOWN else one.state is State.WELL for one in found}
    return jsonify(ready=stands, well=healthy, **told), 200 if fit else 503, {"Cache-Control": "no-store"}


@blueprint.get("/quan-tri/tinh-trang/")
@access(Action.ADMINISTER)
def condition() -> str:
    """The same for people, what is broken first: what was found, what to do, and what is normal."""
    found = _found(_checks())
    code, count = summary(found)
    config = current_app.config
    values = {
        "urgent": sorted((one for one in found if one.state in _URGENT), key=lambda one: one.state),
        "wanting": [one for one in found if one.state is State.ATTENTION],
        "fine": [one for one in found if one.state is State.WELL],
        "told": config["ALERT_MAIL"] or ([config["OPERATOR_MAIL"]] if config["OPERATOR_MAIL"] else []),
    }
    actor, now = context.actor(), context.arrived_at()
    return render_template("administration/condition.html", actor=actor, code=code, count=count, now=now, **values)


_STANDING = frozenset({State.WELL, State.ATTENTION})
_URGENT = frozenset({State.BROKEN, State.UNKNOWN})


def _checks() -> tuple[Check, ...]:
    checks: tuple[Check, ...] = current_app.extensions["consult.checks"]
    return checks


def _found(checks: tuple[Check, ...]) -> list[Finding]:
    return look_at(checks, context.session(), context.arrived_at())
