"""The forms of campaigns and of what was counted, as plain values."""

from typing import Any
from uuid import UUID

from consult.files.signed_files import KeptFile
from consult.programme.campaigns.typed import NewCampaign, NewResult
from consult.programme.forms import Form, days, key

TEXTS = ("title", "kind", "about", "measures", "reason")
COUNTED = ("measure", "amount", "place", "source", "consent", "reason")


def campaign(form: Form) -> NewCampaign:
    """A campaign as typed. Raises Invalid for what is no day."""
    whole: dict[str, Any] = {name: form.get(name, "") for name in TEXTS} | days(form, "starts_on", "ends_on")
    return NewCampaign(**whole, bodies=_keys(form, "bodies"), areas=_keys(form, "areas"))


def result(form: Form, file: KeptFile | None) -> NewResult:
    """What was counted, as typed, with its picture. Raises Invalid for what is no day."""
    whole: dict[str, Any] = {name: form.get(name, "") for name in COUNTED} | days(form, "day")
    return NewResult(
        body_id=key(form, "body"), area_id=key(form, "area"), file=file,
        drops_picture=bool(form.get("drops_picture")), **whole,
    )  # fmt: skip


def _keys(form: Form, name: str) -> tuple[UUID, ...]:
    return tuple(found for found in map(_key, form.getlist(name)) if found is not None)


def _key(typed: str) -> UUID | None:
    try:
        return UUID(typed)
    except ValueError:
        return None
