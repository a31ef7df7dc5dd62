"""What the page of a round shows of it, for who changes it, makes a step public or recommends something."""

from collections.abc import Sequence

from consult.programme import heads
from consult.programme.facts import day
from consult.programme.rounds import planning, steps
from consult.programme.rounds.models import Round
from consult.shown import About, Kind, Shown, digest


def _round(about: About) -> Sequence[Shown]:
    programme = heads.found(about.session, about.values["slug"])
    found = planning.round_of(about.session, programme, about.values["number"])
    planning.require_reader(found, about.actor)
    said = [[steps.told_step(found, step), bool(step.released_at)] for step in found.steps]
    owed = [[one.promise.number, one.promise.text, str(one.promise.by_id), day(one.promise.due_on)]
            for one in found.recommendations]  # fmt: skip
    texts = {"subject": found.subject, "starts_on": day(found.starts_on), "ends_on": day(found.ends_on)}
    return [Shown(str(found.id), {"round": digest(_facts(found), said, owed)}, texts)]


def _facts(one: Round) -> list[object]:
    return [one.subject, one.content, one.members, str(one.lead_id), str(one.supervised_id), str(one.area_id),
            day(one.starts_on), day(one.ends_on)]  # fmt: skip


ROUND = Kind("round", _round)
