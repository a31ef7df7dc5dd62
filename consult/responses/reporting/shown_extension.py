"""What the page shows of the day until which answers are due, for whoever moves it."""

from collections.abc import Sequence

from consult import clock
from consult.responses.answers.extension import present_day
from consult.shown import About, Kind, Shown, digest
from consult.web.templating import day


def _day(about: About) -> Sequence[Shown]:
    present = present_day(about.session, about.matter, clock.local_day(about.now))
    return [Shown("day", {"day": digest(str(present))}, {"last_day": day(present)})]


ANSWER_DAY = Kind("answer_day", _day)
