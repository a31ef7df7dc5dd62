"""The forms of an exchange, as plain values."""

from datetime import date
from typing import Any
from uuid import UUID

from consult.programme.exchanges.preparing import NewMinutes
from consult.programme.forms import Form, days, key
from consult.text import one_line


def quarter(form: Form) -> tuple[int, int]:
    """Year and quarter as chosen ("2026-4"); (0, 0) for what is no choice."""
    year, _between, number = one_line(form.get("quarter", "")).partition("-")
    digits = year.isascii() and year.isdigit() and len(year) == 4 and number in ("1", "2", "3", "4")
    return (int(year), int(number)) if digits else (0, 0)


def minutes(form: Form) -> NewMinutes:
    """What is known of the exchange, and each item as it was arranged. Raises Invalid for what is no day."""
    names = ("place", "first_leader", "second_leader", "attendants", "minutes", "further")
    texts: dict[str, Any] = {name: form.get(name, "") for name in names}
    places = {name.removeprefix("place-"): _place(typed) for name, typed in form.items() if name.startswith("place-")}
    notes = {name.removeprefix("note-"): typed for name, typed in form.items() if name.startswith("note-")}
    held_on = days(form, "held_on")["held_on"]
    leaders = {_place(name.removeprefix("leader-")): said for name, said in form.items() if name.startswith("leader-")}
    texts["further_leaders"] = {place: said for place, said in leaders.items() if place is not None}
    return NewMinutes(
        held_on=held_on, places=places, notes=notes, left_out=frozenset(form.getlist("left_out")), **texts
    )  # fmt: skip


def decision(form: Form) -> tuple[str, UUID | None, date | None, UUID | None]:
    """Words, who does it, day and commune of a decision. Raises Invalid for what is no day."""
    return form.get("decided", ""), key(form, "by"), days(form, "due_on")["due_on"], key(form, "commune")


def _place(typed: str) -> int | None:
    said = one_line(typed)
    return int(said) if said.isascii() and said.isdigit() and len(said) < 6 else None
