"""What the forms of printed sheets and piles hold, as plain values."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask import current_app

from consult.errors import Invalid
from consult.files.paper_forms.layout import CHOICES
from consult.responses.paper.returned import UNSURE, Returned
from consult.responses.paper.said import Said
from consult.text import day_of

NONE = "none"
"""No box is ticked: said by a person, where the machine was not sure."""
_NAMES = {"received_at": "received_on", "person_name": "name", "sender.contact": "contact"}


def sheets(typed: Mapping[str, str]) -> int:
    """How many sheets are wanted. Raises Invalid for what is no number."""
    given = typed.get("sheets", "").strip()
    if not (given.isascii() and given.isdigit() and len(given) < 6):
        raise Invalid({"sheets": "sheets_out_of_range"})
    return int(given)


def received_on(typed: Mapping[str, str], today: date) -> date:
    """When the papers came; today when nothing was typed. Raises Invalid."""
    given = typed.get("received_on", "").strip()
    day = day_of(given) if given else today
    if day is None:
        raise Invalid({"received_on": "not_a_date"})
    return day


def lookup_address() -> str:
    """Where codes are looked up, as it is printed."""
    site: str = current_app.config["SITE_URL"]
    return f"{site}/tra-cuu/"


def proposed(sheet: Returned) -> dict[str, Any]:
    """What stands in the form of a sheet before a person looked: nothing where the machine is not sure."""
    choices = {f"clause.{n}": "" if one == UNSURE else one or NONE for n, one in enumerate(sheet.choices)}
    return {**choices, "publish": "" if sheet.publish == UNSURE else sheet.publish}


def said(typed: Mapping[str, str], sheet: Returned) -> Said:
    """A sheet as a person confirmed it. Raises Invalid where a clause was not said."""
    choices, errors = [], {}
    for number in range(len(sheet.form.clauses)):
        given = typed.get(f"clause.{number}", "")
        if given not in {*CHOICES, NONE}:
            errors[f"clause.{number}"] = "choose_one"
        choices.append(given if given in CHOICES else "")
    if errors:
        raise Invalid(errors)
    words = {name: typed.get(name, "") for name in ("text", "name", "place", "contact", "day")}
    return Said(tuple(choices), **words, publish=bool(typed.get("publish")), as_general=bool(typed.get("as_general")))


def named(errors: Mapping[str, str]) -> dict[str, str]:
    """Errors by the fields of the form: what is wrong with one opinion is told of the text."""
    found = {}
    for name, code in errors.items():
        field = _NAMES.get(name, name.rpartition(".")[2] if name.startswith("opinions.") else name)
        found["text" if name.startswith("comments.") else _NAMES.get(field, field)] = code
    return found
