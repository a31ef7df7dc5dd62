"""Films: what begins as one, and nothing that only looks so."""

from pathlib import Path

import pytest

from consult.errors import Invalid
from consult.files.films import keep_film
from consult.files.store import FileStore

MATROSKA = b"\x1a\x45\xdf\xa3\x01\x42\x82\x88"


def test_a_film_is_kept_as_it_came(tmp_path: Path) -> None:
    files = FileStore(tmp_path)
    for begin, media_type in (
        (b"\0\0\0\x18ftypisom", "video/mp4"), (b"\0\0\0\x18ftypqt  ", "video/mp4"),
        (MATROSKA + b"webm", "video/webm"),
    ):  # fmt: skip
        assert keep_film(files, begin + b"...", "phim").media_type == media_type


@pytest.mark.parametrize(
    "begin",
    [
        *(b"\0\0\0\x18ftyp" + brand for brand in (b"heic", b"mif1", b"avif", b"M4A ", b"M4B ")),
        MATROSKA + b"matroska", b"%PDF-1.7",
    ],
)  # fmt: skip
def test_a_picture_or_a_sound_is_no_film(tmp_path: Path, begin: bytes) -> None:
    with pytest.raises(Invalid) as wrong:
        keep_film(FileStore(tmp_path), begin + b"...", "phim.mp4")
    assert wrong.value.errors == {"file": "not_a_film"}
