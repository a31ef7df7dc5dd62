"""Who of those that were asked has replied, who is silent, who is past the day; and reminding the silent."""

from collections import Counter
from uuid import UUID

from flask import Blueprint, flash, request
from flask.typing import ResponseReturnValue

from consult.consultations.matter import queries
from consult.consultations.models import Consultation
from consult.errors import Invalid, Refused
from consult.policy import Action
from consult.responses.asked import reminders
from consult.responses.asked.replies import AskedBody, Reply, asked_bodies
from consult.responses.views_frame import page, status_of, to, told
from consult.web import context
from consult.web.catalogue import say
from consult.web.guard import access, may

blueprint = Blueprint("asked", __name__)
BASE = "/xu-ly/<slug>/co-quan/tra-loi/"
UNPROVEN = "unproven"
"""The filter for bodies of which nothing shows that the letter reached them."""


@blueprint.get(BASE)
@access(Action.SEE_SENDERS, of=queries.by_slug)
def index(consultation: Consultation) -> ResponseReturnValue:
    """Those asked, narrowed to how they stand."""
    return _page(consultation)


@blueprint.post(BASE)
@access(Action.INVITE_BODIES, of=queries.by_slug, alone="a reminder; who has replied meanwhile is left out")
def remind(consultation: Consultation) -> ResponseReturnValue:
    """Reminds those that were ticked and have not replied."""
    session, now = context.session(), context.arrived_at()
    try:
        chosen = {UUID(one) for one in request.form.getlist("bodies")}
        done = reminders.remind(session, consultation, chosen, context.actor(), now)
    except ValueError:
        return _page(consultation, Invalid({"bodies": "nothing_chosen"}))
    except (Invalid, Refused) as wrong:
        return _page(consultation, wrong)
    flash(say("desk.reminded", count=done.now))
    if done.replied:
        flash(say("desk.reminded_replied", count=done.replied), "warning")
    if done.today:
        flash(say("desk.reminded_today", count=done.today), "warning")
    return to("asked.index", consultation)


def _page(consultation: Consultation, wrong: Invalid | Refused | None = None) -> ResponseReturnValue:
    bodies = asked_bodies(context.session(), consultation, context.arrived_at())
    wanted = request.args.get("loc", "")
    states = [(state.value, say(f"reply.{state.value}")) for state in Reply] + [(UNPROVEN, say("reply.unproven"))]
    numbers = Counter(name for body in bodies for name in _states(body))
    shown = [body for body in bodies if not wanted or wanted in _states(body)]
    reminding = may(Action.INVITE_BODIES, consultation)
    return page(
        "asked/list",
        consultation,
        status_of(wrong),
        asked=len(bodies),
        rows=[_row(body, reminding) for body in shown],
        states=states,
        numbers=numbers,
        wanted=wanted if wanted in dict(states) else "",
        reminding=reminding,
        **told(wrong),
    )


def _states(body: AskedBody) -> list[str]:
    """What a body is counted under: where it stands, and whether it is known that the letter reached it."""
    return [body.reply.value, *([UNPROVEN] if body.received_on is None else [])]


def _row(body: AskedBody, reminding: bool) -> dict[str, object]:
    """A line of the list; who has replied cannot be ticked."""
    name = body.invitation.organisation.name
    return {
        "id": str(body.invitation.organisation_id),
        "body": body,
        "reminded": reminders.last_reminder(body.deliveries),
        "locked": bool(body.sent) or not reminding,
        "check_label": say("asking.choose", name=name),
    }
