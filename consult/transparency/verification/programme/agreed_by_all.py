"""Whether what the parties of a programme agreed to was agreed to by a person of each."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy.orm import Session

from consult.programme.head_models import Agreement, FurtherParty, Programme
from consult.transparency.row_reading import rows_of


def by_all(session: Session, programme: Programme, things: Collection[UUID]) -> bool:
    """Whether to each of these things every party agreed, each by another person."""
    parties = {programme.first_party_id, programme.second_party_id}
    parties |= {one.body_id for one in rows_of(session, FurtherParty, programme.consultation_id)}
    found = rows_of(session, Agreement, programme.consultation_id)
    own = [[(one.body_id, one.by_id) for one in found if one.thing_id == thing] for thing in things]
    return all(
        {body for body, _by in pairs} == parties and len({by for _body, by in pairs}) == len(pairs) for pairs in own
    )
