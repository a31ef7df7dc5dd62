"""What the forms of administration bring, read into plain values."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import TypeVar
from uuid import UUID

from consult import clock
from consult.administration.reference.holidays import HolidayKind
from consult.errors import Invalid
from consult.people.models import Membership, Organisation
from consult.people.organisations import NewOrganisation
from consult.people.successions import MOST_HEIRS
from consult.people.words import Level, OrganisationKind, Role, Standing
from consult.text import day_of, one_line
from consult.web.catalogue import say

Form = Mapping[str, str]
CORRECTED = ("name", "short_name", "kind", "standing", "office", "mail")
Word = TypeVar("Word", bound=StrEnum)


@dataclass(frozen=True)
class Granting:
    """A role to give: for which organisation and unit, from and to which local day."""

    organisation_id: UUID
    unit_id: UUID | None
    role: Role
    first_day: date | None
    last_day: date | None
    deputy_mail: str = ""
    """The address of whose place is taken."""


def granting(form: Form) -> Granting:
    """Raises Invalid."""
    organisation_id = needed_id(form, "organisation")
    days = day(form, "first_day"), day(form, "last_day")
    deputy_mail = one_line(form.get("deputy_for", ""))
    return Granting(organisation_id, identifier(form, "unit"), word(form, "role", Role), *days, deputy_mail)


def organisation(form: Form) -> NewOrganisation:
    """An organisation as typed. Raises Invalid."""
    return NewOrganisation(
        name=form.get("name", ""),
        kind=word(form, "kind", OrganisationKind),
        level=word(form, "level", Level),
        short_name=form.get("short_name", "")[:300],
        area_id=identifier(form, "area"),
        place=form.get("place", "")[:200],
        valid_from=day(form, "valid_from"),
        standing=optional_word(form, "standing", Standing),
    )


def heirs(form: Form, old: Organisation) -> list[NewOrganisation]:
    """The bodies that take over from `old`, as typed: of its kind, level and standing. Raises Invalid, also for one
    that is left out before another: people are given to them by number."""
    names = [one_line(form.get(f"name-{number}", "")) for number in range(MOST_HEIRS)]
    count = max((number + 1 for number, name in enumerate(names) if name), default=0)
    left_out = {f"name-{number}": "required" for number in range(count) if not names[number]}
    if left_out:
        raise Invalid(left_out)
    return [
        NewOrganisation(
            name=names[number],
            kind=old.kind,
            level=old.level,
            area_id=identifier(form, f"area-{number}") or old.area_id,
            place=old.place,
            standing=old.standing,
        )
        for number in range(count)
    ]


def goes_to(form: Form, seats: Iterable[Membership], heirs: int) -> dict[UUID, int]:
    """With which of so many heirs each seat goes on. Raises Invalid for one that is not there."""
    found: dict[UUID, int] = {}
    for seat in seats:
        typed = form.get(f"seat-{seat.id}", "")
        if typed and not (typed.isdigit() and 0 < int(typed) <= heirs):
            raise Invalid({f"seat-{seat.id}": "not_a_choice"})
        if typed:
            found[seat.id] = int(typed) - 1
    return found


def correction(form: Form) -> tuple[dict[str, str], dict[str, str], str]:
    """What was seen of a body, unit or person, what it should be, and why; each by the name of its field."""
    seen = {name: form.get(f"seen_{name}", "") for name in CORRECTED if f"seen_{name}" in form}
    return seen, {name: form.get(name, "") for name in CORRECTED}, form.get("reason", "")


def holiday(form: Form) -> tuple[date, HolidayKind, str, str]:
    """A row of the holidays table. Raises Invalid."""
    return needed_day(form, "day"), word(form, "kind", HolidayKind), form.get("name", ""), form.get("source", "")


def day(form: Form, name: str) -> date | None:
    """A day as typed: 21/3/2027 or 2027-03-21; None for nothing. Raises Invalid for anything else."""
    typed = one_line(form.get(name, ""))
    if not typed:
        return None
    read = day_of(typed)
    if read is None:
        raise Invalid({name: "not_a_date"})
    return read


def moment(form: Form, name: str) -> datetime:
    """A local day (`<name>_day`) and a time of it as typed, 20:10 or 20h10 (`<name>_time`), as an instant. Raises
    Invalid."""
    day, typed = needed_day(form, f"{name}_day"), one_line(form.get(f"{name}_time", ""))
    read = re.fullmatch(r"([01]?\d|2[0-3])[:hg]([0-5]\d)", typed)
    if read is None:
        raise Invalid({f"{name}_time": "not_a_time" if typed else "required"})
    return clock.start_of_day(day) + timedelta(hours=int(read[1]), minutes=int(read[2]))


def needed_day(form: Form, name: str) -> date:
    """A day that has to be given. Raises Invalid."""
    read = day(form, name)
    if read is None:
        raise Invalid({name: "required"})
    return read


def identifier(form: Form, name: str) -> UUID | None:
    """An id as a list of choices sends it; None for the empty choice. Raises Invalid."""
    typed = form.get(name, "").strip()
    try:
        return UUID(typed) if typed else None
    except ValueError as bad:
        raise Invalid({name: "not_a_choice"}) from bad


def needed_id(form: Form, name: str) -> UUID:
    """An id that has to be given. Raises Invalid."""
    read = identifier(form, name)
    if read is None:
        raise Invalid({name: "not_a_choice"})
    return read


def word(form: Form, name: str, words: type[Word]) -> Word:
    """One of `words`. Raises Invalid."""
    try:
        return words(form.get(name, ""))
    except ValueError as bad:
        raise Invalid({name: "not_a_choice"}) from bad


def optional_word(form: Form, name: str, words: type[Word]) -> Word | None:
    """One of `words`, or None for the empty choice. Raises Invalid."""
    return word(form, name, words) if form.get(name, "") else None


def choices(prefix: str, words: type[StrEnum]) -> list[tuple[str, str]]:
    """The codes of `words` with their sentences, for a list of choices."""
    return [(one.value, say(f"{prefix}.{one.value}")) for one in words]


def year(typed: str, present: int) -> int:
    """A year of the address, or the present one for anything that is none."""
    return int(typed) if re.fullmatch(r"(19|20|21)\d\d", typed) else present
