"""Sheets to be printed, set by typst from a template: tagged PDFs, which can be listened to (PDF/UA-1), and pictures.

Every PDF that the site makes is made here. Its letters are those of the fonts that typst brings with it, whatever the
machine has (official papers alone have others, `paper_fonts.py`); what none of them shows (a smiley, a script that
nobody here writes) is a square, never a failure.
"""

import re
from pathlib import Path
from typing import Any

import typst
from flask import render_template

from consult.text import DIRECTION_MARKS, OVERRIDES, printable, unturned

SQUARE = "□"
LONGEST_WORD = 40
BREAK_HERE = "\u200b"
SURE = (range(0x250), range(0x1E00, 0x1F00))
"""Where the letters of Vietnamese and its neighbours stand, and all signs of typst: what the fonts surely have."""

_LONG = re.compile(rf"\S{{{LONGEST_WORD},}}")
_NOT_SHOWN = re.compile(r'the text `"((?:[^"\\]|\\.)*+)"` could not be displayed')
_ESCAPED = re.compile(r"\\u\{([0-9a-f]{1,6})\}")
_MARKS = str.maketrans("", "", DIRECTION_MARKS + OVERRIDES)


def pdf(template: str, qr: bytes | tuple[bytes, ...] = b"", **said: object) -> bytes:
    """The template as a tagged PDF; `qr` is the code that it may show, an SVG. Of several the first is `qr`, the others
    are `qr-1`, `qr-2` and so on."""
    drawn: bytes = _set(render_template(template, **said), qr, format="pdf", pdf_standards=["ua-1"])
    return drawn


def pdf_with(fonts: Path | None, template: str, **said: object) -> bytes:
    """The template as a tagged PDF, which may name the fonts of that folder too."""
    return pdf_of(render_template(template, **said), fonts)


def pdf_of(source: str, fonts: Path | None) -> bytes:
    """The same of what a template gave outside of any request."""
    more = {"font_paths": [str(fonts)]} if fonts else {}
    drawn: bytes = _set(source, b"", format="pdf", pdf_standards=["ua-1"], **more)
    return drawn


def picture(template: str, sharpness: int, qr: bytes = b"", **said: object) -> bytes:
    """The template as one PNG, with so many pixels to the inch."""
    drawn: bytes = _set(render_template(template, **said), qr, format="png", ppi=sharpness)
    return drawn


def quoted(words: object) -> str:
    """Words as a string of typst, in which nothing means anything else: as a line can be set, and turned nowhere."""
    plain = printable(unturned(str(words))).translate(_MARKS)
    broken = _LONG.sub(lambda found: BREAK_HERE.join(_pieces(found[0])), plain)
    escaped = broken.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def language(code: str) -> str:
    """What tells typst, and thereby who reads aloud, in which language something is: `lang: "vi", region: "VN"`."""
    spoken, *more = code.split("-")
    region = "VN" if spoken == "vi" else next((part for part in more if len(part) == 2 and part.isupper()), "")
    return f'lang: "{spoken}"' + (f', region: "{region}"' if region else "")


def shows(words: str) -> bool:
    """Whether the fonts have all letters of these words; what is no letter does not count."""
    letters = "".join(sorted({sign for sign in words if sign.isalpha() and not _sure(sign)}))
    return not letters or not _unshown_in(f"#set document(title: {quoted('x')})\n#{quoted(letters)}")


def font_shows(letters: str, family: str, folder: Path) -> bool:
    """Whether this font of a folder has all of these letters upright, bold, sloped and both, and no other stands in."""
    # A family that is not there is set in another without a word.
    if family not in typst.Fonts(False, False, [str(folder)]).families():
        return False
    looks = "".join(f"#{look}({quoted(letters)})" for look in ("text", "strong", "emph"))
    named = f'#set document(title: "x")\n#set text(font: {quoted(family)}, fallback: false)\n'
    try:
        _compiled(f"{named}{looks}#strong(emph({quoted(letters)}))", {
            "ignore_system_fonts": True, "font_paths": [str(folder)], "format": "pdf", "pdf_standards": ["ua-1"],
        })  # fmt: skip
    except typst.TypstError:
        return False
    return True


def _sure(sign: str) -> bool:
    return any(ord(sign) in some for some in SURE)


def _pieces(word: str) -> list[str]:
    return [word[start : start + LONGEST_WORD // 2] for start in range(0, len(word), LONGEST_WORD // 2)]


def _set(source: str, qr: bytes | tuple[bytes, ...], **how: Any) -> bytes:
    """The source as it is set; once more with squares when something in it cannot be shown."""
    codes = (qr,) if isinstance(qr, bytes) else qr
    inputs = {f"qr-{place}" if place else "qr": code.decode() for place, code in enumerate(codes)}
    given = {"sys_inputs": inputs, "ignore_system_fonts": True, **how}
    try:
        return _compiled(source, given)
    except typst.TypstError as failed:
        missing = _named(failed)
        if not missing:
            raise
    squared = source.translate({ord(sign): SQUARE for sign in missing})
    try:
        return _compiled(squared, given)
    except typst.TypstError:
        return _compiled("".join(sign if _sure(sign) else SQUARE for sign in squared), given)


def _compiled(source: str, given: dict[str, Any]) -> bytes:
    made: bytes = typst.compile(source.encode(), **given)
    return made


def _unshown_in(source: str) -> set[str]:
    try:
        _compiled(source, {"ignore_system_fonts": True, "format": "pdf", "pdf_standards": ["ua-1"]})
    except typst.TypstError as failed:
        return _named(failed)
    return set()


def _named(failed: typst.TypstError) -> set[str]:
    """The signs that could not be shown, as the failure names them."""
    told = "".join(_NOT_SHOWN.findall(f"{failed} {getattr(failed, 'diagnostic', '')}"))
    signs = set(_ESCAPED.sub(lambda found: chr(int(found[1], 16)), told))
    return {sign for sign in signs if not sign.isascii()}
