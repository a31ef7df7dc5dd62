"""The forms of publications and orders, as plain values."""

from typing import Any

from consult.files.signed_files import KeptFile
from consult.programme.forms import Form, days, key
from consult.programme.materials.library import NewMaterial
from consult.programme.materials.orders import NewOrder

TEXTS = ("title", "topic", "form", "language", "made_by", "licence", "about", "note")


def material(form: Form, file: KeptFile | None) -> NewMaterial:
    """A publication as typed, with its file."""
    return NewMaterial(**{name: form.get(name, "") for name in TEXTS}, file=file)


def order(form: Form) -> NewOrder:
    """An order as typed. Raises Invalid for what is no day."""
    whole: dict[str, Any] = {name: form.get(name, "") for name in ("copies", "place", "text")}
    whole |= {"body_id": key(form, "body"), "material_id": key(form, "material")} | days(form, "needed_on")
    return NewOrder(**whole, specialist=form.get("specialist") == "1")
