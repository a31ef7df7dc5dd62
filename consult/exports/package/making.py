"""What every section of the package is made from."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.files.archive import Archive
from consult.files.store import FileStore

Render = Callable[..., str]


@dataclass(frozen=True)
class Tools:
    """What the site gives: its files, its templates, its papers as Word files, and the mark of made-up data."""

    files: FileStore
    render: Render
    paper: Callable[..., bytes]
    notice: str = ""


@dataclass(frozen=True)
class Making:
    """A package being made as of `now`. `named` has for each part that a person named what they called it."""

    archive: Archive
    session: Session
    consultation: Consultation
    tools: Tools
    now: datetime
    named: dict[str, str] = field(default_factory=dict)

    def keep(self, name: str, file_hash: str, called: str) -> None:
        """Copies a file of the store into the package. Raises DamagedFile."""
        with self.tools.files.opened(file_hash) as file:
            self.archive.copy(name, file)
        self.named[name] = called
