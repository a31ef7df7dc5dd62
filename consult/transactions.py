"""Where every transaction that writes begins, commits and is rolled back.

`db.writing` does it for a session and `Database.writing` for a connection without one; a group commit is one of the
latter. All of them wait for the write lock first, then take the locks of the act (`consult/locks.py`, in one order),
then read and write. What the driver fails at is an error of SQLAlchemy here as anywhere: `storage_faults` tells what it
means for who asks.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from uuid import UUID
from weakref import WeakKeyDictionary

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from consult import postgresql, sqlite
from consult.locks import Lock, take

WRITES = {"consult_writing": True}
"""The execution option that tells `sqlite` that a transaction will write."""

Act = Callable[[], None]
_after: WeakKeyDictionary[Connection, list[Act]] = WeakKeyDictionary()

WriteLock = sqlite.WriteLock | postgresql.WriteLock


@contextmanager
def transaction(
    owner: Session | Connection, of: UUID | Lock, held: list[UUID | Lock], write_lock: WriteLock | None
) -> Iterator[None]:
    """One transaction of `owner`, which has none open, for the block: commits when it ends, rolls back when it raises.

    `of` is locked before anything is read, and noted in `held`. Without a `write_lock` nobody else writes to this
    database. What was asked for with `after_commit` is done last, when others may write again. Raises
    Unavailable("busy") when the turn to write does not come.
    """
    acts: list[Act] = []
    with nullcontext() if write_lock is None else write_lock.held():
        try:
            connection = _begun(owner)
            _after[connection] = acts
            take(connection, of, held)
            yield
            owner.commit()
        except BaseException:
            owner.rollback()
            raise
    if isinstance(owner, Session):
        owner.info["written"] = True
    for act in acts:
        act()


def after_commit(connection: Connection, act: Act) -> None:
    """Has `act` done once the transaction under way on `connection` is committed, before whoever began it goes on. It
    does not happen when that rolls back; what it raises reaches who committed. Raises KeyError outside of any."""
    _after[connection].append(act)


def take_over(connection: Connection) -> list[Act]:
    """What was asked for with `after_commit`, for who will do it instead once the transaction is committed."""
    acts = _after[connection]
    taken = list(acts)
    acts.clear()
    return taken


def _begun(owner: Session | Connection) -> Connection:
    if isinstance(owner, Session):
        # What was loaded before is read again inside.
        owner.expire_all()
        return owner.connection(execution_options=WRITES)
    owner.execution_options(**WRITES).begin()
    return owner
