"""A picture of one page of a PDF. PDFium and Pillow on a stranger's file: sandbox only."""

from __future__ import annotations

import base64
import io
from typing import Any

import pypdfium2
from PIL import Image, PngImagePlugin, WebPImagePlugin

from consult.outline.blocks import Unreadable
from consult.outline.pdf import open_pdf

TALLEST = 4  # times its width; a longer page would cost memory and show nothing
# Loaded by name here, because a confined process finds no further code.
FORMATS = {"webp": WebPImagePlugin.WebPImageFile.format, "png": PngImagePlugin.PngImageFile.format}


def picture(data: bytes, page: int, width: int, kind: str, quality: int = 0) -> dict[str, Any]:
    """Page `page` (from 1) as an image `width` pixels wide, in base64: `webp` in colour with `quality`, `png` in grey.

    Raises `Unreadable`: as `open_pdf`, and `damaged` for a page that there is not or that has no size.
    """
    with open_pdf(data) as document:
        if not 1 <= page <= len(document):
            raise Unreadable("damaged", f"no page {page}")
        try:
            image = _drawn(document[page - 1], width, kind == "png")
        except pypdfium2.PdfiumError as error:
            raise Unreadable("damaged", f"page {page} cannot be drawn") from error
    held = io.BytesIO()
    if kind == "png":
        image.save(held, FORMATS["png"])
    else:
        image.save(held, FORMATS["webp"], quality=quality, method=4)
    return {"image": base64.b64encode(held.getvalue()).decode(), "width": image.width, "height": image.height}


def _drawn(page: pypdfium2.PdfPage, width: int, grey: bool) -> Image.Image:
    across, down = page.get_size()
    if across <= 0 or down <= 0 or down > across * TALLEST:
        raise Unreadable("damaged", f"a page of {across} x {down} points")
    bitmap = page.render(scale=width / across, grayscale=grey)
    drawn: Image.Image = bitmap.to_pil()
    return drawn.convert("L" if grey else "RGB")
