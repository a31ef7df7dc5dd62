"""What a PDF must be that the site makes: one that can be listened to, says what it is, and shows every letter."""

import io
from collections.abc import Iterator

import pikepdf
import pypdfium2


def problems_of(pdf: bytes, language: str = "vi-VN") -> list[str]:
    """What is wrong with it: tags, language, title, alternative texts, embedded fonts, letters without a shape."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        root = opened.Root
        found = [] if "/StructTreeRoot" in root and root.MarkInfo.Marked else ["no tags"]
        found += [] if str(root.get("/Lang", "")) == language else [f"language {root.get('/Lang')}"]
        shown = root.get("/ViewerPreferences", pikepdf.Dictionary()).get("/DisplayDocTitle", False)
        titled = bool(shown) and bool(str(opened.docinfo.get("/Title", "")).strip())
        found += [] if titled else ["no title"]
        elements = list(_elements(root.StructTreeRoot)) if "/StructTreeRoot" in root else []
        kinds = [str(one.S) for one in elements]
        found += [] if any(kind in {"/H1", "/H"} for kind in kinds) else ["no heading"]
        figures = [one for one in elements if str(one.S) == "/Figure"]
        found += ["a figure without words"] * sum(not str(one.get("/Alt", "")).strip() for one in figures)
        for page in opened.pages:
            for font in page.Resources.get("/Font", pikepdf.Dictionary()).values():
                found += _of_font(font)
    return found


def text_of(pdf: bytes) -> str:
    """Its words, in one line."""
    opened = pypdfium2.PdfDocument(pdf)
    text = "\n".join(page.get_textpage().get_text_bounded() for page in opened)
    opened.close()
    return " ".join(text.replace("\u200b", "").replace("\ufffe", "").split())


def pages_of(pdf: bytes) -> int:
    """How many pages it has."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return len(opened.pages)


def _elements(node: pikepdf.Object) -> Iterator[pikepdf.Object]:
    kids = node.get("/K", pikepdf.Array())
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from _elements(kid)


def _of_font(font: pikepdf.Object) -> list[str]:
    inner = font.DescendantFonts[0] if "/DescendantFonts" in font else font
    described = inner.get("/FontDescriptor", pikepdf.Dictionary())
    embedded = any(name in described for name in ("/FontFile", "/FontFile2", "/FontFile3"))
    return [] if embedded and "/ToUnicode" in font else [f"font {font.get('/BaseFont')}"]
