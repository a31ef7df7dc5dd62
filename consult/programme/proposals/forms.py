"""The form that opens a year of proposals or sightings, as plain values."""

from uuid import UUID

from werkzeug.datastructures import MultiDict

from consult.consultations.matter.choices import Choices
from consult.consultations.words import Kind
from consult.errors import Invalid
from consult.programme.proposals.opening import Opened
from consult.text import one_line, stored

KINDS = tuple(kind for kind in Kind if kind.standing)


def opened(form: MultiDict[str, str], choices: Choices) -> Opened:
    """What was typed; the body must be one of the person's own. Raises Invalid by the field."""
    errors = {}
    body, year = form.get("body", ""), one_line(form.get("year", ""))
    profile = form.get("profile", "")
    if body not in {key for key, _name in choices.own}:
        errors["body"] = "not_a_choice" if body else "required"
    if not (year.isascii() and year.isdigit() and len(year) == 4):
        errors["year"] = "not_a_year"
    if profile and profile not in {key for key, _name in choices.profiles}:
        errors["profile"] = "not_a_choice"
    kind = form.get("kind", "") or Kind.PROPOSALS
    if kind not in KINDS:
        errors["kind"] = "not_a_choice"
    if errors:
        raise Invalid(errors)
    words = one_line(form.get("title", "")), stored(form.get("summary", ""))
    return Opened(UUID(body), int(year), *words, UUID(profile) if profile else None, Kind(kind))
