"""A picture of one page of a PDF. PDFium and Pillow on a stranger's file: sandbox only."""

from __future__ import annotations

import base64
import io
from collections.abc import Sequence
from typing import Any

import pypdfium2
from PIL import Image, PngImagePlugin, WebPImagePlugin

from consult.outline.blocks import Unreadable
from consult.outline.pdf import turning
from consult.outline.pdf.pages import open_pdf
from consult.outline.pdf.scans import cleaned

TALLEST = 4  # times its width; a longer page would cost memory and show nothing
# Loaded by name here, because a confined process finds no further code.
FORMATS = {"webp": WebPImagePlugin.WebPImageFile.format, "png": PngImagePlugin.PngImageFile.format}


def picture(
    data: bytes,
    page: int,
    width: int,
    kind: str,
    quality: int = 0,
    part: Sequence[int] = (0, 0, 1000, 1000),
    turned: int = 0,
) -> dict[str, Any]:
    """Page `page` (from 1) as an image `width` pixels wide, in base64: `webp` in colour with `quality`, `png` in grey
    and straightened, to be recognised, `grey` as it lies.

    `part` is left, top, width and height of what is wanted of the page, in thousandths of its sides, once it was
    `turned` by so many degrees clockwise.

    Raises `Unreadable`: as `open_pdf`, and `damaged` for a page that there is not or that has no size.
    """
    with open_pdf(data) as document:
        if not 1 <= page <= len(document):
            raise Unreadable("damaged", f"no page {page}")
        try:
            shown = document[page - 1]
            turning.turn(shown, turned)
            image = _drawn(shown, width, kind != "webp", part)
        except pypdfium2.PdfiumError as error:
            raise Unreadable("damaged", f"page {page} cannot be drawn") from error
    held = io.BytesIO()
    if kind == "webp":
        image.save(held, FORMATS["webp"], quality=quality, method=4)
    else:
        image = cleaned(image) if kind == "png" else image
        image.save(held, FORMATS["png"])
    return {"image": base64.b64encode(held.getvalue()).decode(), "width": image.width, "height": image.height}


def _drawn(page: pypdfium2.PdfPage, width: int, grey: bool, part: Sequence[int]) -> Image.Image:
    whole_across, whole_down = page.get_size()
    left, top, across, down = (
        side * whole / 1000 for side, whole in zip(part, (whole_across, whole_down) * 2, strict=True)
    )
    if across <= 0 or down <= 0 or down > across * TALLEST:
        raise Unreadable("damaged", f"a page of {across} x {down} points")
    cut_off = (left, max(0, whole_down - top - down), max(0, whole_across - left - across), top)
    bitmap = page.render(scale=width / across, grayscale=grey, crop=cut_off)
    drawn: Image.Image = bitmap.to_pil()
    return drawn.convert("L" if grey else "RGB")
