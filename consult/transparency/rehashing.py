"""The worker's round through the logs: every stored entry hashed again, up to the checkpoint that is kept outside."""

import logging
from datetime import datetime
from functools import partial
from uuid import UUID

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from consult.compiled_statements import connection_of
from consult.consultations.matter.queries import HAS_LOG
from consult.consultations.models import Consultation
from consult.ledger import rehash
from consult.ledger.guard import Guard, NotSigning, guard_of
from consult.ledger.log import Log

log = logging.getLogger(__name__)


def rehash_all(session: Session, _now: datetime) -> None:
    """Looks at every log in slices, each in a reading transaction of its own. What is found is noted outside, and
    nothing is signed over it from then on."""
    connection = connection_of(session)
    guard, engine = guard_of(connection), connection.engine
    published = session.scalars(select(Consultation.id).where(HAS_LOG)).all()
    session.rollback()
    for own_id in published if guard is not None else ():
        if guard is not None and (bad := bad_entry(engine, guard, own_id)) is not None:
            guard.store.note_bad(own_id, bad)
            log.error("entry %s of the log %s is not what was signed", bad, own_id)


def bad_entry(engine: Engine, guard: Guard, own_id: UUID) -> int | None:
    """The first stored entry of a log that is not what was signed; None when all are, and lead to what is kept."""
    try:
        kept = guard.look(engine, partial(Log, consultation_id=own_id), own_id)
    except NotSigning:
        # Nothing is signed there as it is.
        return None
    with engine.connect() as connection:
        size = Log(connection, own_id).size
    for start, stop in rehash.slices(size):
        with engine.connect() as connection:
            bad = rehash.first_bad(connection, own_id, start, stop)
        if bad is not None:
            return bad
    with engine.connect() as connection:
        present = kept is not None and kept.epoch == Log(connection, own_id).epoch
        good = kept is None or not present or rehash.leads_to(connection, own_id, kept)
    # Leaves and entries agree, and lead elsewhere: somebody changed both.
    return None if good else 0
