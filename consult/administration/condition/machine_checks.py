"""What the site asks of its machine: room on the disk, and a clock that is right, since periods end by it."""

import ctypes
import shutil
import sys
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult.administration.condition.findings import Finding, attention, broken, well
from consult.consultations.models import Consultation
from consult.ledger.models import LedgerEntry

SYNCHRONISED = Path("/run/systemd/timesync/synchronized")
"""There since systemd-timesyncd has set the clock after the start of the machine."""
MEGABYTE = 1024 * 1024
LEAST_FREE, LITTLE_FREE = 200 * MEGABYTE, 2 * 1024 * MEGABYTE
LITTLE_SHARE = 0.1
APART = timedelta(seconds=30)
"""So far may the clocks of two machines, or of a record and the reading of it, be apart before it is said."""
_STATUS_AT, _SIZE, _UNSYNCHRONISED = 40, 256, 0x0040


def disk(folder: Path) -> Finding:
    """Room where the site keeps what it is given."""
    usage = shutil.disk_usage(folder)
    told = {"free": usage.free // MEGABYTE, "share": round(100 * usage.free / usage.total)}
    if usage.free < LEAST_FREE:
        return broken("disk", "full", **told)
    if usage.free < LITTLE_FREE or usage.free < LITTLE_SHARE * usage.total:
        return attention("disk", "little", **told)
    return well("disk", **told)


def clock(session: Session, now: datetime) -> Finding:
    """Whether the clock can be believed: not behind what is written down already, nor apart from the database's, and
    kept right by the machine."""
    late = behind(session, now)
    if late > APART:
        return broken("clock", "behind", seconds=round(late.total_seconds()))
    if session.get_bind().dialect.name == "postgresql":
        theirs: datetime = session.scalar(select(func.clock_timestamp()))  # type: ignore[assignment]
        if abs(theirs - now) > APART:
            return broken("clock", "apart", seconds=round(abs(theirs - now).total_seconds()))
    kept = synchronised()
    if kept is None:
        return Finding("clock", well("clock").state, "not_told")
    return well("clock") if kept else attention("clock", "on_its_own")


def behind(session: Session, now: datetime) -> timedelta:
    """How far `now` is before the newest act in the log; negative when it is after."""
    # The last entry of each matter, by the key of its entries: all of them are too many to look through.
    last = select(LedgerEntry.at).where(LedgerEntry.consultation_id == Consultation.id)
    last_at = last.order_by(LedgerEntry.index.desc()).limit(1).scalar_subquery()
    newest = session.scalar(select(func.max(last_at)).select_from(Consultation))
    return newest - now if newest is not None else timedelta(0)


def synchronised() -> bool | None:
    """Whether something keeps the machine's clock right (NTP); None where this process may not ask (ProtectClock)."""
    if SYNCHRONISED.exists():
        return True
    told = ctypes.create_string_buffer(_SIZE)
    try:
        asked = ctypes.CDLL(None, use_errno=True).adjtimex(told)
    except AttributeError:
        return None
    if asked < 0:
        return None
    status = int.from_bytes(told.raw[_STATUS_AT : _STATUS_AT + 4], sys.byteorder)
    return not status & _UNSYNCHRONISED
