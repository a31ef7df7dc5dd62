"""Acts of several people at the same moment, for what must hold whoever comes first."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, BrokenBarrierError

from sqlalchemy import event
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from consult.db import Database
from consult.errors import Invalid, NotFound, Refused

Act = Callable[[Session], object]

MEETING = 0.3
"""For how many seconds who is about to commit waits for the others to come as far. Where they cannot, since one keeps
the others out, nothing depends on it."""


def at_once(database: Database, *acts: Act) -> list[str]:
    """What became of acts that begin together, each with a session of its own, and meet again when they have read and
    written and are about to commit: `done`, the code of the refusal, or the name of the database's error. Sorted."""
    start, meeting = Barrier(len(acts)), Barrier(len(acts))

    def meet(*_: object) -> None:
        try:
            meeting.wait(MEETING)
        except BrokenBarrierError:
            return

    def run(act: Act) -> str:
        with database.session() as session:
            event.listen(session, "before_commit", meet, once=True)
            start.wait(20)
            return _outcome(act, session)

    with ThreadPoolExecutor(len(acts)) as pool:
        return sorted(pool.map(run, acts))


def _outcome(act: Act, session: Session) -> str:
    try:
        act(session)
    except Refused as refused:
        return refused.reason
    except Invalid as invalid:
        return " ".join(invalid.errors.values())
    except NotFound:
        return "not_found"
    except SQLAlchemyError as error:
        return type(error).__name__
    return "done"
