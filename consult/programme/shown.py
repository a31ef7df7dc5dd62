"""What the pages of a year's plan show of it, for who adjusts it or makes it public."""

from collections.abc import Sequence

from consult.programme import plans
from consult.shown import About, Kind, Shown, digest


def _plan(about: About) -> Sequence[Shown]:
    body = plans.front_of(about.session, about.values["organisation_id"], about.actor)
    plan = plans.plan_of(about.session, body.id, about.values["year"])
    lines = {str(line.id): plans.facts(line) for line in plans.lines_of(plan)}
    issued = [plan.number, plan.issued_on, plan.published_at] if plan else []
    texts = {f"subject.{number}": facts["subject"] for number, facts in enumerate(lines.values(), 1)}
    return [Shown(f"{body.id}-{about.values['year']}", {"plan": digest(lines, issued)}, texts)]


def _label(name: str) -> tuple[str, dict[str, object]]:
    return "plan.line", {"number": name.rpartition(".")[2]}


PLAN = Kind("plan", _plan, label=_label)
