"""A matter in which everything has happened, and its archive."""

from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from consult.archive import contents, words
from consult.archive.making import Tools
from consult.files.store import FileStore
from tests.builders import NOW
from tests.responses.desk_builder import SIGNER
from tests.transparency.lively import Lively, make_lively

SITE = "https://gop-y.example.vn"
_MADE: list[bytes] = []


@pytest.fixture
def files(tmp_path: Path) -> FileStore:
    """The files of the site."""
    return FileStore(tmp_path / "files")


@pytest.fixture
def lively(app_session: Session, files: FileStore) -> Lively:
    """The matter."""
    return make_lively(app_session, files)


@pytest.fixture
def honest(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """Its archive, made once in a run and copied for each test."""
    if not _MADE:
        session, files = request.getfixturevalue("app_session"), request.getfixturevalue("files")
        _MADE.append(made(session, files, request.getfixturevalue("lively"), tmp_path / "made").read_bytes())
    path = tmp_path / "luu-tru.zip"
    path.write_bytes(_MADE[0])
    return path


def made(session: Session, files: FileStore, lively: Lively, folder: Path) -> Path:
    """The archive of the matter as it stands, made in a folder."""
    folder.mkdir()
    tools = Tools(files, SIGNER, words.of(SITE), SITE, "")
    contents.write(folder, session, lively.matter, tools, NOW)
    return folder / contents.ARCHIVE
