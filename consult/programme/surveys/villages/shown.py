"""What the page of a village shows of its link, for who renames, renews or ends it."""

from collections.abc import Sequence

from consult.programme import heads
from consult.programme.surveys import planning
from consult.programme.surveys.entering import where
from consult.programme.surveys.villages import links
from consult.shown import About, Kind, Shown, digest


def _village(about: About) -> Sequence[Shown]:
    session, values = about.session, about.values
    survey = planning.survey_of(session, heads.public(session, values["slug"]), values["number"])
    where.require_enters(session, survey, values["area_id"], about.actor)
    found = links.numbered(session, survey, values["area_id"], values["village"])
    parts = {"village": digest(found.name, found.key_number, bool(found.key_ended_at))}
    return [Shown(str(found.id), parts, {"title": found.name})]


VILLAGE = Kind("survey_village", _village)
