"""Bodies that the site knows as branches: those of one kind and level together, so that many are asked in one act."""

from collections.abc import Collection as Several
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from consult.collections import sums
from consult.collections.branches.service import NewBranch
from consult.collections.models import Collection
from consult.people.models import Organisation
from consult.people.organisations import organisations
from consult.people.words import Level, OrganisationKind

KINDS = (
    OrganisationKind.FRONT_COMMITTEE,
    OrganisationKind.SOCIO_POLITICAL,
    OrganisationKind.MEMBER,
    OrganisationKind.RELIGIOUS,
    OrganisationKind.COMMUNITY,
)
"""Whose branches collect: administrative bodies do not."""


@dataclass(frozen=True)
class Group:
    """The bodies of one kind and level, by name; `key` is what a form calls them."""

    kind: OrganisationKind
    level: Level
    bodies: Sequence[Organisation]

    @property
    def key(self) -> str:
        """As a form writes it."""
        return f"{self.kind}.{self.level}"


def groups(session: Session, collection: Collection, day: date) -> list[Group]:
    """The bodies of the local `day` that are no branch of a collection yet, nor who collects."""
    known = {one.organisation_id for one in sums.branches_of(session, collection.id)} | {collection.organisation_id}
    found = []
    for kind in KINDS:
        free = [one for one in organisations(session, kind=kind, day=day) if one.id not in known]
        by_level = [Group(kind, level, [one for one in free if one.level is level]) for level in Level]
        found += [group for group in by_level if group.bodies]
    return found


def wanted(found: Sequence[Group], whole: Several[str], ids: Several[UUID]) -> list[NewBranch]:
    """A branch for each body that was ticked, itself or with its whole group, reached as the site knows it."""
    chosen = [one for group in found for one in group.bodies if group.key in whole or one.id in ids]
    return [NewBranch(one.name, one.id, one.area_id, telephone=one.telephone, mail=one.mail) for one in chosen]
