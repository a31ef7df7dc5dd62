"""The forms of results, as plain values."""

from consult.files.signed_files import KeptFile
from consult.programme.forms import Form, key
from consult.programme.indicators.entering import NewValues

VALUE = "value-"


def values(form: Form, year: int, file: KeptFile | None) -> NewValues:
    """What a commune entered, with its source."""
    typed = {name.removeprefix(VALUE): said for name, said in form.items() if name.startswith(VALUE)}
    return NewValues(year, key(form, "area"), typed, file, form.get("note", ""), form.get("reason", ""))


def chosen(form: Form) -> list[int]:
    """The numbers of the values that were ticked; what is no number of ours counts as not ticked."""
    typed = form.getlist("chosen")
    return [int(one) for one in typed if one.isascii() and one.isdigit() and len(one) < 10]


def refused(form: Form) -> str | None:
    """Why they are refused; None where they are confirmed, as the button says."""
    return form.get("refused_reason", "") if form.get("do") == "refuse" else None
