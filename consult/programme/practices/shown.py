"""What the pages of models and criteria show, for who corrects them or makes something public."""

from collections.abc import Sequence

from consult.programme import heads
from consult.programme.practices import acts, criteria, practice_facts, registry, scores
from consult.shown import About, Kind, Shown, digest


def _practice(about: About) -> Sequence[Shown]:
    programme = heads.found(about.session, about.values["slug"])
    found = registry.practice_of(about.session, programme, about.values["number"])
    registry.require_writer(found, about.actor)
    said = [[acts.told_act(found, act), act.consent, bool(act.released_at)] for act in found.acts]
    parts = {"practice": digest(practice_facts.facts_of(found), found.contact, said)}
    return [Shown(str(found.id), parts, {"title": found.title, "summary": found.summary})]


def _criteria(about: About) -> Sequence[Shown]:
    programme, year = heads.found(about.session, about.values["slug"]), about.values["year"]
    criteria.require_front(programme, about.actor)
    known = criteria.versions(about.session, programme, year)
    waiting = scores.scores(about.session, programme, year, public=False)
    told = [[criteria.told_criteria(one), bool(one.released_at)] for one in known]
    parts = {"criteria": digest(told, [scores.told_score(one) for one in waiting])}
    return [Shown(f"{programme.consultation_id}-{year}", parts, {})]


PRACTICE = Kind("practice", _practice)
CRITERIA = Kind("criteria", _criteria)
