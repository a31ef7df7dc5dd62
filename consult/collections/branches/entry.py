"""Finding a branch: by its key, or by its number for who has come in with its key."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from consult.collections.branches import keys
from consult.collections.models import Branch, Collection
from consult.errors import NotFound
from consult.submissions.inputs import Codes


def by_key(session: Session, typed: str, codes: Codes) -> Branch:
    """The branch whose key this is, however it was typed; NotFound for an unknown key, and one that was ended or
    renewed."""
    key = keys.typed(typed)
    if not key:
        raise NotFound
    found = session.scalar(
        select(Branch)
        .where(Branch.key_hash.in_(keys.key_hashes(key, codes)), Branch.key_ended_at.is_(None))
        .options(joinedload(Branch.collection))
    )
    if found is None:
        raise NotFound
    return found


def by_number(session: Session, collection: int, branch: int) -> Branch:
    """The branch with this number of the collection with that number; raises NotFound."""
    found = session.scalar(
        select(Branch)
        .join(Branch.collection)
        .where(Collection.number == collection, Branch.number == branch)
        .options(joinedload(Branch.collection))
    )
    if found is None:
        raise NotFound
    return found


def held(branch: Branch) -> tuple[UUID, int]:
    """What a browser keeps of the key it came in with: good until the key is renewed or ended."""
    return branch.id, branch.key_number
