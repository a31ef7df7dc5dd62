"""An exchange in the names of its forms."""

from collections.abc import Mapping, Sequence
from datetime import date

from consult.programme.exchanges.models import Exchange
from consult.programme.facts import day
from consult.programme.head_models import Programme
from consult.programme.words import QUARTERS

MONTHS = 3


def quarter(today: date) -> Mapping[str, str]:
    """The quarter of a local day, chosen at first."""
    return {"quarter": f"{today.year}-{(today.month - 1) // MONTHS + 1}"}


def quarters(programme: Programme, there: Sequence[Exchange]) -> list[tuple[int, int]]:
    """The quarters of a programme that have no exchange yet, in their order."""
    known = {(one.year, one.quarter) for one in there}
    years = range(programme.valid_from.year, programme.valid_to.year + 1)
    return [(year, number) for year in years for number in QUARTERS if (year, number) not in known]


def minutes(one: Exchange) -> Mapping[str, str]:
    """What the form of the minutes begins with."""
    told = {
        "held_on": day(one.held_on), "place": one.place, "first_leader": one.first_leader,
        "second_leader": one.second_leader, "attendants": one.attendants, "minutes": one.minutes,
    }  # fmt: skip
    for party, (_body, name) in zip(one.programme.further, one.leaders[2:], strict=True):
        told[f"leader-{party.number}"] = name
    for item in one.items:
        told[f"place-{item.id}"], told[f"note-{item.id}"] = str(item.place), item.note
    return told
