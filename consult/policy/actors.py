"""Who acts, and on what: all that the policy needs to know of either."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol
from uuid import UUID

from consult.people.words import Level, OrganisationKind, Role
from consult.stages import StageFacts


@dataclass(frozen=True)
class Seat:
    """One role that a person holds for an organisation; `writer_sends`: who wrote its letter may send it."""

    organisation_id: UUID
    organisation_kind: OrganisationKind
    level: Level
    role: Role
    unit_id: UUID | None = None
    writer_sends: bool = False


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

    def posts(self, matter: "Matter", *roles: Role) -> bool:
        """Whether the person holds one of `roles` for the body that posts `matter`, which is no investor when an
        investor answers."""
        posting = [seat for seat in self.seats if seat.organisation_id == posting_body(matter) and seat.role in roles]
        return any(not investor_answers(matter) or seat.organisation_kind is not INVESTOR for seat in posting)

    def sends_own(self, organisation: UUID) -> bool:
        """Whether the person may send for a body what they wrote themselves."""
        return any(seat.writer_sends and seat.role is Role.SENDER and seat.organisation_id == organisation
                   for seat in self.seats)  # fmt: skip

    def works_for(self, organisation: UUID) -> bool:
        """Whether the person holds any role for a body."""
        return any(seat.organisation_id == organisation for seat in self.seats)


ANYBODY = Actor()
INVESTOR = OrganisationKind.INVESTOR
EIA_STATUTORY = "eia_statutory"
"""The one procedure whose answers are an investor's (consultations/words.py has them all)."""


class Matter(StageFacts, Protocol):
    """What the policy needs to know of a consultation."""

    id: UUID
    lead_id: UUID
    answering_id: UUID
    issuing_id: UUID
    sealed_at: datetime | None

    @property
    def procedure(self) -> str:
        """Under which rules people are asked."""


def investor_answers(matter: Matter) -> bool:
    """Whether it is the statutory consultation on an ĐTM: what people say is answered by the investor (chủ dự án) whose
    project it is (Luật Bảo vệ môi trường 2020, Điều 33 khoản 1), and posted and judged by somebody else."""
    return matter.procedure == EIA_STATUTORY


def posting_body(matter: Matter) -> UUID:
    """The body that posts a matter, receives and judges what comes, and concludes: the one in charge. Where an earlier
    release let an investor be in charge of what it answers itself, it is the one that appraises the report, on whose
    site that is posted by law (Nghị định 08/2022/NĐ-CP, Điều 26)."""
    if investor_answers(matter) and matter.lead_id == matter.answering_id:
        return matter.issuing_id
    return matter.lead_id


def appraises(actor: Actor, matter: Matter, *roles: Role) -> bool:
    """Whether somebody holds one of `roles` for the body that appraises the report of an investor who answers. Where
    that body posts the matter itself, its people read as who posts."""
    if not investor_answers(matter) or matter.issuing_id in (posting_body(matter), matter.answering_id):
        return False
    own = [seat for seat in actor.seats if seat.organisation_id == matter.issuing_id and seat.role in roles]
    return any(seat.organisation_kind is not INVESTOR for seat in own)


def writer_sends(kind: OrganisationKind, level: Level, setting: bool | None) -> bool:
    """Whether one person may write and send the letters of a body: as an administrator set it, otherwise where it is
    small, below the province (a parish, a commune's committee) or a community."""
    if setting is not None:
        return setting
    return kind is OrganisationKind.COMMUNITY or level in BELOW_PROVINCE


BELOW_PROVINCE = frozenset({Level.DISTRICT, Level.COMMUNE, Level.COMMUNITY})
