"""Which comments are chosen to be shown, for whoever chooses others."""

from collections.abc import Sequence

from consult.responses.changes.pairs import chosen_numbers
from consult.shown import About, Kind, Shown, digest


def _pairs(about: About) -> Sequence[Shown]:
    numbers = chosen_numbers(about.session, about.matter)
    return [Shown("pairs", {"numbers": digest(numbers)}, {"number": ", ".join(map(str, numbers))})]


PAIRS = Kind("pairs", _pairs)
