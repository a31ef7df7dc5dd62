"""What the forms about branches sent, as plain values."""

from typing import Any
from uuid import UUID

from consult.collections.branches.service import NewBranch


def branch(form: Any, area_id: UUID | None, unknown_area: str, organisation_id: UUID | None) -> NewBranch:
    """One branch as typed; what its commune is was looked up already."""
    return NewBranch(
        form.get("name", ""),
        organisation_id,
        area_id,
        form.get("contact_name", ""),
        form.get("telephone", ""),
        form.get("mail", ""),
        unknown_area,
    )


def ids(values: list[str]) -> list[UUID]:
    """The ids that were ticked; what is none is left out."""
    return [one for one in map(_id, values) if one is not None]


def _id(value: str) -> UUID | None:
    try:
        return UUID(value)
    except ValueError:
        return None
