"""The letters of official papers in PDF. Nghị định 30/2020/NĐ-CP asks for Times New Roman in the letters of TCVN
6909:2001; where the machine has no such font, for one that is as wide letter by letter and has all of Vietnamese; and
where it has none of these, for those that typst brings with it."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from consult.web.files import typesetting


@dataclass(frozen=True)
class PaperFont:
    """A family of letters, and the folder in which Debian lays it."""

    family: str
    folder: Path


FONTS = Path("/usr/share/fonts/truetype")
CHOICES = (
    PaperFont("Times New Roman", FONTS / "msttcorefonts"),
    PaperFont("Liberation Serif", FONTS / "liberation2"),
    PaperFont("Liberation Serif", FONTS / "liberation"),
    PaperFont("Tinos", FONTS / "croscore"),
)
"""The best first. The Liberation Serif of Debian 12's fonts-liberation has no Vietnamese: that of fonts-liberation2
has, as has that of Debian 13."""
VIETNAMESE = "".join(
    map(chr, (*range(0x1EA0, 0x1EFA), 0xD0, 0x102, 0x103, 0x110, 0x111, 0x128, 0x129, 0x168, 0x169, 0x1A0, 0x1A1, 0x1AF,
              0x1B0, *(code for code in range(0xC0, 0xFE) if chr(code).isalpha())))
)  # fmt: skip


def first_of(choices: Iterable[PaperFont]) -> PaperFont | None:
    """The first of these that is there, with every letter of Vietnamese upright, bold and sloped."""
    return next((one for one in choices if one.folder.is_dir() and _has_all(one)), None)


@cache
def chosen() -> PaperFont | None:
    """The one that this machine has; looked for once."""
    return first_of(CHOICES)


def _has_all(font: PaperFont) -> bool:
    return typesetting.font_shows(VIETNAMESE, font.family, font.folder)
