"""A scanner for viruses, where the site names one: asked before anything is kept, and missed when it is silent."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from consult.consultations.files.uploaded_files import read_upload
from consult.consultations.preparation.summaries import read_sound
from consult.errors import Invalid
from consult.files import attachments, kinds, letter_scans, virus_scanner
from consult.files.attachments import Bounds
from consult.files.store import FileStore
from tests.files import made

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-" + b"TEST-FILE!$H+H*"
FINDS = "import sys; sys.exit(b'EICAR-STANDARD' in sys.stdin.buffer.read())"


@pytest.fixture
def scanner(tmp_path: Path) -> Iterator[Callable[[str], None]]:
    """Names some Python as the scanner, until the test is over."""

    def named(code: str) -> None:
        script = tmp_path / "scanner.py"
        script.write_text(code)
        virus_scanner.use(f"'{sys.executable}' '{script}'")

    yield named
    virus_scanner.use("")


def doors(store: FileStore) -> dict[str, Callable[[bytes], object]]:
    """Every way by which a file comes in from outside."""
    return {
        "attachment": lambda data: attachments.checked(data + made.pdf(), "a.pdf", Bounds()),
        "voice": lambda data: attachments.checked(made.mp3(9) + data, "a.mp3", Bounds(), kinds.SOUNDS),
        "scan": lambda data: letter_scans.checked(made.pdf()[:-6] + data + made.pdf()[-6:], "a.pdf"),
        "photograph of a letter": lambda data: letter_scans.checked(made.picture() + data + b"\xff\xd9", "a.jpg"),
        "draft": lambda data: read_upload("Điều 1. Tên\n".encode() + data, "a.txt", store),
        "summary": lambda data: read_sound(made.mp3(9) + data, "a.mp3", 1_000_000, store),
    }


@pytest.mark.parametrize("door", ["attachment", "voice", "scan", "photograph of a letter", "draft", "summary"])
def test_what_the_scanner_finds_is_not_taken(door: str, scanner: Callable[[str], None], tmp_path: Path) -> None:
    opened = doors(FileStore(tmp_path / "files"))[door]
    data = EICAR if door != "attachment" else b"%PDF-1.4\n% " + EICAR + b"\n"
    for code, told in ((FINDS, "infected"), ("raise SystemExit(2)", "scanner_silent")):
        scanner(code)
        with pytest.raises(Invalid) as wrong:
            opened(data)
        assert list(wrong.value.errors.values()) == [told]
    assert not (tmp_path / "files").exists()


def test_what_the_scanner_does_not_mind_is_taken_unchanged(scanner: Callable[[str], None]) -> None:
    scanner(FINDS)
    letter = made.pdf()
    assert attachments.checked(letter, "a.pdf", Bounds()).data == letter


def test_whoever_watches_the_site_sees_a_silent_scanner(scanner: Callable[[str], None]) -> None:
    assert virus_scanner.answers()
    scanner(FINDS)
    assert virus_scanner.answers()
    scanner("raise SystemExit(2)")
    assert not virus_scanner.answers()
    virus_scanner.use("/no/such/scanner")
    assert not virus_scanner.answers()


def test_it_is_started_once_a_minute_however_many_ask(scanner: Callable[[str], None], tmp_path: Path) -> None:
    started = tmp_path / "started"
    scanner(f"open({str(started)!r}, 'a').write('x'); raise SystemExit(2)")
    assert not any(virus_scanner.answers() for _ in range(20))
    assert started.read_text() == "x"
