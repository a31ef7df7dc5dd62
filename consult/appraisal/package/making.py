"""What every section of the package is made from."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from consult.appraisal.package.archive import Archive
from consult.appraisal.readable import Taker
from consult.consultations.models import Consultation
from consult.files.store import FileStore
from consult.ledger.service import Signer

Render = Callable[..., str]


@dataclass(frozen=True)
class Making:
    """A package being made for `taker`, as of `now`; `render` fills in a template of plain text, `notice` marks made-up
    data. `named` has for each part that a person named what they called it, `left_out` how many files there are of
    each sort that `taker` does not get."""

    archive: Archive
    session: Session
    consultation: Consultation
    taker: Taker
    files: FileStore
    signer: Signer
    render: Render
    now: datetime
    notice: str = ""
    named: dict[str, str] = field(default_factory=dict)
    left_out: dict[str, int] = field(default_factory=dict)

    def keep(self, name: str, file_hash: str, called: str) -> None:
        """Copies a file of the store into the package. Raises DamagedFile."""
        with self.files.opened(file_hash) as file:
            self.archive.copy(name, file)
        self.named[name] = called
