"""Who acts, and on what: all that the policy needs to know of either."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol
from uuid import UUID

from consult.people.words import Level, OrganisationKind, Role
from consult.stages import StageFacts


@dataclass(frozen=True)
class Seat:
    """One role that a person holds for an organisation."""

    organisation_id: UUID
    organisation_kind: OrganisationKind
    level: Level
    role: Role
    unit_id: UUID | None = None


@dataclass(frozen=True)
class Actor:
    """Who acts: a signed-in person with their seats, or anybody (no `user_id`)."""

    user_id: UUID | None = None
    name: str = ""
    seats: tuple[Seat, ...] = field(default=())

    def holds(self, *roles: Role, organisation: UUID | None = None) -> bool:
        """Whether the person holds one of `roles`, for `organisation` when one is named."""
        return any(
            seat.role in roles and (organisation is None or seat.organisation_id == organisation) for seat in self.seats
        )


ANYBODY = Actor()


class Matter(StageFacts, Protocol):
    """What the policy needs to know of a consultation."""

    id: UUID
    lead_id: UUID
    answering_id: UUID
    sealed_at: datetime | None
