"""Makes the package of a matter for everybody who takes it: one reading of the database, in bounded memory.
`consult.appraisal.package.program` does it beside the worker."""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from sqlalchemy.orm import Session

from consult.appraisal.package import contents, state, words
from consult.appraisal.package.making import Tools
from consult.appraisal.readable import Taker
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
    """The folders and settings of the site that the package is made with; `durable` whether what is kept is waited for,
    `notice` marks made-up data."""

    packages: str
    files: str
    keys: str
    checkpoints: str
    durable: bool
    origin: str
    url: str
    notice: str


class Order(SiteOrder[Site]):
    """What is to be made."""

    site_kind = Site


def file_of(taker: Taker) -> str:
    """By which name the package for `taker` is kept."""
    return f"{taker.value}.zip"


def make(session: Session, order: Order, seconds: Callable[[], float]) -> bool:
    """Makes it, with `seconds` for a stopwatch; False when somebody else is making that of this matter. Raises
    NotSigning and DamagedFile."""
    packages = MadeFiles(order.site.packages)
    session.info["database"].engine.update_execution_options(
        **{STORE: Guard(CheckpointStore(Path(order.site.checkpoints), order.site.durable))}
    )
    with packages.alone(order.consultation_id) as mine:
        if mine:
            _make(session, order, packages, seconds)
        return mine


def _make(session: Session, order: Order, packages: MadeFiles, seconds: Callable[[], float]) -> None:
    begun, now, own_id = seconds(), order.now, order.consultation_id
    consultation = session.get_one(Consultation, own_id)
    # Both before anything else is read: what comes meanwhile makes this package an older one.
    made_of, closed = (
        state.state_of(session, consultation, now, order.site.notice),
        closings(session, consultation),
    )
    name = f"{now:%Y%m%d%H%M%S%f}"
    folder = packages.begin(own_id, name)
    packages.note_done(own_id, 0, contents.STEPS)
    done = partial(packages.note_done, own_id, of=contents.STEPS)
    with ExitStack() as held:
        files = {taker: held.enter_context((folder / file_of(taker)).open("w+b")) for taker in Taker}
        entries = contents.write(files, session, consultation, tools_of(order.site), now, done)
    made = LatestFiles(name, made_of, entries, closed, now.isoformat(), seconds() - begun)
    packages.finish(own_id, made)


def tools_of(site: Site) -> Tools:
    """What the package is made with."""
    signer = Signer(site.origin, ledger_keys.of(ring.load(Path(site.keys))))
    text, paper = words.of(site.url, site.notice)
    return Tools(FileStore(site.files), signer, text, paper, site.notice)
