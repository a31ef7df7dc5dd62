"""The form of a line of the year's plan, as plain values."""

from datetime import date
from uuid import UUID

from werkzeug.datastructures import MultiDict

from consult.errors import Invalid
from consult.programme.plans import NewLine
from consult.text import blank, day_of, one_line

Form = MultiDict[str, str]


def line(form: Form) -> NewLine:
    """What was typed; what is no choice of ours counts as not chosen."""
    quarter = one_line(form.get("quarter", ""))
    return NewLine(
        subject=form.get("subject", ""),
        form=form.get("form", ""),
        ground=form.get("ground", ""),
        lead_id=_key(form.get("lead", "")),
        quarter=int(quarter) if quarter.isascii() and quarter.isdigit() and len(quarter) == 1 else None,
        drafting_body_id=_key(form.get("drafting_body", "")),
        consultation_id=_key(form.get("matter", "")),
        reason=form.get("reason", ""),
    )


def issued_on(form: Form) -> date | None:
    """The day of the paper; None when none was typed. Raises Invalid for what is no day."""
    return days(form, "issued_on")["issued_on"]


def days(form: Form, *names: str) -> dict[str, date | None]:
    """The local days typed in these fields; None where nothing was. Raises Invalid with all that are no days."""
    typed = {name: form.get(name, "") for name in names}
    found = {name: None if blank(said) else day_of(said) for name, said in typed.items()}
    if wrong := {name: "not_a_date" for name, said in typed.items() if not blank(said) and found[name] is None}:
        raise Invalid(wrong)
    return found


def key(form: Form, name: str) -> UUID | None:
    """What was chosen in a field; None for nothing, and for what is no choice of ours."""
    return _key(form.get(name, ""))


def _key(text: str) -> UUID | None:
    try:
        return UUID(one_line(text))
    except ValueError:
        return None
