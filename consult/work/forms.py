"""The forms by which work is handed over, or somebody stands in, as plain values."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from werkzeug.datastructures import MultiDict

from consult.errors import Invalid, NotFound
from consult.text import day_of, one_line


def person(typed: MultiDict[str, str], name: str) -> UUID | None:
    """Who was chosen, None when nobody was. Raises NotFound for what is no id."""
    try:
        return UUID(typed[name]) if typed.get(name) else None
    except ValueError as bad:
        raise NotFound from bad


@dataclass(frozen=True)
class NewDeputy:
    """Which place (a Membership) is taken by whom, from which local day until which."""

    place: UUID
    deputy: UUID
    first_day: date | None
    last_day: date | None


def deputy(typed: MultiDict[str, str]) -> NewDeputy:
    """What was typed. Raises Invalid with what is missing or no day, NotFound for what is no id."""
    place, chosen = person(typed, "place"), person(typed, "deputy")
    errors = {name: "choose_one" for name, given in (("place", place), ("deputy", chosen)) if given is None}
    days: dict[str, date | None] = {}
    for name in ("first_day", "last_day"):
        said = one_line(typed.get(name, ""))
        days[name] = day_of(said) if said else None
        if said and days[name] is None:
            errors[name] = "not_a_date"
    if not one_line(typed.get("last_day", "")):
        errors["last_day"] = "required"
    if errors or place is None or chosen is None:
        raise Invalid(errors)
    return NewDeputy(place, chosen, **days)
