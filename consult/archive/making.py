"""What every section of the archive is made from."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.files.archive import Parts
from consult.files.store import FileStore
from consult.ledger.service import Signer

Render = Callable[..., str]


@dataclass(frozen=True)
class Tools:
    """What the site gives: its files, its keys, its templates, its address and who answers for it, and the mark of
    made-up data."""

    files: FileStore
    signer: Signer
    render: Render
    site: str
    owner: str
    notice: str = ""


@dataclass(frozen=True)
class Making:
    """An archive being made as of `now`."""

    parts: Parts
    session: Session
    consultation: Consultation
    tools: Tools
    now: datetime

    def page(self, name: str, template: str, **said: object) -> None:
        """A page that opens from a disk: `up` leads from it to the folder of the archive."""
        up = "../" * name.count("/")
        told = {"up": up, "consultation": self.consultation, "tools": self.tools, "now": self.now, **said}
        self.parts.add(name, self.tools.render(f"archive/{template}.xml", **told).encode())
