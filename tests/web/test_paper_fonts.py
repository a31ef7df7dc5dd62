"""Official papers are set in the first font of the list that the machine has with all of Vietnamese."""

import shutil
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from flask import Flask

from consult.official_papers import markup
from consult.web.files import paper_fonts, papers, typesetting
from consult.web.files.paper_fonts import PaperFont, first_of
from tests.tagged_pdfs import problems_of, text_of

NOTO = Path("/usr/share/fonts/truetype/noto/NotoSerif-Regular.ttf")


@pytest.fixture
def noto(tmp_path: Path) -> PaperFont:
    """A font that the machine of the tests has, as if it were one of those for papers."""
    shutil.copy(NOTO, tmp_path)
    return PaperFont("Noto Serif", tmp_path)


def test_one_that_is_not_there_or_lacks_letters_is_passed_over(noto: PaperFont) -> None:
    absent = [PaperFont("Noto Serif", noto.folder / "none"), PaperFont("Liberation Serif", noto.folder)]
    assert first_of([*absent, noto]) == noto
    assert first_of(absent) is None
    assert typesetting.font_shows("ỗ", noto.family, noto.folder)
    assert not typesetting.font_shows("漢", noto.family, noto.folder)


def test_a_paper_is_set_in_it_and_stays_tagged(app: Flask, noto: PaperFont, monkeypatch: pytest.MonkeyPatch) -> None:
    words = f"Đề nghị {paper_fonts.VIETNAMESE}"
    paper = markup.read(
        f'<paper title="Tờ" state="X" motto="Y" body="Sở" day="Ngày"><name>TỜ</name><p><b>{words}</b></p></paper>'
    )
    for font, wanted in ((noto, "NotoSerif"), (None, "LibertinusSerif")):
        monkeypatch.setattr(paper_fonts, "chosen", lambda font=font: font)
        with app.test_request_context():
            data = papers.answered(paper, "x", "pdf").get_data()
        assert problems_of(data) == [] and words.replace(" ", "") in text_of(data).replace(" ", "")
        with pikepdf.open(BytesIO(data)) as file:
            fonts = [one for one in file.objects if isinstance(one, pikepdf.Dictionary) and "/BaseFont" in one]
            assert fonts and all(wanted in str(one["/BaseFont"]) for one in fonts)
