"""Drawings of Windows in a Word file: shown in their place where LibreOffice can draw them, told plainly where not."""

import gzip
import io
import struct
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from consult.consultations.files import doubts, uploaded_files
from consult.consultations.matter.inputs import ReadFile
from consult.files.store import FileStore
from consult.outline.docx import metafiles
from consult.sandbox import conversion
from tests.house.texts import catalogue
from tests.outline.docx_builder import docx, paragraph, relationship

RED = (255, 0, 0)
DRAWING = (
    '<w:r><w:drawing xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"><wp:inline>'
    '<wp:docPr id="1" name="p" descr="Sơ đồ số {0}"/><a:graphic><a:graphicData><a:blip r:embed="p{0}"/></a:graphicData>'
    "</a:graphic></wp:inline></w:drawing></w:r>"
)


def record(function: int, *words: int) -> bytes:
    """One record of a WMF."""
    return struct.pack("<IH", 3 + len(words), function) + struct.pack(f"<{len(words)}h", *words)


def wmf(across: int = 2000, down: int = 1000) -> bytes:
    """A red rectangle that fills a drawing of this size."""
    records = record(0x0103, 8) + record(0x020B, 0, 0) + record(0x020C, down, across)
    records += record(0x02FC, 0, 255, 0, 0) + record(0x012D, 0) + record(0x041B, down, across, 0, 0) + record(0)
    head = struct.pack("<3HIHIH", 1, 9, 0x300, (18 + len(records)) // 2, 1, 7, 0)
    place = struct.pack("<IH4hHI", 0x9AC6CDD7, 0, 0, 0, across, down, 1440, 0)
    check = 0
    for (word,) in struct.iter_unpack("<H", place):
        check ^= word
    return place + struct.pack("<H", check) + head + records


def word_file(*drawings: tuple[str, bytes]) -> bytes:
    """An article below which each of these drawings stands in a clause of its own."""
    body = "".join(
        paragraph(f"{number}. Theo hình sau.") + paragraph(DRAWING.format(number))
        for number, _ in enumerate(drawings, start=1)
    )
    links = "".join(
        relationship(f"p{number}", "image", f"media/{name}") for number, (name, _) in enumerate(drawings, start=1)
    )
    parts: dict[str, str | bytes] = {f"word/media/{name}": data for name, data in drawings}
    return docx(paragraph("Điều 1. Hình") + body, links=links, extra=parts)


@pytest.fixture
def without_program() -> Iterator[None]:
    """A machine without LibreOffice."""
    conversion.use(conversion.OFF)
    yield
    conversion.use("")


@pytest.fixture
def store(tmp_path: Path) -> FileStore:
    """An empty store."""
    return FileStore(tmp_path / "files")


def pictures(read: ReadFile) -> list[tuple[str, dict[str, object]]]:
    """The pictures of a draft by their path."""
    (article,) = read.provisions
    return [(one["path"], one["picture"]) for clause in article["children"] for one in clause["children"]]


def told(read: ReadFile) -> list[tuple[str, str]]:
    return [(one["code"], one["path"]) for one in read.warnings if one["code"] != "no_title"]


@pytest.mark.libreoffice
def test_a_drawing_of_windows_is_shown_in_its_place(store: FileStore) -> None:
    data = word_file(("a.wmf", wmf()), ("b.wmz", gzip.compress(wmf(1000, 1000))), ("torn.wmf", wmf()[:40]))
    read = uploaded_files.read_upload(data, "du-thao.docx", store)
    (first, wide), (second, square), (third, torn) = pictures(read)
    assert [first, second, third] == ["d1.k1.h1", "d1.k2.h1", "d1.k3.h1"]
    for picture, shape in ((wide, 2.0), (square, 1.0)):
        shown = Image.open(io.BytesIO(store.get(str(picture["file"])))).convert("RGB")
        assert shown.width / shown.height == pytest.approx(shape, rel=0.03)
        red = shown.getpixel((shown.width // 2, shown.height // 2))
        assert isinstance(red, tuple) and max(abs(one - other) for one, other in zip(red, RED, strict=True)) < 12
    assert "file" not in torn and told(read) == [("picture_not_shown", "d1.k3.h1")]


def test_without_the_program_the_place_says_what_is_missing(without_program: None, store: FileStore) -> None:
    read = uploaded_files.read_upload(word_file(("a.emf", wmf())), "du-thao.docx", store)
    assert told(read) == [("metafile_not_shown", "d1.k1.h1")]
    assert doubts.told(read.warnings)[-1]["code"] in doubts.KNOWN
    assert "LibreOffice" in catalogue("vi")["outline_warning.metafile_not_shown"]


@pytest.mark.parametrize(
    ("data", "kind"),
    [(wmf(), "wmf"), (wmf()[22:], "wmf"), (b"\1\0\0\0".ljust(40, b"\0") + b" EMF", "emf"), (b"\x89PNG", ""), (b"", "")],
)
def test_they_are_known_by_how_they_begin(data: bytes, kind: str) -> None:
    assert metafiles.kind_of(data) == kind == metafiles.kind_of(metafiles.unpacked(gzip.compress(data)))
    assert metafiles.unpacked(b"\x1f\x8b torn") == b""
