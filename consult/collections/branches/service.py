"""The branches of a collection: added one by one or many at once, renamed, their keys renewed and ended."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult.collections.branches import keys
from consult.collections.models import Branch, Collection
from consult.db import Lock, new_id, writing
from consult.errors import Invalid
from consult.people import mail_addresses, telephones
from consult.submissions.inputs import SHORT_LIMIT, Codes
from consult.text import blank, folded, one_line

MOST_AT_ONCE = 1_000


@dataclass(frozen=True)
class NewBranch:
    """A branch as typed: a body that the site knows, or a name alone. `unknown_area` are words for a commune that is
    not known; without an area it lies in that of the branch above it."""

    name: str
    organisation_id: UUID | None = None
    area_id: UUID | None = None
    contact_name: str = ""
    telephone: str = ""
    mail: str = ""
    unknown_area: str = ""


def add(
    session: Session,
    collection: Collection,
    parent: Branch | None,
    wanted: Sequence[NewBranch],
    codes: Codes,
    now: datetime,
) -> list[Branch]:
    """Adds branches to a collection, or below a branch of it, all or none; who calls knows that they may.

    Raises Invalid with every row that is wrong ({"branches.2.name": "name_in_use"}): one name stands once below one
    parent.
    """
    around = parent.area_id if parent else None
    cleaned = [replace(_cleaned(one), area_id=one.area_id or around) for one in wanted]
    collection_id, parent_id = collection.id, parent.id if parent else None
    with writing(session, Lock.COLLECTIONS):
        siblings = session.scalars(
            select(Branch.name).where(Branch.collection_id == collection_id, Branch.parent_id == parent_id)
        )
        _check(cleaned, {folded(name) for name in siblings})
        last = session.scalar(select(func.max(Branch.number)).where(Branch.collection_id == collection_id)) or 0
        made = []
        for place, one in enumerate(cleaned):
            branch = _branch(one, collection_id, parent_id, last + place + 1, now)
            branch.key_hash = keys.key_hash(keys.make(branch.id, 1, codes), codes)
            made.append(branch)
        session.add_all(made)
    return made


def change(session: Session, branch: Branch, new: NewBranch) -> bool:
    """Its name, area and who to reach, put right. Gives whether there was another mail address before: who reads what
    comes there has its link, and goes on coming in by it. Raises Invalid as `add` for one row."""
    cleaned, branch_id = _cleaned(new), branch.id
    with writing(session, Lock.COLLECTIONS):
        held = session.get_one(Branch, branch_id)
        others = session.scalars(
            select(Branch.name).where(
                Branch.collection_id == held.collection_id, Branch.parent_id == held.parent_id, Branch.id != branch_id
            )
        )
        _check([cleaned], {folded(name) for name in others})
        held.name, held.organisation_id, held.area_id = cleaned.name, cleaned.organisation_id, cleaned.area_id
        elsewhere = bool(held.mail) and folded(held.mail) != folded(cleaned.mail)
        held.contact_name, held.telephone, held.mail = cleaned.contact_name, cleaned.telephone, cleaned.mail
    return elsewhere


def renew_key(session: Session, branch: Branch, codes: Codes) -> None:
    """A new key; sheets and browsers with the old one come in no more, and one that was ended comes back to life."""
    branch_id = branch.id
    with writing(session, Lock.COLLECTIONS):
        held = session.get_one(Branch, branch_id)
        held.key_number += 1
        held.key_hash = keys.key_hash(keys.make(held.id, held.key_number, codes), codes)
        held.key_ended_at = None


def end_key(session: Session, branch: Branch, now: datetime) -> None:
    """Nobody comes in by its link any more; what it recorded stays."""
    branch_id = branch.id
    with writing(session, Lock.COLLECTIONS):
        held = session.get_one(Branch, branch_id)
        held.key_ended_at = held.key_ended_at or now


def _branch(one: NewBranch, collection_id: UUID, parent_id: UUID | None, number: int, now: datetime) -> Branch:
    return Branch(
        id=new_id(),
        collection_id=collection_id,
        number=number,
        parent_id=parent_id,
        organisation_id=one.organisation_id,
        name=one.name,
        area_id=one.area_id,
        contact_name=one.contact_name,
        telephone=one.telephone,
        mail=one.mail,
        added_at=now,
        key_number=1,
    )


def _cleaned(one: NewBranch) -> NewBranch:
    return replace(
        one,
        name=one_line(one.name),
        contact_name=one_line(one.contact_name),
        telephone=one_line(one.telephone),
        mail=one_line(one.mail),
    )


def _check(wanted: Sequence[NewBranch], there: set[str]) -> None:
    errors = {}
    seen = set(there)
    if not 0 < len(wanted) <= MOST_AT_ONCE:
        errors["branches"] = "required" if not wanted else "too_many_branches"
    for row, one in enumerate(wanted):
        errors.update({f"branches.{row}.{name}": code for name, code in _wrong(one, seen).items()})
        seen.add(folded(one.name))
    if errors:
        raise Invalid(errors)


def _wrong(one: NewBranch, seen: set[str]) -> dict[str, str]:
    errors = {
        name: "too_long" for name in ("name", "contact_name", "telephone") if len(getattr(one, name)) > SHORT_LIMIT
    }
    if blank(one.name):
        errors["name"] = "required"
    elif folded(one.name) in seen:
        errors["name"] = "name_in_use"
    if one.unknown_area:
        errors["area"] = "unknown_commune"
    if one.telephone and (lacking := telephones.problem(one.telephone)):
        errors["telephone"] = lacking
    if one.mail and (wrong := mail_addresses.problem(one.mail)):
        errors["mail"] = wrong
    return errors
