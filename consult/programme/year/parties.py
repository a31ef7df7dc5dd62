"""The parties of a programme beside that of the Front and that of the state."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.orm import Session

from consult import size_limits
from consult.db import new_id
from consult.people.models import Organisation
from consult.people.words import OrganisationKind
from consult.programme.head_models import FurtherParty, Programme
from consult.text import one_line

MOST_FURTHER = 30
FIRST_FURTHER = 3
"""The place of the first party after that of the Front and that of the state."""


@dataclass(frozen=True)
class NewParty:
    """A party beside the first two: its focal unit, and the line above its name where it signs."""

    body_id: UUID
    unit: str = ""
    signs_as: str = ""


def join(session: Session, programme: Programme, further: Sequence[NewParty]) -> None:
    """These are the further parties from now on, in this order, and no others."""
    own_id = programme.consultation_id
    session.execute(delete(FurtherParty).where(FurtherParty.consultation_id == own_id))
    session.add_all(
        FurtherParty(
            id=new_id(), consultation_id=own_id, number=number, body_id=one.body_id, unit=one_line(one.unit),
            signs_as=one_line(one.signs_as),
        )
        for number, one in enumerate(further, FIRST_FURTHER)
    )  # fmt: skip
    session.flush()
    session.expire(programme, ["further"])


def errors_of(
    session: Session, further: Sequence[NewParty], others: Collection[UUID | None], valid_from: date | None
) -> dict[str, str]:
    """What is wrong with the further parties of a programme that begins on a local day, beside these `others`: any body
    but a community, each once."""
    errors, known = {}, set(others)
    for number, one in enumerate(further, FIRST_FURTHER):
        body = session.get(Organisation, one.body_id)
        if body is None or body.kind is OrganisationKind.COMMUNITY or number >= FIRST_FURTHER + MOST_FURTHER:
            errors[f"further-{number}"] = "not_a_choice"
        elif one.body_id in known:
            errors[f"further-{number}"] = "twice"
        elif max(len(one_line(one.unit)), len(one_line(one.signs_as))) > size_limits.SHORT:
            errors[f"further-{number}"] = "too_long"
        elif valid_from is not None and body.valid_to is not None and valid_from >= body.valid_to:
            errors[f"further-{number}"] = "body_ended"
        known.add(one.body_id)
    return errors
