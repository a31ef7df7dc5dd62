"""Any file a person may send, as a `Source`. Meant to run in the sandbox, for nothing here trusts its input."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePath

from consult.outline.blocks import Block, Doubt, Paragraph, Source, Table, Unreadable
from consult.outline.content_type import DOCX, PDF, sniff
from consult.outline.docx.document import read_docx
from consult.outline.pdf.pages import read_pdf
from consult.outline.text.markdown import looks_like_markdown, read_markdown
from consult.outline.text.plain import decode, read_plain

_MARKDOWN_NAMES = {".md", ".markdown", ".mkd", ".mdown"}
_BINARY_NAMES = {".docx", ".docm", ".doc", ".dotx", ".odt", ".pdf", ".rtf", ".xlsx", ".xls", ".pptx", ".zip"}


def read(data: bytes, name: str) -> Source:
    """Read a DOCX, PDF, Markdown or plain text file.

    The content decides what it is. `name` only tells Markdown from plain text, and that a file which claims to be
    a Word or PDF file but reads like text is torn. Raises `Unreadable`.
    """
    try:
        source = _read(data, PurePath(name.replace("\\", "/")).suffix.lower())
    except RecursionError as error:
        raise Unreadable("bomb", "nested too deeply") from error
    if not any(map(_says, source.blocks)) and not any(page.text.strip() for page in source.pages):
        nothing = Doubt("no_text", "the file was read and holds no text", page=1 if source.pages else 0)
        source = replace(source, doubts=(*source.doubts, nothing))
    return source


def _read(data: bytes, suffix: str) -> Source:
    kind = sniff(data)
    if kind == DOCX:
        return read_docx(data)
    if kind == PDF:
        return read_pdf(data)
    if suffix in _BINARY_NAMES:
        raise Unreadable("damaged", f"named {suffix} but has no such content")
    text, guess = decode(data)
    if suffix in _MARKDOWN_NAMES or (suffix != ".txt" and looks_like_markdown(text)):
        return read_markdown(text, guess)
    return read_plain(text, guess)


def _says(block: Block) -> bool:
    """Whether there are words in it: a picture has none, nor has a doubt about words that were left out."""
    if isinstance(block, Paragraph):
        return bool(block.text or block.marker or block.footnotes)
    return isinstance(block, Table)
