"""The papers of a round in the layout of Nghị định 30/2020/NĐ-CP: plan, report, and a letter to each addressee; their
numbers and days are those of the steps, blank until these are recorded."""

from collections.abc import Sequence
from typing import Any

from consult.errors import NotFound
from consult.official_papers.paper import Letterhead
from consult.people.models import Organisation
from consult.programme.promise_models import Promise
from consult.programme.rounds.models import Round, RoundStep
from consult.programme.rounds.terms import due_days
from consult.programme.words import StepKind

Told = dict[str, Any]


def plan(one: Round) -> Told:
    """What the template of its plan says."""
    step = _last(one, StepKind.PLAN)
    return {**_shared(one, step), "due": {kind.value: day for kind, day in due_days(one).items()}}


def report(one: Round) -> Told:
    """What the template of its report says: what was said and seen, the conclusions, and what is recommended."""
    step = _last(one, StepKind.REPORT)
    return {
        **_shared(one, step), "report": step, "plan": _last(one, StepKind.PLAN),
        "own_report": _last(one, StepKind.OWN_REPORT), "visits": _visits(one), "recommended": addressees(one),
    }  # fmt: skip


def letter(one: Round, number: int) -> Told:
    """What the template of the letter says to whom the recommendation of this number is for: all that is recommended to
    them. Raises NotFound."""
    found = next((pair for pair in addressees(one) if any(each.number == number for each in pair[1])), None)
    if found is None:
        raise NotFound
    body, own = found
    # The letter has a number of its own, which nobody recorded: it goes out with the report or after it.
    return {**_shared(one, None), "report": _last(one, StepKind.REPORT), "addressee": body, "own": own}


def addressees(one: Round) -> list[tuple[Organisation, list[Promise]]]:
    """Everybody to whom it recommends something, with what that is, in the order of the numbers."""
    found: dict[Any, tuple[Organisation, list[Promise]]] = {}
    for promise in sorted((each.promise for each in one.recommendations), key=lambda each: each.number):
        found.setdefault(promise.by_id, (promise.by, []))[1].append(promise)
    return list(found.values())


def _shared(one: Round, step: RoundStep | None) -> Told:
    number, day = (step.letter_number, step.day) if step else ("", None)
    head = Letterhead(one.lead.name, number=number, place=one.lead.place, day=day)
    return {"paper": head, "round": one, "programme": one.programme}


def _last(one: Round, kind: StepKind) -> RoundStep | None:
    """The newest step of a kind, public or not."""
    return next((step for step in reversed(one.steps) if step.kind is kind), None)


def _visits(one: Round) -> Sequence[RoundStep]:
    return sorted((step for step in one.steps if step.kind is StepKind.VISIT), key=lambda step: step.day)
