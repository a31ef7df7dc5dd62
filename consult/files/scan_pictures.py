"""Pictures of scans and photographs, of any kind that is handed in: opened, counted, and shown turned upright. Decoders
on a stranger's file: sandbox only."""

from __future__ import annotations

import base64
import io
from typing import Any

import pypdfium2
from PIL import Image, ImageOps, JpegImagePlugin, PngImagePlugin, TiffImagePlugin, WebPImagePlugin

LARGEST = 2_600
"""Pixels of the longer side: about 220 to the inch of A4. A photograph has more, nobody needs more to read."""
LARGEST_PICTURE = 120_000_000
QUALITY = 45
TURNS = {90: Image.Transpose.ROTATE_270, 180: Image.Transpose.ROTATE_180, 270: Image.Transpose.ROTATE_90}
# Loaded by name here, because a confined process finds no further code.
FORMATS = (
    JpegImagePlugin.JpegImageFile.format,
    PngImagePlugin.PngImageFile.format,
    TiffImagePlugin.TiffImageFile.format,
    WebPImagePlugin.WebPImageFile.format,
)
WEBP = WebPImagePlugin.WebPImageFile.format


class Unreadable(Exception):
    """Nothing can be read: `damaged`."""

    code = "damaged"


def count(data: bytes) -> int:
    """How many pictures a file holds: the pages of a PDF or TIFF. Raises Unreadable."""
    try:
        if data[:5] == b"%PDF-":
            with pypdfium2.PdfDocument(data) as document:
                return len(document)
        with Image.open(io.BytesIO(data), formats=FORMATS) as image:
            return int(getattr(image, "n_frames", 1))
    except (pypdfium2.PdfiumError, OSError, SyntaxError, ValueError) as error:
        raise Unreadable from error


def opened(data: bytes, index: int) -> Image.Image:
    """Picture `index` (from 0) of a file, in grey, as the camera held it upright. Raises Unreadable."""
    try:
        if data[:5] == b"%PDF-":
            with pypdfium2.PdfDocument(data) as document:
                page = document[index]
                drawn: Image.Image = page.render(scale=LARGEST / max(page.get_size()), grayscale=True).to_pil()
                return drawn.convert("L")
        with Image.open(io.BytesIO(data), formats=FORMATS) as image:
            if image.width * image.height > LARGEST_PICTURE:
                raise Unreadable
            image.seek(index)
            image.draft("L", (LARGEST, LARGEST))
            grey = ImageOps.exif_transpose(image).convert("L")
    except (pypdfium2.PdfiumError, OSError, EOFError, SyntaxError, ValueError) as error:
        raise Unreadable from error
    grey.thumbnail((LARGEST, LARGEST), Image.Resampling.BILINEAR)
    return grey


def written(picture: Image.Image) -> str:
    """A picture as WebP in base64."""
    held = io.BytesIO()
    picture.save(held, WEBP, quality=QUALITY, method=0)
    return base64.b64encode(held.getvalue()).decode()


def shown(data: bytes, index: int, turned: int, across: int) -> dict[str, Any]:
    """Picture `index` of a file turned by so many degrees clockwise, at most `across` pixels wide, and how many there
    are beside it: {"image", "count"}. Raises Unreadable."""
    picture = opened(data, index)
    if turned in TURNS:
        picture = picture.transpose(TURNS[turned])
    picture.thumbnail((across, across * 4), Image.Resampling.BILINEAR)
    return {"image": written(picture), "count": count(data)}
