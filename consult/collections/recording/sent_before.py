"""Whether what is sent came before: known by its idempotency key, and the same only with the same words."""

from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.collections.models import Branch, CollectedOpinion, EarlierRecord, Gathering
from consult.errors import Refused
from consult.submissions.receiving.lookup_codes import key_hash


def gathering_of(session: Session, branch: Branch, key: str) -> Gathering | None:
    """The gathering of a branch's collection that came with this key."""
    return session.scalar(
        select(Gathering).where(Gathering.collection_id == branch.collection_id, Gathering.key_hash == key_hash(key))
    )


def opinions_of(session: Session, row: Gathering, key: str, how_many: int) -> list[CollectedOpinion]:
    """Those of so many opinions that came with this key, in their order."""
    hashes = [key_of(key, place) for place in range(how_many)]
    found = session.scalars(
        select(CollectedOpinion)
        .where(CollectedOpinion.collection_id == row.collection_id, CollectedOpinion.key_hash.in_(hashes))
        .order_by(CollectedOpinion.number)
    )
    return list(found)


def require_same(session: Session, earlier: Sequence[CollectedOpinion], said: Sequence[Mapping[str, object]]) -> None:
    """Raises Refused("same_key_other_content") unless these are the words that came first: what was corrected since is
    still the same opinion sent again."""
    before = [_first_said(session, one, tuple(said[0])) for one in earlier]
    if before != [{name: _plain(value) for name, value in one.items()} for one in said]:
        raise Refused("same_key_other_content")


def key_of(key: str, place: int) -> str:
    """What the opinion at a place of what was sent with a key is known by."""
    return key_hash(f"{key} {place}")


def _first_said(session: Session, one: CollectedOpinion, names: Sequence[str]) -> dict[str, str]:
    first = session.scalar(
        select(EarlierRecord.said).where(EarlierRecord.opinion_id == one.id, EarlierRecord.version == 1)
    )
    return {name: _plain(first[name] if first else getattr(one, name)) for name in names}


def _plain(value: object) -> str:
    """A value as it is compared with what was kept of it."""
    return str(value if value is not None else "")
