"""What every section of the package is made from."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.files.archive import Parts
from consult.files.store import FileStore
from consult.ledger.service import Signer

Render = Callable[..., str]


@dataclass(frozen=True)
class Tools:
    """What the site gives: its files, its keys, its templates, its papers as Word files, and the mark of
    made-up data."""

    files: FileStore
    signer: Signer
    render: Render
    paper: Callable[..., bytes]
    notice: str = ""


@dataclass(frozen=True)
class Making:
    """A package being made as of `now`, for everybody or, with parts of its own, for one of those who take it. `named`
    has for each part that a person named what they called it, `left_out` how many files there are of each sort that
    whoever takes it does not get."""

    parts: Parts
    session: Session
    consultation: Consultation
    tools: Tools
    now: datetime
    named: dict[str, str] = field(default_factory=dict)
    left_out: dict[str, int] = field(default_factory=dict)

    def keep(self, name: str, file_hash: str, called: str) -> None:
        """Copies a file of the store into the package. Raises DamagedFile."""
        with self.tools.files.opened(file_hash) as file:
            self.parts.copy(name, file)
        self.named[name] = called
