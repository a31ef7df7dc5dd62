"""Tables of answers as an office brings them back: taken out of the site, edited, saved by other programs."""

import io
import subprocess
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import openpyxl
from docx import Document

from tests.pages import Browser

WORD, EXCEL = "docx", "xlsx"
LAST = -1


def taken_out(browser: Browser, slug: str, ending: str, which: str = "none", query: str = "") -> bytes:
    """The file as the site gives it."""
    answer = browser.client.get(f"/xu-ly/{slug}/bang-tra-loi/bang.{ending}?ca={which}{query}")
    assert answer.status_code == 200
    return bytes(answer.data)


def rows_of(data: bytes) -> list[list[str]]:
    """The cells of the table in a Word file."""
    return [[cell.text for cell in row.cells] for row in Document(io.BytesIO(data)).tables[0].rows]


def edited(data: bytes, edit: Callable[[Any], None]) -> bytes:
    """A Word file after somebody changed its table."""
    document = Document(io.BytesIO(data))
    edit(document.tables[0])
    saved = io.BytesIO()
    document.save(saved)
    return saved.getvalue()


def filled(data: bytes, answers: Mapping[str, str]) -> bytes:
    """A Word file with these answers in the rows whose opinion has the words that name each."""

    def fill(table: Any) -> None:
        for row in table.rows:
            for words, answer in answers.items():
                if words in row.cells[3].text:
                    row.cells[LAST].text = answer

    return edited(data, fill)


def changed_sheet(data: bytes, edit: Callable[[Any], None]) -> bytes:
    """A workbook after somebody changed its first sheet."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    edit(book.worksheets[0])
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def with_xml(data: bytes, change: Callable[[str], str]) -> bytes:
    """A Word file whose text is other XML."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            content = before.read(name)
            after.writestr(name, change(content.decode()).encode() if name == "word/document.xml" else content)
    return made.getvalue()


def by_libreoffice(data: bytes, folder: Path, *endings: str) -> bytes:
    """The same saved by LibreOffice in one format after another; `endings` begin with that of the data."""
    for ending, into in zip(endings, endings[1:], strict=False):
        given = folder / f"bang.{ending}"
        given.write_bytes(data)
        command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", into]
        subprocess.run([*command, "--outdir", str(folder), str(given)], check=True, capture_output=True, timeout=120)
        data = (folder / f"bang.{into}").read_bytes()
    return data


def brought(browser: Browser, slug: str, data: bytes, name: str = "bang.docx") -> Any:
    """The page that shows what a file would do."""
    page = browser.get(f"/xu-ly/{slug}/bang-tra-loi/")
    return page.submit({"Tệp đã soạn": (data, name)}, form="Tệp đã soạn", button="Xem các chỗ khác")
