"""The forms of a round, its steps and what it recommends, as plain values."""

from datetime import date
from typing import Any
from uuid import UUID

from consult.files.signed_files import KeptFile
from consult.programme.forms import Form, days, key
from consult.programme.rounds.planning import NewRound
from consult.programme.rounds.steps import NewStep


def round_(form: Form) -> NewRound:
    """A round as typed. Raises Invalid for what is no day."""
    texts = {name: form.get(name, "") for name in ("subject", "content", "members")}
    bodies = {f"{name}_id": key(form, name) for name in ("lead", "supervised", "area")}
    whole: dict[str, Any] = {**texts, **bodies, **days(form, "starts_on", "ends_on")}
    return NewRound(**whole)


def step(form: Form, file: KeptFile | None, pictures: list[KeptFile]) -> NewStep:
    """A step as typed, with its files; the caption is that of all its pictures. Raises Invalid for what is no day."""
    texts = {name: form.get(name, "") for name in ("kind", "text", "place", "letter_number")}
    with_captions = tuple((one, form.get("caption", "")) for one in pictures)
    whole: dict[str, Any] = {**texts, **days(form, "day")}
    return NewStep(**whole, file=file, pictures=with_captions)


def recommendation(form: Form) -> tuple[str, UUID | None, date | None, UUID | None]:
    """Words, addressee, day and commune of a recommendation. Raises Invalid for what is no day."""
    words, addressee, commune = form.get("recommended", ""), key(form, "addressee"), key(form, "commune")
    return words, addressee, days(form, "due_on")["due_on"], commune
