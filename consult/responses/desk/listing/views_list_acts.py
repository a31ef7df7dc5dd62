"""What the buttons of the desk's list do with comments, by their names in the form."""

from collections.abc import Callable
from dataclasses import replace

from flask import request

from consult.consultations.models import Consultation
from consult.errors import NoneTaken, NotFound, Refused, Taken
from consult.policy import Action
from consult.responses.desk import assignment, forms, transfer
from consult.responses.desk.in_sight.hinted import to_look_at
from consult.responses.tags import service as tags
from consult.submissions.acts import service as acts
from consult.text import blank, one_line, stored
from consult.web import context
from consult.web.guard import may

Act = Callable[[Consultation, list[int]], Taken]


def do(consultation: Consultation, act: str, numbers: list[int]) -> Taken:
    """Carries out what a button of the list says. Raises NotFound for none, and what the act raises."""
    if act not in _ACTS:
        raise NotFound
    return _ACTS[act](consultation, numbers)


def do_unseen(consultation: Consultation, act: str, numbers: list[int]) -> Taken:
    """The same to comments that nobody has before their eyes one by one: what may hold personal data, or looks like a
    denunciation, is not released with the others but named (`wants_a_look`). Raises as `do`, and NoneTaken."""
    if act != "release":
        return do(consultation, act, numbers)
    seen = to_look_at(context.session(), consultation.id, numbers)
    if len(seen) == len(numbers):
        raise NoneTaken({"wants_a_look": seen})
    taken = do(consultation, act, [number for number in numbers if number not in set(seen)])
    return replace(taken, left={**taken.left, **({"wants_a_look": seen} if seen else {})})


def _release(consultation: Consultation, numbers: list[int]) -> Taken:
    return acts.release(context.session(), consultation, numbers, context.actor(), context.arrived_at())


def _assign(consultation: Consultation, numbers: list[int]) -> Taken:
    unit, user = forms.optional_key(request.form, "to_unit"), forms.optional_key(request.form, "to_user")
    actor, now = context.actor(), context.arrived_at()
    return assignment.assign(context.session(), consultation, numbers, unit, user, actor, now)


def _transfer(consultation: Consultation, numbers: list[int]) -> Taken:
    unit, user = forms.optional_key(request.form, "to_unit"), forms.optional_key(request.form, "to_user")
    why, actor, now = request.form.get("transfer_reason", ""), context.actor(), context.arrived_at()
    return transfer.transfer(context.session(), consultation, numbers, unit, user, why, actor, now)


def _tag(consultation: Consultation, numbers: list[int]) -> Taken:
    name, actor, now = request.form.get("tag_name", ""), context.actor(), context.arrived_at()
    return tags.put_on(context.session(), consultation, numbers, name, actor, now)


def _untag(consultation: Consultation, numbers: list[int]) -> Taken:
    name, actor, now = request.form.get("tag_name", ""), context.actor(), context.arrived_at()
    return tags.take_off(context.session(), consultation, numbers, name, actor, now)


def _pass_on(consultation: Consultation, numbers: list[int]) -> Taken:
    note, whom = stored(request.form.get("note", ""))[:2_000], one_line(request.form.get("passed_to", ""))[:300]
    # Who may not do it is told nothing of what would be missing.
    if blank(whom) and may(Action.TRIAGE, consultation):
        raise Refused("passed_on_to_whom")
    actor, now = context.actor(), context.arrived_at()
    return acts.pass_on(context.session(), consultation, numbers, note, actor, now, whom)


_ACTS: dict[str, Act] = {
    "release": _release,
    "assign": _assign,
    "transfer": _transfer,
    "tag": _tag,
    "untag": _untag,
    "pass_on": _pass_on,
}
