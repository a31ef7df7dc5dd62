"""The report of a survey as a paper that both sides sign, made of the frozen results."""

from typing import Any

from consult import clock
from consult.official_papers.paper import Letterhead
from consult.programme.surveys.models import Survey
from consult.programme.surveys.publishing import results


def told(one: Survey) -> dict[str, Any]:
    """What its template says. Raises NotFound before the results are frozen."""
    found = results.results_told(one)
    assert one.frozen_at is not None
    programme = one.programme
    head = Letterhead(one.body.name, number="", place=one.body.place, day=None)
    return {
        "paper": head, "survey": one, "results": found, "programme": programme,
        "frozen_on": clock.local_day(one.frozen_at),
    }  # fmt: skip
