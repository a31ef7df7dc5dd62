"""How a Word file is laid out. Runs in the sandbox only."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from typing import Any

from lxml import etree

from consult.official_papers.layout import rules
from consult.official_papers.layout.sheet import Line, Margins, Sheet
from consult.official_papers.layout.word_styles import Look, Styles, W, value

MILLIMETRE = 1440 / 25.4
_BLANKS = {f"{W}tab": " ", f"{W}br": "\n", f"{W}cr": "\n"}


def check(data: bytes) -> list[dict[str, str]]:
    """What `rules.findings` says of a Word file."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        names = set(package.namelist())
        parts = {name: _tree(package.read(name)) for name in sorted(names) if _wanted(name)}
    return rules.findings(_sheet(parts))


def _wanted(name: str) -> bool:
    return name in {"word/document.xml", "word/styles.xml", "word/theme/theme1.xml"} or name.startswith("word/header")


def _tree(data: bytes) -> Any:
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))


def _sheet(parts: dict[str, Any]) -> Sheet:
    document = parts["word/document.xml"]
    styles = Styles(parts.get("word/styles.xml"), parts.get("word/theme/theme1.xml"))
    section = next(document.iter(f"{W}sectPr"), None)
    size, margins = _child(section, "pgSz"), _child(section, "pgMar")
    sheet = Sheet(
        _millimetres(size, "w") or 0.0,
        _millimetres(size, "h") or 0.0,
        Margins(*(_millimetres(margins, side) for side in ("top", "bottom", "left", "right"))),
        pages_numbered=any(_page_field(tree) for name, tree in parts.items() if name.startswith("word/header")),
    )
    for paragraph in document.iter(f"{W}p"):
        # What is drawn twice, for older readers, is read once.
        if not any(above.tag.endswith("}Fallback") for above in paragraph.iterancestors()):
            _read(paragraph, styles, sheet)
    return sheet


def _read(paragraph: Any, styles: Styles, sheet: Sheet) -> None:
    looks: Counter[Look] = Counter()
    texts = []
    for run in paragraph.iter(f"{W}r"):
        text = "".join(_BLANKS.get(part.tag, part.text or "") for part in run.iter(*_BLANKS, f"{W}t"))
        if next(run.iterancestors(f"{W}p"), None) is paragraph and text:
            look = styles.look(paragraph, run)
            texts.append(text)
            looks[look] += len(text.strip())
            sheet.fonts[look.font] += len(text.strip())
    if texts:
        look = looks.most_common(1)[0][0]
        tabled = any(above.tag == f"{W}tc" for above in paragraph.iterancestors())
        centred = styles.alignment(paragraph) == "center"
        lines = "".join(texts).split("\n")
        sheet.lines += [Line(text, look.size, look.bold, look.italic, centred, tabled) for text in lines]


def _child(element: Any, name: str) -> Any:
    return None if element is None else element.find(f"{W}{name}")


def _millimetres(element: Any, name: str) -> float | None:
    told = value(element, name)
    try:
        return float(told) / MILLIMETRE if told else None
    except ValueError:
        return None


def _page_field(header: Any) -> bool:
    told = " ".join(one.text or "" for one in header.iter(f"{W}instrText"))
    told += " ".join(value(one, "instr") for one in header.iter(f"{W}fldSimple"))
    return "PAGE" in told.upper()
