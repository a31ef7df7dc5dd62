"""Uploaded files: what is taken is kept as it came, and hostile ones end in a sentence."""

import io
import zipfile
from pathlib import Path

import pytest

from consult.consultations.files import doubts, uploaded_files
from consult.errors import Invalid
from consult.files.store import FileStore
from tests.builders import DRAFT
from tests.house.rooms import HOUSE
from tests.house.texts import catalogue


@pytest.fixture
def store(tmp_path: Path) -> FileStore:
    """An empty store."""
    return FileStore(tmp_path / "files")


def zipped(**members: bytes) -> bytes:
    """A ZIP archive with these members."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return held.getvalue()


def test_a_text_is_understood_and_kept_as_it_came(store: FileStore) -> None:
    read = uploaded_files.read_upload(DRAFT.encode(), "C:\\Hồ sơ\\dự thảo.md", store)
    assert (read.name, read.grammar, read.media_type) == ("dự thảo.md", "articles", "text/markdown")
    assert store.get(read.hash) == DRAFT.encode() and read.size == len(DRAFT.encode())
    assert read.provisions and not read.pages


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"", "a.docx", "empty"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "a.doc", "wrong_type"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "a.docx", "encrypted"),
        (b"%PDF-1.7\nnothing more", "a.pdf", "damaged"),
        (b"PK\x03\x04", "a.docx", "damaged"),
        (zipped(**{"a.txt": b"x"}), "a.docx", "wrong_type"),
        (b"\x7fELF" + bytes(range(256)), "a.txt", "wrong_type"),
    ],
)
def test_hostile_files_are_refused_and_not_kept(store: FileStore, data: bytes, name: str, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        uploaded_files.read_upload(data, name, store)
    assert refused.value.errors == {"file": code}
    assert not store.folder.exists()


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("../../etc/passwd", "passwd"),
        ("", "tep"),
        ("a\r\nContent-Type: x.docx", "a Content-Type: x.docx"),
        ("x" * 300 + ".docx", "x" * 195 + ".docx"),
    ],
)
def test_a_name_is_only_a_name(name: str, clean: str) -> None:
    assert uploaded_files.clean_name(name) == clean


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_refusal_and_doubt_has_its_sentence(language: str) -> None:
    sentences = catalogue(language)
    assert not [code for code in uploaded_files.REFUSALS if f"error.{code}" not in sentences]
    assert not [code for code in (*doubts.KNOWN, "other") if f"outline_warning.{code}" not in sentences]


def test_the_doubts_of_the_outline_are_known_here() -> None:
    """Codes stand as words in the outline's own modules; one that is nowhere there any more is not kept here."""
    beside = (HOUSE / "sandbox" / "conversion.py", HOUSE / "consultations" / "files" / "metafiles.py")
    readers = (*(HOUSE / "outline").rglob("*.py"), *beside)
    said = "\n".join(path.read_text(encoding="utf-8") for path in readers)
    assert not [code for code in doubts.KNOWN if f'"{code}"' not in said]


@pytest.mark.real
def test_real_hostile_office_files_are_refused_or_read(samples: Path, store: FileStore) -> None:
    files = [path for path in sorted((samples / "suites" / "office").rglob("*")) if path.is_file()]
    assert files
    for path in files[:40]:
        try:
            assert uploaded_files.read_upload(path.read_bytes(), path.name, store).name
        except Invalid as refused:
            assert set(refused.errors.values()) <= uploaded_files.REFUSALS
