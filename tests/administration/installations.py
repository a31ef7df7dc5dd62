"""Installations to back up and to restore into."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Flask
from pyrage import x25519
from sqlalchemy import func, select

from consult.administration.backups import back_up, restore
from consult.db import Database
from tests.builders import NOW

SCAN = b"%PDF-1.4 a signed letter"


@dataclass
class Place:
    """Where an installation has its data."""

    url: str
    files: Path
    keys: Path

    def back_up(self, target: Path, recipient: str = "") -> int:
        """Backs this installation up."""
        return back_up(target, self.url, self.files, self.keys, NOW, recipient=recipient)

    def restore(self, source: Path, identity: x25519.Identity | None = None) -> int:
        """Restores into this installation."""
        return restore(source, self.url, self.files, self.keys, identity)


def place_of(app: Flask) -> Place:
    """The data of a site."""
    return Place(app.config["DATABASE_URL"], app.config["FILES_FOLDER"], app.config["KEYS_FOLDER"])


def counted(url: str, folder: Path, *tables: Any) -> list[int]:
    """How many rows these tables have."""
    database = Database(url, folder, "OFF")
    with database.session() as session:
        found = [session.scalar(select(func.count()).select_from(table)) or 0 for table in tables]
    database.engine.dispose()
    return found
