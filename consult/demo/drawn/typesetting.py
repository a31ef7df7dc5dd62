"""Markdown of the demonstration as a PDF with bookmarks, as an investor would hand in a report: drawn up at load, so
that no file made elsewhere is kept."""

import re
from collections.abc import Iterator

import typst

_HEAD = """#set document(title: "Báo cáo đánh giá tác động môi trường (dữ liệu minh họa)", date: none)
#set page(paper: "a4", margin: (x: 2.2cm, y: 2.4cm), numbering: "1", header: align(right, text(9pt)[Dữ liệu minh họa]))
#set text(lang: "vi", font: "Libertinus Serif", size: 13pt)
#set par(justify: true, leading: 0.75em, spacing: 1.1em)
#show heading.where(level: 1): it => { pagebreak(weak: true); it }
#show heading: set block(above: 1.4em, below: 0.9em)
"""
_HEADING = re.compile(r"(#{1,4}) (.+)")
_ROW = re.compile(r"\|(.+)\|")
_RULE = re.compile(r"[|\s:-]+")
_DRAWING = re.compile(r"```typst\n(.*?)```", re.DOTALL)


def pdf_of(texts: list[str]) -> bytes:
    """These Markdown texts, one after the other, as a PDF: headings, paragraphs, bold lines, tables and drawings."""
    parts = [_HEAD]
    for text in texts:
        pieces = _DRAWING.split(text)
        for position, piece in enumerate(pieces):
            parts += [piece] if position % 2 else list(_blocks(piece))
    made: bytes = typst.compile("\n\n".join(parts).encode())
    return made


def _blocks(text: str) -> Iterator[str]:
    for block in re.split(r"\n\s*\n", text.strip()):
        heading = _HEADING.fullmatch(block)
        if heading is not None:
            yield f"#heading(level: {len(heading[1])}, {_quoted(heading[2])})"
        elif block.startswith("|"):
            yield _table(block.splitlines())
        elif block.startswith("**"):
            yield f"#align(center, strong({_quoted(block.strip('*'))}))"
        elif block:
            yield f"#par({_quoted(block)})"


def _table(lines: list[str]) -> str:
    rows = [row[1].split("|") for line in lines if not _RULE.fullmatch(line) and (row := _ROW.fullmatch(line))]
    cells = ", ".join(f"[#{_quoted(cell.strip())}]" for row in rows for cell in row)
    return f"#table(columns: {len(rows[0])}, inset: 6pt, {cells})"


def _quoted(words: str) -> str:
    """Words as a string of typst, in which nothing means anything else."""
    escaped = words.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
