"""The forms of a programme and of a task, as plain values."""

from datetime import date
from typing import Any
from uuid import UUID

from consult.errors import Invalid
from consult.files.signed_files import KeptFile
from consult.programme.forms import Form, days, key
from consult.programme.year.parties import FIRST_FURTHER, MOST_FURTHER, NewParty
from consult.programme.year.programmes import NewProgramme
from consult.programme.year.tasks import NewTask

PLACES = range(FIRST_FURTHER, FIRST_FURTHER + MOST_FURTHER + 1)
"""The lines of further parties that are read: one more than there may be, so that it is said."""


def programme(form: Form, file: KeptFile | None) -> NewProgramme:
    """A programme as typed. Raises Invalid for what is no day."""
    texts = {name: form.get(name, "") for name in ("title", "first_unit", "second_unit", "number", "sentences")}
    bodies = {f"{name}_id": key(form, name) for name in ("first_party", "second_party", "parent")}
    whole: dict[str, Any] = {**texts, **bodies, **days(form, "signed_on", "valid_from", "valid_to"), "file": file}
    return NewProgramme(**whole, further=_further(form))


def placed(form: Form, wrong: Invalid) -> Invalid:
    """What is wrong at the lines of the form: the parties that were chosen are numbered, and lines between them may be
    empty."""
    places = [place for place, _body in _chosen(form)]
    at = {f"further-{number}": f"further-{place}" for number, place in enumerate(places, FIRST_FURTHER)}
    return Invalid({at.get(name, name): code for name, code in wrong.errors.items()})


def _further(form: Form) -> tuple[NewParty, ...]:
    """The parties that were chosen, in their order; a line where none was counts as not written."""
    return tuple(
        NewParty(body, form.get(f"further_unit-{place}", ""), form.get(f"signs_as-{place}", ""))
        for place, body in _chosen(form)
    )


def _chosen(form: Form) -> list[tuple[int, UUID]]:
    chosen = ((place, key(form, f"further-{place}")) for place in PLACES)
    return [(place, body) for place, body in chosen if body is not None]


def task(form: Form) -> NewTask:
    """A task as typed. Raises Invalid for what is no day."""
    names = ("text", "others", "money", "source", "output", "sentence", "reason")
    texts = {name: form.get(name, "") for name in names}
    whole: dict[str, Any] = {**texts, **days(form, "due_on")}
    return NewTask(by_id=key(form, "by"), area_id=key(form, "area"), **whole)


def taken_over(form: Form) -> tuple[frozenset[UUID], date | None]:
    """Which open promises go on, and until which day. Raises Invalid for what is no day; what is no id of ours counts
    as not chosen."""
    chosen = (key(Form([("chosen", one)]), "chosen") for one in form.getlist("chosen"))
    return frozenset(one for one in chosen if one is not None), days(form, "taken_due_on")["taken_due_on"]
