"""Reading the mails that development keeps in a folder."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.parser import BytesParser
from email.policy import SMTP
from pathlib import Path

from consult.errors import NotFound

MOST_LISTED = 200
_NAME = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass(frozen=True)
class FolderMail:
    """One mail of the folder."""

    name: str
    to: str
    subject: str
    date: str
    message_id: str
    body: str


def kept(folder: Path) -> list[FolderMail]:
    """The mails of `folder`, the newest first: names begin with the millisecond the row was made in."""
    names = sorted((path.stem for path in folder.glob("*.eml")), reverse=True)
    return list(_read_all(folder, names[:MOST_LISTED]))


def read(folder: Path, name: str) -> FolderMail:
    """One mail by its name; raises NotFound."""
    if not _NAME.fullmatch(name):
        raise NotFound
    for found in _read_all(folder, [name]):
        return found
    raise NotFound


def _read_all(folder: Path, names: list[str]) -> Iterator[FolderMail]:
    for name in names:
        path = folder / f"{name}.eml"
        if not path.is_file():
            continue
        message = BytesParser(policy=SMTP).parsebytes(path.read_bytes())
        text = message.get_body(("plain",))
        yield FolderMail(
            name=name,
            to=str(message["To"]),
            subject=str(message["Subject"]),
            date=str(message["Date"]),
            message_id=str(message["Message-ID"]),
            body=text.get_content().replace("\r\n", "\n") if text is not None else "",
        )
