"""Whether anything was written of a body since something became of it: in any table that names bodies, found by its
foreign keys. `WHAT_STANDS` says of each what it means that bodies change; a table that is not there fails its test."""

from collections.abc import Iterator
from types import MappingProxyType
from uuid import UUID

from sqlalchemy import Column, Table, select
from sqlalchemy.orm import Session

from consult.administration.models import BodyChange
from consult.db import Base
from consult.people.models import Membership
from consult.people.successions import Moved

WHAT_STANDS = MappingProxyType({
    "consultation.lead_id": "the matter stays its, and the people of the heir go on with it",
    "consultation.answering_id": "the same",
    "consultation.issuing_id": "the same",
    "invitation.organisation_id": "it stays asked under its name; a letter of an heir is its reply",
    "listening_request.organisation_id": "the people of the heir hear and write down",
    "submission.organisation_id": "its name stays on the letter, and its heirs see what it was answered",
    "organisation_draft.organisation_id": "the people of the heir go on with it and send it under its name",
    "collection.organisation_id": "the collection stays its, and the people of the heir read and go on with it",
    "collection_branch.organisation_id": "the branch stays its, under its name, with the link that it has",
    "critique_plan.organisation_id": "the plan stays as it was made, and the heir makes its own",
    "planned_critique.lead_id": "the plan stays as it was made",
    "planned_critique.drafting_body_id": "the same",
    "unit.organisation_id": "a unit stays its; one of the same name is made at the heir for who sits there",
    "membership.organisation_id": "the seat ends, and the same one begins at the heir",
    "role_proposal.organisation_id": "what waits is refused when it is confirmed: `organisation_ended`",
    "body_change.organisation_id": "it is the record of the change",
    "organisation_succession.predecessor_id": "it is the step itself",
    "organisation_succession.successor_id": "the same",
})  # fmt: skip
"""By table and column, what becomes of a row that names a body which another one takes over from."""

OWN = frozenset({"body_change", "organisation_succession"})


def naming() -> Iterator[tuple[Table, Column[UUID]]]:
    """Every column of the house that names a body, with its table."""
    for table in Base.metadata.sorted_tables:
        for key in table.foreign_keys:
            if key.column.table.name == "organisation":
                yield table, key.parent


def written_since(session: Session, change: BodyChange) -> list[str]:
    """The tables with rows that were made after the change and name the body, or one that was made by it; and
    `membership` when a seat that it gave was changed since."""
    moved = Moved(**change.moved)
    found = [table.name for table, column in naming() if table.name not in OWN and _any(session, table, column, change)]
    if _seats_changed(session, moved):
        found.append("membership")
    if _followed_since(session, moved):
        found.append("body_change")
    return sorted(set(found))


def _any(session: Session, table: Table, column: Column[UUID], change: BodyChange) -> bool:
    """Whether a row of `table` that is newer than the change names one of its bodies. Ids tell in which order rows
    were made (`db.new_id`)."""
    moved = Moved(**change.moved)
    bodies = {change.organisation_id, *map(UUID, moved.made)}
    newer = select(table.c.id).where(column.in_(bodies), table.c.id > change.id)
    return session.scalar(newer.limit(1)) is not None


def _followed_since(session: Session, moved: Moved) -> bool:
    """Whether something became of who took over, so that this is not the last word."""
    heirs = [UUID(one) for one in moved.heirs]
    later = select(BodyChange.id).where(BodyChange.organisation_id.in_(heirs), BodyChange.undone_at.is_(None))
    return session.scalar(later.limit(1)) is not None


def _seats_changed(session: Session, moved: Moved) -> bool:
    for _before, after, until in moved.seats:
        if after is None:
            continue
        given = session.get(Membership, UUID(after))
        if given is None or (given.until.isoformat() if given.until else None) != until:
            return True
    return False
