"""Markdown source as paragraphs and tables. Its signs become structure; every word stays.

A legal text keeps one unit on one line, also where Markdown would run the lines together, so a line that begins like a
unit ("a)", "1.", "Điều 5.") always begins a paragraph.
"""

from __future__ import annotations

import re

from consult.outline.blocks import Block, Cell, Doubt, Paragraph, Source, Table
from consult.outline.text.characters import clean, lines_of
from consult.outline.text.line_joining import UNIT_BEGINS
from consult.outline.text.plain import Guess, with_guess

MEDIA_TYPE = "text/markdown"

_HEADING = re.compile(r" {0,3}(#{1,6})(?=\s|$)")
_UNDERLINE = re.compile(r" {0,3}(=+|-{3,})\s*$")
_RULE = re.compile(r" {0,3}(?:(?:\*\s*){3,}|(?:-\s*){3,}|(?:_\s*){3,})$")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_TABLE_RULE = re.compile(r"\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?$")
_BULLET = re.compile(r"(\s*)\*\s+(?=\S)")
_NOTE_TEXT = re.compile(r" {0,3}\[\^([^\]\s]{1,40})\]:\s*(.*)$")
_NOTE = re.compile(r"\[\^([^\]\s]{1,40})\]")
# Bounded, so that many signs without a partner cost little.
_BOLD = re.compile(r"(\*\*|__)(?=\S)(.{1,1000}?)(?<=\S)\1")
_WHOLLY_BOLD = re.compile(r"(?:(\*\*|__)(?=\S)(?:(?!\1).)+\1\s*)+$")
_LONGEST_STRUCK = 200
_STRUCK = re.compile(r"(?<![\\~])~~(?=\S)(.{1,1000}?)(?<=\S)~~(?!~) ?")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|>~])")
_CELL_END = re.compile(r"(?<!\\)\|")


def looks_like_markdown(text: str) -> bool:
    """Whether a text without a telling name is Markdown: it has headings with # signs."""
    return sum(bool(_HEADING.match(line)) for line in text.split("\n", 2000)[:2000]) >= 2


def read_markdown(text: str, guess: Guess | None = None) -> Source:
    """Read Markdown source; `guess` is what its decoding gave."""
    return Source(tuple(with_guess(_Reader(lines_of(text)).read(), guess)), (), MEDIA_TYPE)


class _Reader:
    """Goes through the lines once, gathering those of the paragraph it is in."""

    def __init__(self, lines: list[str]) -> None:
        self._notes = {found[1]: clean(_inline(found[2])) for found in map(_NOTE_TEXT.match, lines) if found}
        self._lines = [line for line in lines if not _NOTE_TEXT.match(line)]
        self._blocks: list[Block] = []
        self._current: list[str] = []

    def read(self) -> list[Block]:
        """All blocks in the order of reading."""
        index = 0
        while index < len(self._lines):
            index += self._take(index)
        self._finish()
        return self._blocks

    def _take(self, index: int) -> int:
        """Read what begins at line `index`; return how many lines that took."""
        line = self._lines[index].rstrip("\t")
        following = self._lines[index + 1] if index + 1 < len(self._lines) else ""
        if heading := _HEADING.match(line):
            self._finish()
            self._add(_without_closing(line[heading.end() :].strip()), level=len(heading[1]))
        elif fence := _FENCE.match(line):
            return self._take_code(index, fence[1])
        elif "|" in line and "|" in following and _TABLE_RULE.match(following.strip()):
            return self._take_table(index)
        elif self._current and (underline := _UNDERLINE.match(line)):
            self._finish(level=1 if "=" in underline[1] else 2)
        elif not line.strip() or _RULE.match(line):
            self._finish()
        else:
            self._take_text(line)
        return 1

    def _take_text(self, line: str) -> None:
        bare = re.sub(r"^\s*(?:>\s?)+", "", line)
        if _BULLET.match(bare) or UNIT_BEGINS.match(_plain_start(bare)):
            self._finish()
        self._current.append(bare)

    def _take_code(self, index: int, fence: str) -> int:
        self._finish()
        end = index + 1
        while end < len(self._lines) and not self._lines[end].strip().startswith(fence):
            end += 1
        text = clean("\n".join(self._lines[index + 1 : end]))
        if text:
            self._blocks.append(Paragraph(text))
        return end + 1 - index

    def _take_table(self, index: int) -> int:
        self._finish()
        end = index + 2
        while end < len(self._lines) and "|" in self._lines[end]:
            end += 1
        rows = [self._lines[index], *self._lines[index + 2 : end]]
        self._blocks.append(Table(tuple(tuple(self._cell(cell) for cell in _cells(row)) for row in rows)))
        return end - index

    def _cell(self, text: str) -> Cell:
        paragraph = self._paragraph(text)
        return Cell((paragraph,) if paragraph.text or paragraph.doubts else ())

    def _finish(self, level: int | None = None) -> None:
        """End the paragraph that is being gathered."""
        if not self._current:
            return
        text = ""
        for line in self._current:
            broken = line.endswith(("  ", "\\"))
            text += (line.strip() if text else line.rstrip()).removesuffix("\\") + ("\n" if broken else " ")
        self._current.clear()
        self._add(text, level)

    def _add(self, text: str, level: int | None) -> None:
        paragraph = self._paragraph(text, level)
        if paragraph.text or paragraph.doubts:
            self._blocks.append(paragraph)

    def _paragraph(self, text: str, level: int | None = None) -> Paragraph:
        bullet = _BULLET.match(text)
        text = text[bullet.end() :] if bullet else text
        notes = tuple(self._notes[name] for name in _NOTE.findall(text) if name in self._notes)
        text = _NOTE.sub(lambda found: "" if found[1] in self._notes else found[0], text)
        struck = [clean(_inline(words)) for words in _STRUCK.findall(text)]
        text = _STRUCK.sub("", text)
        return Paragraph(
            text=clean(_inline(text)),
            marker="-" if bullet else None,
            marker_level=len(bullet[1].expandtabs(4)) // 2 if bullet else None,
            heading_level=level,
            bold=bool(_WHOLLY_BOLD.match(text.strip())),
            footnotes=notes,
            doubts=(Doubt("struck_text", f"crossed out: “{' … '.join(struck)[:_LONGEST_STRUCK]}”"),) if struck else (),
        )


def _inline(text: str) -> str:
    """Text without the signs for bold and without backslashes before signs."""
    return _ESCAPE.sub(r"\1", _BOLD.sub(r"\2", text))


def _without_closing(heading: str) -> str:
    """A heading without the # signs that may close it."""
    bare = heading.rstrip("#")
    return bare if not bare or bare[-1].isspace() else heading


def _plain_start(line: str) -> str:
    """The beginning of a line as a reader sees it, so that "**Điều 1.**" and "1\\." begin a unit too."""
    return _ESCAPE.sub(r"\1", line.lstrip().lstrip("*_"))


def _cells(row: str) -> list[str]:
    row = row.strip().removeprefix("|")
    if row.endswith("|") and not row.endswith("\\|"):
        row = row[:-1]
    return _CELL_END.split(row)
