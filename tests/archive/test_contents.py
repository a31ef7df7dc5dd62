"""What stands in the archive of a matter, and what does not."""

import csv
import io
import re
import subprocess
from pathlib import Path
from zipfile import ZipFile

from sqlalchemy import update
from sqlalchemy.orm import Session

from consult.archive import tables
from consult.archive.words import english
from consult.exports.official_language import official
from consult.files.store import FileStore
from consult.resource_paths import TEMPLATES
from tests.archive.conftest import made
from tests.house.texts import catalogue
from tests.transparency.lively import CONTACT, HIDDEN_TEXT, NAME, ORIGINAL, TELEPHONE, VOICE_NAME, Lively

LINK = re.compile(r'(?:href|src)="([^"]*)"')


def test_every_file_is_as_the_list_says_and_every_link_leads_somewhere(honest: Path, tmp_path: Path) -> None:
    with ZipFile(honest) as archive:
        archive.extractall(tmp_path / "opened")
        names = archive.namelist()
    sums = ["sha256sum", "-c", "--strict", "--quiet", "SHA256SUMS"]
    assert subprocess.run(sums, cwd=tmp_path / "opened", capture_output=True).returncode == 0
    assert names[:-1] == sorted(names[:-1]) and names[-1] == "SHA256SUMS"
    for page in (tmp_path / "opened").rglob("*.html"):
        for link in LINK.findall(page.read_text("utf-8")):
            to, _, anchor = link.partition("#")
            if not to.startswith("https://gop-y.example.vn/"):
                target = (page.parent / to).resolve()
                assert target.is_file(), f"{page}: {link}"
                assert not anchor or f'id="{anchor}"' in target.read_text("utf-8"), f"{page}: {link}"


def test_nothing_that_is_not_public_is_in_it(honest: Path) -> None:
    with ZipFile(honest) as archive:
        for name in archive.namelist():
            data = archive.read(name)
            if name.endswith(".xlsx"):
                with ZipFile(io.BytesIO(data)) as book:
                    data = b"".join(map(book.read, book.namelist()))
            for private in (NAME, CONTACT, TELEPHONE, HIDDEN_TEXT, ORIGINAL, VOICE_NAME):
                assert private.encode() not in data, f"{name}: {private}"


def test_who_makes_it_anywhere_gets_the_same_bytes(
    app_session: Session, files: FileStore, lively: Lively, tmp_path: Path
) -> None:
    first = made(app_session, files, lively, tmp_path / "here").read_bytes()
    app_session.execute(update(type(lively.matter)).values(content_version=99))
    app_session.expire_all()
    assert made(app_session, files, lively, tmp_path / "there").read_bytes() == first


def test_every_column_and_code_is_described_in_both_languages(honest: Path) -> None:
    with ZipFile(honest) as archive:
        text = archive.read("du-lieu/chu-giai.csv").decode("utf-8-sig")
        columns = archive.read("du-lieu/tong-hop.csv").decode("utf-8-sig").splitlines()[0].split(",")
    told = {row["column"]: row for row in csv.DictReader(io.StringIO(text)) if row["file"] == "tong-hop.csv"}
    assert set(columns) <= set(told)
    for _file, name, code in tables.dictionary():
        assert official(code) != code and english(code) != code, name


def test_what_its_pages_say_is_in_both_catalogues() -> None:
    used = {
        code
        for path in (TEMPLATES / "archive").iterdir()
        for code in re.findall(r"'(archive(?:_\w+)?\.\w+)'", path.read_text("utf-8"))
    } - {"archive.show"}
    for language in ("vi", "en"):
        assert used <= set(catalogue(language))
