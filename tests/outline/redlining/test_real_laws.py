"""A hundred wordings in each of five real laws: accepted they are what was proposed, rejected nothing happened."""

import unicodedata
import zipfile
from base64 import b64decode
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from consult.outline import Outline, read_outline
from consult.outline.redlining.entry import redlined
from consult.sandbox import conversion
from tests.outline.redlining.accepting import paragraphs, words
from tests.outline.redlining.wordings import lines_of, wordings

pytestmark = pytest.mark.real

LAWS = [
    "31_2024_QH15_523642.docx",
    "49_2019_QH14_402073.docx",
    "108_2025_QH15_675268.docx",
    "168_2024_ND-CP_619502.docx",
    "24_2023_TT-BCA_m_559088.docx",
]
READ: dict[str, tuple[bytes, list[dict[str, Any]], bytes]] = {}


def of(samples: Path, name: str) -> tuple[bytes, list[dict[str, Any]], bytes]:
    """The file, the wordings, and the file with all of them."""
    if name not in READ:
        data = (samples / "legal" / name).read_bytes()
        outline = Outline.from_json(read_outline(data, name))
        given = wordings(outline, 100)
        told = redlined(data, lines_of(outline), given)
        assert len(given) == 100 and not any(one["code"] for one in told["outcomes"])
        READ[name] = (data, given, b64decode(told["file"]))
    return READ[name]


def flat(lines: Sequence[str]) -> str:
    """All signs that are no blanks."""
    return unicodedata.normalize("NFC", "".join("".join(lines).split()))


@pytest.mark.parametrize("name", LAWS)
def test_rejecting_all_gives_the_original_to_the_letter_and_its_looks(samples: Path, name: str) -> None:
    data, _, made = of(samples, name)
    assert paragraphs(made, accept=False) == paragraphs(data)


@pytest.mark.parametrize("name", LAWS)
def test_accepting_all_gives_what_was_proposed_to_the_letter(samples: Path, name: str) -> None:
    data, given, made = of(samples, name)
    before, wanted, at = flat(words(data)), "", 0
    for one in given:
        start = before.index(flat([one["words"]]), at)
        wanted += before[at:start] + flat([one["proposed"]])
        at = start + len(flat([one["words"]]))
    accepted = words(made, accept=True)
    assert flat(accepted) == wanted + before[at:]
    as_read = unicodedata.normalize("NFC", "\n".join(accepted)).split("\n")
    lines = {flat([line]): " ".join(line.split()) for line in as_read}
    for one in given:
        for line in one["proposed"].split("\n"):
            # Blanks too are as proposed, but for those of the file behind a number.
            marker, _, rest = line.partition(" ")
            assert lines.get(flat([line]), "").replace(marker, "", 1).strip() == " ".join(rest.split())


@pytest.mark.parametrize("name", LAWS)
def test_each_change_names_its_author_and_has_a_comment(samples: Path, name: str) -> None:
    _, given, made = of(samples, name)
    with zipfile.ZipFile(BytesIO(made)) as file:
        comments, document = file.read("word/comments.xml").decode(), file.read("word/document.xml").decode()
    for one in given:
        assert f'w:author="{one["author"]}"' in document and f'w:author="{one["author"]}"' in comments
    assert document.count("<w:commentReference ") == comments.count("<w:comment ") >= len(given)


@pytest.mark.libreoffice
def test_libreoffice_opens_it(samples: Path) -> None:
    made = conversion.as_pdf(of(samples, LAWS[1])[2])
    assert made.startswith(b"%PDF")
