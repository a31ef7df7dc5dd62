"""Makes the archive of a matter: one reading of the database, in bounded memory. `consult.archive.program` does it
beside the worker."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from sqlalchemy.orm import Session

from consult.archive import contents, state, words
from consult.archive.making import Tools
from consult.consultations.models import Consultation
from consult.files.made_files import LatestFiles, MadeFiles
from consult.files.store import FileStore
from consult.keys import ring
from consult.ledger import keys as ledger_keys
from consult.ledger.checkpoint_store import CheckpointStore
from consult.ledger.guard import STORE, Guard
from consult.ledger.service import Signer
from consult.outbox.orders import SiteOrder
from consult.submissions.comments.closings import closings


@dataclass(frozen=True)
class Site:
    """The folders and settings of the site that the archive is made with; `durable` whether what is kept is waited for,
    `notice` marks made-up data."""

    archives: str
    files: str
    keys: str
    checkpoints: str
    origin: str
    url: str
    owner: str
    durable: bool
    notice: str


class Order(SiteOrder[Site]):
    """What is to be made."""

    site_kind = Site


def make(session: Session, order: Order, seconds: Callable[[], float]) -> bool:
    """Makes it, with `seconds` for a stopwatch; False when somebody else is making that of this matter. Raises
    NotSigning and DamagedFile."""
    archives = MadeFiles(order.site.archives)
    of_one_moment(session)
    session.info["database"].engine.update_execution_options(
        **{STORE: Guard(CheckpointStore(Path(order.site.checkpoints), order.site.durable))}
    )
    with archives.alone(order.consultation_id) as mine:
        if mine:
            _make(session, order, archives, seconds)
        return mine


def of_one_moment(session: Session) -> None:
    """Has everything that is read from now on be of one moment, though people write meanwhile: PostgreSQL would read
    each statement of its own, and comments that came after the log was read would stand in no entry of it."""
    if session.get_bind().dialect.name == "postgresql":
        session.connection(execution_options={"isolation_level": "REPEATABLE READ"})


def _make(session: Session, order: Order, archives: MadeFiles, seconds: Callable[[], float]) -> None:
    begun, now, own_id = seconds(), order.now, order.consultation_id
    consultation = session.get_one(Consultation, own_id)
    # Both before anything else is read: what comes meanwhile makes this archive an older one.
    made_of = state.state_of(session, consultation, now, order.site.notice)
    closed = closings(session, consultation)
    name = f"{now:%Y%m%d%H%M%S%f}"
    folder = archives.begin(own_id, name)
    archives.note_done(own_id, 0, contents.STEPS)
    done = partial(archives.note_done, own_id, of=contents.STEPS)
    entries = contents.write(folder, session, consultation, tools_of(order.site), now, done)
    archives.finish(own_id, LatestFiles(name, made_of, entries, closed, now.isoformat(), seconds() - begun))


def tools_of(site: Site) -> Tools:
    """What the archive is made with."""
    signer = Signer(site.origin, ledger_keys.of(ring.load(Path(site.keys))))
    return Tools(FileStore(site.files), signer, words.of(site.url), site.url, site.owner, site.notice)
