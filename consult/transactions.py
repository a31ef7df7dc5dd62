"""Where every transaction that writes begins, commits and is rolled back.

`db.writing` does it for a session and `Database.writing` for a connection without one; a group commit is one of the
latter. All of them wait for the write lock first, then take the locks of the act (`consult/locks.py`, in one order),
then read and write. What the driver fails at is an error of SQLAlchemy here as anywhere: `storage_faults` tells what it
means for who asks.
"""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from uuid import UUID

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from consult import postgresql, sqlite
from consult.locks import Lock, take

WRITES = {"consult_writing": True}
"""The execution option that tells `sqlite` that a transaction will write."""

WriteLock = sqlite.WriteLock | postgresql.WriteLock


@contextmanager
def transaction(
    owner: Session | Connection, of: UUID | Lock, held: list[UUID | Lock], write_lock: WriteLock | None
) -> Iterator[None]:
    """One transaction of `owner`, which has none open, for the block: commits when it ends, rolls back when it raises.

    `of` is locked before anything is read, and noted in `held`. Without a `write_lock` nobody else writes to this
    database. Raises Unavailable("busy") when the turn to write does not come.
    """
    with nullcontext() if write_lock is None else write_lock.held():
        try:
            take(_begun(owner), of, held)
            yield
            owner.commit()
        except BaseException:
            owner.rollback()
            raise


def _begun(owner: Session | Connection) -> Connection:
    if isinstance(owner, Session):
        # What was loaded before is read again inside.
        owner.expire_all()
        return owner.connection(execution_options=WRITES)
    owner.execution_options(**WRITES).begin()
    return owner
