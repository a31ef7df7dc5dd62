"""What the page of a case shows of it, for who makes it public, joins a sighting to it or takes one out."""

from collections.abc import Sequence

from consult.programme.facts import day
from consult.programme.sightings import cases
from consult.shown import About, Kind, Shown, digest


def _case(about: About) -> Sequence[Shown]:
    case = cases.case_of(about.session, about.matter, about.values["number"])
    one, joined = case.promise, cases.numbers_of(case)
    texts = {"text": one.text, "due_on": day(one.due_on)}
    told = digest(
        one.text,
        day(one.due_on),
        str(one.by_id),
        cases.details(case),
        joined,
        bool(one.public_at),
        bool(case.unreported_since),
    )
    return [Shown(str(case.id), {"case": told}, texts)]


CASE = Kind("case", _case)
