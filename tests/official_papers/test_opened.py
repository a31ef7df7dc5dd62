"""Every paper opens in LibreOffice, whole: what stands in it stands in what LibreOffice makes of it."""

import io
import re
import subprocess
from pathlib import Path

import pypdfium2
import pytest

from consult.sandbox import conversion
from tests.exports.test_papers import OF_BOTH, OF_POSTING, base
from tests.pages import Browser
from tests.workspace.papers.test_papers import PAPERS, lines_of
from tests.workspace.test_pages import CRITIQUE, House, begun, house

__all__ = ["base", "house"]
Made = dict[str, bytes]


def words(text: str) -> list[str]:
    """Words as they are compared: breaks of lines and pages are no matter, nor are dots to write on."""
    return re.findall(r"[^\W\d_]+", text)


def opened(made: Made, folder: Path) -> None:
    """Converts all at once, and compares the words of each."""
    program = conversion.program()
    assert program is not None
    for name, data in made.items():
        (folder / f"{name}.docx").write_bytes(data)
    # The program itself ends after it has made its first profile; what starts it begins anew.
    starter = str(Path(program).with_name("soffice"))
    asked = [starter, "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to", "pdf"]
    sources = [str(folder / f"{name}.docx") for name in made]
    subprocess.run([*asked, "--outdir", str(folder), *sources], check=True, capture_output=True, timeout=300)
    for name, data in made.items():
        pdf = pypdfium2.PdfDocument(io.BytesIO((folder / f"{name}.pdf").read_bytes()))
        said = words("\n".join(page.get_textpage().get_text_bounded() for page in pdf))
        assert sorted(said) == sorted(words("\n".join(lines_of(data)))), name


@pytest.mark.libreoffice
def test_the_papers_of_drafts_open(house: House, tmp_path: Path) -> None:
    made = {}
    for form, names in PAPERS.items():
        typed = {**CRITIQUE, "form": form, "comments.0.text": "Một"}
        page = begun(house.drafter, "critique").submit(typed, button="Lưu")
        address = page.address.split("#")[0].split("?")[0]
        made |= {f"{form}-{name}": house.drafter.get(f"{address}van-ban/{name}.docx").body for name in names}
    opened(made, tmp_path)


@pytest.mark.libreoffice
def test_the_papers_of_the_desk_open(base: tuple[str, Browser, Browser], tmp_path: Path) -> None:
    address, posting, _investor = base
    opened({name: posting.get(f"{address}{name}.docx").body for name in OF_POSTING | OF_BOTH}, tmp_path)
