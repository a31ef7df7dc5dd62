"""What the page of a survey shows of it, for who changes it, opens it, freezes it or makes it public."""

from collections.abc import Sequence

from consult.programme.surveys import opening, planning
from consult.programme.surveys.publishing import results
from consult.shown import About, Kind, Shown, digest


def _survey(about: About) -> Sequence[Shown]:
    found = planning.own_survey(about.session, about.values["slug"], about.values["number"], about.actor)
    said = [bool(found.opened_at), bool(found.frozen_at), bool(found.released_at)]
    parts = {"survey": digest(opening.told(found), said, results.answers_in(about.session, found))}
    return [Shown(str(found.id), parts, {"title": found.title})]


SURVEY = Kind("survey", _survey)
