"""The form of the result of an inspection, as plain values."""

from typing import Any

from consult.errors import Invalid
from consult.files.signed_files import KeptFile
from consult.programme.forms import Form, days, key
from consult.programme.inspections.typed import NewInspection
from consult.text import one_line

_TEXTS = ("subject", "kind", "inspected_name", "decision_number", "breaches", "remedy", "reason")


def inspection(form: Form, file: KeptFile | None) -> NewInspection:
    """As typed. Raises Invalid for what is no day and for a fine that is no number."""
    errors: dict[str, str] = {}
    found: dict[str, Any] = {}
    try:
        found = days(form, "inspected_on", "decision_on", "due_on")
    except Invalid as wrong:
        errors |= wrong.errors
    fine = _fine(form, errors)
    if errors:
        raise Invalid(errors)
    texts = {name: form.get(name, "") for name in _TEXTS}
    whole: dict[str, Any] = {**texts, **found, "inspected_id": key(form, "inspected"), "area_id": key(form, "area")}
    return NewInspection(**whole, fine=fine, file=file, hides_earlier=bool(form.get("hides_earlier")))


def _fine(form: Form, errors: dict[str, str]) -> int | None:
    """Đồng; dots and spaces between thousands are left out, as people write them."""
    typed = one_line(form.get("fine", ""))
    digits = typed.replace(".", "").replace(" ", "")
    if not typed:
        return None
    if not (digits.isascii() and digits.isdigit() and len(digits) < 16):
        errors["fine"] = "not_a_number"
        return None
    return int(digits) or None
