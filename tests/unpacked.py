"""Every word that a file says, however it is packed: archives within archives, compressed texts, the pages of PDFs."""

import gzip
import io
import unicodedata
import zipfile
from collections.abc import Iterator

import pypdfium2


def words_of(data: bytes) -> str:
    """What anybody reads who opens a file with a program for its kind, in composed letters and without line breaks."""
    said = "\n".join(_parts(data))
    return " ".join(unicodedata.normalize("NFC", said).split())


def _parts(data: bytes) -> Iterator[str]:
    yield data.decode("utf-8", "replace")
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            for name in packed.namelist():
                yield name
                yield from _parts(packed.read(name))
    elif data.startswith(b"\x1f\x8b"):
        yield from _parts(gzip.decompress(data))
    elif data.startswith(b"%PDF-"):
        with pypdfium2.PdfDocument(data) as document:
            for page in document:
                yield page.get_textpage().get_text_bounded()
