"""The page of a round, from which all is done that is done with it."""

from typing import Any

from flask import request
from flask.typing import ResponseReturnValue

from consult.programme import bodies, heads
from consult.programme.rounds import paper, planning, terms, typed
from consult.programme.views_frame import Wrong, forget, page, today
from consult.web import context


def round_page(slug: str, number: int, wrong: Wrong = None, form: str = "") -> ResponseReturnValue:
    """The round for who may read it; `form` names what was sent and is `wrong`. Raises NotFound."""
    forget(wrong)
    session, programme = context.session(), heads.found(context.session(), slug)
    found = planning.round_of(session, programme, number)
    planning.require_reader(found, context.actor())
    own, begun = heads.bodies_of(context.actor()), typed.round_(found)
    values: dict[str, Any] = {
        "programme": programme, "round": found, "leads_it": found.lead_id in own,
        "steps_recorded": planning.readable_steps(found, context.actor()),
        "recommended": [one for one in found.recommendations if found.lead_id in own or one.promise.public_at],
        "public": planning.is_public(found),
        "addressees": paper.addressees(found),
        "reported": planning.reported(found), "terms": terms.terms_of(found, today()), "today": today(),
        "owing": bodies.of_kinds(session, bodies.OWES, today(), {found.supervised_id}),
        "facts": request.form if form == "facts" and wrong is not None else begun,
        "leads": bodies.of_kinds(session, bodies.FRONTS, today(), own), "communes": bodies.communes(session, today()),
    }  # fmt: skip
    values["recorded"] = bodies.recorded(session, begun, *(values[name] for name in ("owing", "leads", "communes")))
    return page("programme/rounds/round.html", wrong, None, form, **values)
