"""What pages show of rules: which count."""

from collections.abc import Sequence

from sqlalchemy import select

from consult.responses.rules.service import rules_of
from consult.responses.triage_models import TriageRule
from consult.shown import About, Kind, Shown, digest


def _rules(about: About) -> Sequence[Shown]:
    """All rules that count: in which order they do hangs on every one."""
    numbers = [one.number for one in rules_of(about.session, about.matter.id)]
    return [Shown("all", {"rules": digest(numbers)}, {"rules": ", ".join(map(str, numbers))})]


def _rule(about: About) -> Sequence[Shown]:
    own = (TriageRule.consultation_id == about.matter.id, TriageRule.number == about.values["number"])
    found = about.session.scalars(
        select(TriageRule).where(*own).execution_options(populate_existing=True)
    ).one_or_none()
    return [Shown(str(found.number), {"ended": digest(found.ended_at)})] if found else ()


RULES = Kind("triage_rules", _rules)
RULE = Kind("triage_rule", _rule)
