"""What a run of a Word file looks like, over its own properties, its styles and the defaults of the file."""

from __future__ import annotations

from typing import Any, NamedTuple

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
DEFAULT_SIZE = 10.0
DEPTH = 12
"""So many styles may stand on each other."""


class Look(NamedTuple):
    """The font, its size in points, and whether it is bold or italic."""

    font: str
    size: float
    bold: bool
    italic: bool


def value(element: Any, name: str = "val") -> str:
    """An attribute of the Word namespace; empty without element or attribute."""
    return "" if element is None else element.get(f"{W}{name}", "")


class Styles:
    """The styles of a file and the fonts of its theme."""

    def __init__(self, styles: Any, theme: Any) -> None:
        self.by_id: dict[str, Any] = {}
        self.defaults: list[Any] = []
        self.paragraph_default = ""
        self.theme = {} if theme is None else _fonts_of(theme)
        if styles is None:
            return
        self.by_id = {value(one, "styleId"): one for one in styles.iter(f"{W}style")}
        self.defaults = [one for one in styles.iterfind(f"{W}docDefaults/{W}rPrDefault/{W}rPr")]
        for name, one in self.by_id.items():
            if value(one, "type") == "paragraph" and value(one, "default") in ("1", "true"):
                self.paragraph_default = name

    def look(self, paragraph: Any, run: Any) -> Look:
        """How a run of a paragraph looks."""
        own = run.find(f"{W}rPr")
        chain = [own] if own is not None else []
        chain += [one.find(f"{W}rPr") for one in self._styles(value(run.find(f"{W}rPr/{W}rStyle")))]
        chain += [one.find(f"{W}rPr") for one in self._styles(self._named(paragraph))]
        chain = [one for one in (*chain, *self.defaults) if one is not None]
        size = next((told for one in chain if (told := value(one.find(f"{W}sz")))), "")
        return Look(self._font(chain), _half(size), _set(chain, "b"), _set(chain, "i"))

    def alignment(self, paragraph: Any) -> str:
        """How a paragraph stands: `center`, `both`, …"""
        own = paragraph.find(f"{W}pPr/{W}jc")
        styled = (one.find(f"{W}pPr/{W}jc") for one in self._styles(self._named(paragraph)))
        return next((told for one in (own, *styled) if (told := value(one))), "")

    def _named(self, paragraph: Any) -> str:
        return value(paragraph.find(f"{W}pPr/{W}pStyle")) or self.paragraph_default

    def _styles(self, name: str) -> list[Any]:
        found: list[Any] = []
        while name in self.by_id and len(found) < DEPTH:
            found.append(self.by_id[name])
            name = value(found[-1].find(f"{W}basedOn"))
        return found

    def _font(self, chain: list[Any]) -> str:
        for one in chain:
            fonts = one.find(f"{W}rFonts")
            if told := value(fonts, "ascii") or value(fonts, "hAnsi"):
                return told
            if themed := value(fonts, "asciiTheme"):
                return self.theme.get(themed[:5], "Times New Roman")
        return "Times New Roman"


def _fonts_of(theme: Any) -> dict[str, str]:
    """The fonts that a theme calls `minor` and `major`."""
    found = {}
    for name in ("minor", "major"):
        latin = next(theme.iter(f"{_A}{name}Font"), None)
        face = None if latin is None else latin.find(f"{_A}latin")
        if face is not None:
            found[name] = face.get("typeface", "")
    return found


def _half(told: str) -> float:
    return int(told) / 2 if told.isdigit() else DEFAULT_SIZE


def _set(chain: list[Any], name: str) -> bool:
    said = next((found for one in chain if (found := one.find(f"{W}{name}")) is not None), None)
    return said is not None and value(said) not in ("0", "false", "off", "none")
