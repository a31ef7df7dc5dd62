"""The open data of all public matters as one file, put together from the files of each: nothing is read again."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from os import SEEK_END
from shutil import copyfileobj
from tempfile import TemporaryFile
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile

from consult.exports.open_data.files import BEGIN_JSON as BEGIN
from consult.exports.open_data.files import END_JSON as END
from consult.exports.open_data.files import frame, part
from consult.exports.service import Format

CHUNK = 64 * 1024


@dataclass(frozen=True)
class MatterFile:
    """The file of one matter, open."""

    slug: str
    file: IO[bytes]


def joined(wanted: Format, files: Sequence[MatterFile]) -> Iterator[bytes]:
    """The bytes of the file of all of them; every file is closed."""
    parts = {Format.ROWS_CSV: _csv, Format.ROWS_JSON: _json, Format.ROWS_XLSX: _xlsx}[wanted]
    try:
        yield from parts(files)
    finally:
        for one in files:
            one.file.close()


def _csv(files: Sequence[MatterFile]) -> Iterator[bytes]:
    """All rows under one line of headings, which is a line of its own in each file."""
    for index, one in enumerate(files):
        head = one.file.readline()
        if not index:
            yield head
        yield from _chunks(one.file)


def _json(files: Sequence[MatterFile]) -> Iterator[bytes]:
    """All rows as one array."""
    begun = False
    for one in files:
        one.file.seek(0, SEEK_END)
        left = one.file.tell() - len(BEGIN) - len(END)
        one.file.seek(len(BEGIN))
        if left > 0:
            yield b"," if begun else BEGIN
            begun = True
        while left > 0:
            chunk = one.file.read(min(CHUNK, left))
            left -= len(chunk)
            yield chunk
    yield END if begun else BEGIN + END


def _xlsx(files: Sequence[MatterFile]) -> Iterator[bytes]:
    """A sheet for each matter."""
    with TemporaryFile() as made:
        with ZipFile(made, "w", ZIP_DEFLATED) as book:
            frame(book, [one.slug for one in files])
            for number, one in enumerate(files, start=1):
                name = part(f"xl/worksheets/sheet{number}.xml")
                with (
                    ZipFile(one.file) as own,
                    own.open("xl/worksheets/sheet1.xml") as rows,
                    book.open(name, "w", force_zip64=True) as sheet,
                ):
                    copyfileobj(rows, sheet, CHUNK)
        made.seek(0)
        yield from _chunks(made)


def _chunks(file: IO[bytes]) -> Iterator[bytes]:
    while chunk := file.read(CHUNK):
        yield chunk
