"""What a program beside the worker is told, as one line: which matter, as of when, on which database, and with which
folders and settings of the site. It is not for a command line: the database's address may hold a password."""

import json
from dataclasses import astuple, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, ClassVar, Generic, Self, TypeVar
from uuid import UUID

Site = TypeVar("Site")


@dataclass(frozen=True)
class SiteOrder(Generic[Site]):
    """What is to be made as of `now`, and where from and to. A room's own has `site_kind`: a dataclass of plain values,
    which `site` is of."""

    site_kind: ClassVar[type[Any]]

    consultation_id: UUID
    now: datetime
    database_url: str
    lock_folder: Path
    site: Site

    def told(self) -> str:
        """The order as one line of text."""
        plain = (str(self.consultation_id), self.now.isoformat(), self.database_url, str(self.lock_folder))
        return json.dumps([*plain, *astuple(self.site)])  # type: ignore[call-overload]

    @classmethod
    def heard(cls, line: str) -> Self:
        """The order in such a line."""
        matter, now, url, locks, *site = json.loads(line)
        return cls(UUID(matter), datetime.fromisoformat(now), url, Path(locks), cls.site_kind(*site))
