"""Files of other word processors: turned into DOCX by LibreOffice, confined; a plain sentence where there is none."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from consult.consultations.files import uploaded_files
from consult.errors import Invalid
from consult.files.store import FileStore
from consult.sandbox import Exchange, Limits, SandboxFailure, conversion, run_program
from tests.house.texts import catalogue
from tests.outline.docx_builder import package

RICH_TEXT = (
    rb"{\rtf1\ansi{\fonttbl{\f0 Times New Roman;}}\f0 {\b \u272?i\u7873?u 1. Ph\u7841?m vi}\par "
    rb"1. {\strike C\u361?.} M\u7897?t.\par 2. Hai.\par }"
)
SHELL, COPY = "/bin/sh", "/bin/cp"
FOLDERS = ("/bin", "/usr/bin", "/etc/ld.so.cache")


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


@pytest.mark.libreoffice
def test_a_file_of_another_program_is_read_and_kept_as_it_came(store: FileStore) -> None:
    read = uploaded_files.read_upload(RICH_TEXT, "du-thao.rtf", store)
    (article,) = read.provisions
    assert (article["heading"], [child["path"] for child in article["children"]]) == ("Phạm vi", ["d1.k1", "d1.k2"])
    assert article["children"][0]["text"] == "Một."
    assert (store.get(read.hash), read.media_type, read.name) == (RICH_TEXT, "application/rtf", "du-thao.rtf")
    assert [one["code"] for one in read.warnings if one["code"] != "no_title"] == ["converted", "struck_text"]


@pytest.mark.real
@pytest.mark.libreoffice
def test_a_law_in_old_word_has_its_articles(samples: Path) -> None:
    data = (samples / "legal" / "Luat-15-2012-QH13-XLVPHC.doc").read_bytes()
    told, converted = conversion.read(uploaded_files.READER, "luat.doc", data)
    articles = [node for node in _every(told["provisions"]) if node["kind"] == "article"]
    assert len(articles) == 142 and articles[141]["path"] == "d142"
    assert converted is not None and converted.startswith(b"PK")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), "old_word"),
        (RICH_TEXT, "rich_text"),
        (package({"mimetype": "application/vnd.oasis.opendocument.text"}), "open_document"),
    ],
)
def test_where_there_is_none_a_sentence_says_so(
    without_program: None, store: FileStore, data: bytes, code: str
) -> None:
    with pytest.raises(Invalid) as refused:
        uploaded_files.read_upload(data, "a.docx", store)
    assert refused.value.errors == {"file": code} and not store.folder.exists()
    assert "lưu lại thành tệp .docx" in catalogue("vi")[f"error.{code}"]


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ({"Basic/script-lc.xml": "<x/>"}, "macro_document"),
        ({"META-INF/manifest.xml": "<manifest:encryption-data/>"}, "encrypted"),
    ],
)
def test_what_acts_or_is_locked_is_not_turned_into_anything(
    store: FileStore, parts: dict[str, str | bytes], code: str
) -> None:
    data = package({"mimetype": "application/vnd.oasis.opendocument.text", **parts})
    with pytest.raises(Invalid) as refused:
        uploaded_files.read_upload(data, "a.odt", store)
    assert refused.value.errors == {"file": code}


def test_a_program_writes_in_its_own_folder_alone(tmp_path: Path) -> None:
    assert (
        run_program([COPY, "given", "made"], data=b"words", readable=FOLDERS, exchange=Exchange("given", "made"))
        == b"words"
    )
    outside = tmp_path / "outside"
    with pytest.raises(SandboxFailure) as failed:
        run_program([COPY, "given", str(outside)], data=b"words", readable=FOLDERS, exchange=Exchange("given", "made"))
    assert failed.value.code == "damaged" and not outside.exists()


@pytest.mark.libreoffice
@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le") + b"words " * 500, "a.doc"),
        (rb"{\rtf", "a.rtf"),
    ],
)
def test_what_only_begins_like_such_a_file_is_none(store: FileStore, data: bytes, name: str) -> None:
    """LibreOffice would take any bytes for plain text, and a draft of rubbish would be there."""
    with pytest.raises(Invalid) as refused:
        uploaded_files.read_upload(data, name, store)
    assert refused.value.errors == {"file": "not_converted"}


@pytest.mark.parametrize("act", ["/bin/cp given made", "exec 3<>/dev/tcp/127.0.0.1/9", "kill -9 $PPID; : > made"])
def test_it_starts_no_other_program_calls_nobody_and_ends_nobody(act: str) -> None:
    """A shell that does not start a program itself writes what it is told; the copy would be one of its own."""
    command = [shutil.which("bash") or SHELL, "-c", f"{act} || exit 7; exit 7"]
    with pytest.raises(SandboxFailure) as failed:
        run_program(command, data=b"x", readable=FOLDERS, exchange=Exchange("given", "made"))
    assert failed.value.code == "damaged"


def test_a_link_in_the_place_of_the_answer_is_none() -> None:
    with pytest.raises(SandboxFailure) as failed:
        run_program(
            ["/bin/ln", "-s", "/etc/passwd", "made"], data=b"x", readable=FOLDERS, exchange=Exchange("given", "made")
        )
    assert failed.value.code == "damaged"


def test_an_answer_that_is_too_long_is_none() -> None:
    limits = Limits(answer=3)
    with pytest.raises(SandboxFailure) as failed:
        run_program(
            [COPY, "given", "made"], data=b"words", readable=FOLDERS, limits=limits, exchange=Exchange("given", "made")
        )
    assert failed.value.code == "too_large"


def _every(nodes: list[dict[str, object]]) -> Iterator[dict[str, object]]:
    for node in nodes:
        yield node
        children = node["children"]
        assert isinstance(children, list)
        yield from _every(children)
